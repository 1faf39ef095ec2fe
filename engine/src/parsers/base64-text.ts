const VALUES: readonly number[] = (() => {
  const values = new Array<number>(128).fill(-1);
  [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'].forEach((char, value) => {
    values[char.charCodeAt(0)] = value;
  });
  values['-'.charCodeAt(0)] = 62;
  values['_'.charCodeAt(0)] = 63;
  return values;
})();

/** Characters turned into text at a time: engines limit the number of arguments. */
const CHUNK = 8192;

/**
 * The text that base64 stands for, in either alphabet (RFC 4648, sections 4 and 5), read as UTF-8 (RFC 3629).
 * It ends at the first character that is not base64; bytes that are not UTF-8 become U+FFFD.
 */
export function base64Text(base64: string): string {
  const bytes: number[] = [];
  let bits = 0;
  let held = 0;
  for (let at = 0; at < base64.length; at++) {
    const value = VALUES[base64.charCodeAt(at)] ?? -1;
    if (value < 0) break;
    bits = ((bits << 6) | value) & 0xffff;
    held += 6;
    if (held >= 8) {
      held -= 8;
      bytes.push((bits >> held) & 0xff);
    }
  }
  return utf8Text(bytes);
}

function utf8Text(bytes: readonly number[]): string {
  const parts: string[] = [];
  let codes: number[] = [];
  for (let at = 0; at < bytes.length; ) {
    const [code, length] = codePoint(bytes, at);
    codes.push(code);
    at += length;
    if (codes.length === CHUNK || at >= bytes.length) {
      parts.push(String.fromCodePoint(...codes));
      codes = [];
    }
  }
  return parts.join('');
}

function codePoint(bytes: readonly number[], at: number): [code: number, length: number] {
  const first = bytes[at] ?? 0;
  if (first < 0x80) return [first, 1];
  const length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
  let code = first & (0xff >> (length + 1));
  for (let next = 1; next < length; next++) {
    const byte = bytes[at + next] ?? 0;
    if ((byte & 0xc0) !== 0x80) return [0xfffd, 1];
    code = (code << 6) | (byte & 0x3f);
  }
  const shortest = [0, 0, 0x80, 0x800, 0x10000][length] ?? 0;
  return first < 0xc2 || code < shortest || code > 0x10ffff ? [0xfffd, 1] : [code, length];
}
