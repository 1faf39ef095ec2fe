/** East Asian wide and full-width letters, and pictographs: two columns each (Unicode UAX #11, the common ranges). */
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;
const NARROW = /^[ -~]*$/;
const MARK = /\p{M}/u;

/** Columns that a text takes. It holds no escape codes. */
export function cells(text: string): number {
  if (NARROW.test(text)) return text.length;
  return [...text].reduce((all, letter) => all + widthOf(letter), 0);
}

export function cut(text: string, width: number): string {
  if (cells(text) <= width) return text;
  return `${head(text, width - 1)}…`;
}

export function fill(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - cells(text)));
}

/** Lines of at most `width` columns; a word that is longer than a line is broken. */
export function wrap(text: string, width: number): string[] {
  const room = Math.max(1, width);
  const lines: string[] = [];
  let current = '';
  for (const word of text.split(' ')) {
    const joined = current === '' ? word : `${current} ${word}`;
    if (cells(joined) <= room) {
      current = joined;
      continue;
    }
    if (current !== '') lines.push(current.trimEnd());
    let rest = word;
    while (cells(rest) > room) {
      const part = head(rest, room);
      lines.push(part);
      rest = rest.slice(part.length);
    }
    current = rest;
  }
  return current === '' && lines.length > 0 ? lines : [...lines, current.trimEnd()];
}

/** As many letters as fit, and at least one. */
function head(text: string, width: number): string {
  let used = 0;
  let taken = '';
  for (const letter of text) {
    used += widthOf(letter);
    if (used > width && taken !== '') break;
    taken += letter;
  }
  return taken;
}

function widthOf(letter: string): number {
  if (MARK.test(letter)) return 0;
  return WIDE.test(letter) ? 2 : 1;
}
