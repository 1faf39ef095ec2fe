import type { Certificate } from '../model/observation.ts';

/** All that the certificate itself says; its digest needs more than arithmetic and is added by the probe. */
export type CertificateFacts = Omit<Certificate, 'fingerprint'>;

/** DER tags in use here (ITU-T X.690, section 8). */
const TAG = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  oid: 0x06,
  utcTime: 0x17,
  generalizedTime: 0x18,
  sequence: 0x30,
  set: 0x31,
  version: 0xa0,
  extensions: 0xa3,
  dnsName: 0x82,
  ipAddress: 0x87,
} as const;

/** Short names of RFC 4514, section 3, and those that certificates show besides. */
const ATTRIBUTES: Readonly<Record<string, string>> = {
  '2.5.4.3': 'CN',
  '2.5.4.5': 'serialNumber',
  '2.5.4.6': 'C',
  '2.5.4.7': 'L',
  '2.5.4.8': 'ST',
  '2.5.4.9': 'street',
  '2.5.4.10': 'O',
  '2.5.4.11': 'OU',
  '2.5.4.97': 'organizationIdentifier',
  '0.9.2342.19200300.100.1.25': 'DC',
  '1.2.840.113549.1.9.1': 'emailAddress',
};

/** Names of RFC 3279, 4055, 5758, 8410, 9881 and 9909. */
const SIGNATURES: Readonly<Record<string, string>> = {
  '1.2.840.113549.1.1.2': 'md2WithRSAEncryption',
  '1.2.840.113549.1.1.4': 'md5WithRSAEncryption',
  '1.2.840.113549.1.1.5': 'sha1WithRSAEncryption',
  '1.3.14.3.2.29': 'sha1WithRSAEncryption',
  '1.2.840.113549.1.1.14': 'sha224WithRSAEncryption',
  '1.2.840.113549.1.1.11': 'sha256WithRSAEncryption',
  '1.2.840.113549.1.1.12': 'sha384WithRSAEncryption',
  '1.2.840.113549.1.1.13': 'sha512WithRSAEncryption',
  '1.2.840.113549.1.1.10': 'rsassaPss',
  '1.2.840.10045.4.1': 'ecdsa-with-SHA1',
  '1.2.840.10045.4.3.1': 'ecdsa-with-SHA224',
  '1.2.840.10045.4.3.2': 'ecdsa-with-SHA256',
  '1.2.840.10045.4.3.3': 'ecdsa-with-SHA384',
  '1.2.840.10045.4.3.4': 'ecdsa-with-SHA512',
  '1.2.840.10040.4.3': 'dsa-with-SHA1',
  '2.16.840.1.101.3.4.3.2': 'dsa-with-SHA256',
  '1.3.101.112': 'Ed25519',
  '1.3.101.113': 'Ed448',
  '2.16.840.1.101.3.4.3.17': 'ML-DSA-44',
  '2.16.840.1.101.3.4.3.18': 'ML-DSA-65',
  '2.16.840.1.101.3.4.3.19': 'ML-DSA-87',
};

/** Hash functions that RSASSA-PSS names in its parameters (RFC 4055, section 2.1). */
const HASHES: Readonly<Record<string, string>> = {
  '1.3.14.3.2.26': 'SHA1',
  '2.16.840.1.101.3.4.2.1': 'SHA256',
  '2.16.840.1.101.3.4.2.2': 'SHA384',
  '2.16.840.1.101.3.4.2.3': 'SHA512',
};

const KEY_TYPES: Readonly<Record<string, string>> = {
  '1.2.840.113549.1.1.1': 'RSA',
  '1.2.840.113549.1.1.10': 'RSA-PSS',
  '1.2.840.10045.2.1': 'EC',
  '1.2.840.10040.4.1': 'DSA',
  '1.3.101.112': 'Ed25519',
  '1.3.101.113': 'Ed448',
  '2.16.840.1.101.3.4.3.17': 'ML-DSA-44',
  '2.16.840.1.101.3.4.3.18': 'ML-DSA-65',
  '2.16.840.1.101.3.4.3.19': 'ML-DSA-87',
};

/** Field sizes in bits (RFC 5480, section 2.1.1.1; RFC 5639 for brainpool). */
const CURVE_BITS: Readonly<Record<string, number>> = {
  '1.2.840.10045.3.1.1': 192,
  '1.2.840.10045.3.1.7': 256,
  '1.3.132.0.33': 224,
  '1.3.132.0.34': 384,
  '1.3.132.0.35': 521,
  '1.3.132.0.10': 256,
  '1.3.36.3.3.2.8.1.1.7': 256,
  '1.3.36.3.3.2.8.1.1.11': 384,
  '1.3.36.3.3.2.8.1.1.13': 512,
};

const SUBJECT_ALT_NAME = '2.5.29.17';
const BASIC_CONSTRAINTS = '2.5.29.19';

/** No honest name is longer; a hostile one is cut here. Ours. */
const NAME_CHARACTERS_MAX = 512;
/** A name in a SAN (RFC 1035, section 2.3.4). */
const DNS_NAME_CHARACTERS_MAX = 255;
/** The largest SAN lists in the wild hold some hundred names; more is cut. Ours. */
const NAMES_MAX = 1_000;

interface Element {
  readonly tag: number;
  readonly body: Uint8Array;
  /** With tag and length. */
  readonly whole: Uint8Array;
}

/** What a DER certificate says (RFC 5280, section 4.1), or undefined when it is none. Judges nothing. */
export function parseCertificate(der: Uint8Array): CertificateFacts | undefined {
  const [certificate, none] = elements(der) ?? [];
  if (certificate?.tag !== TAG.sequence || none !== undefined) return undefined;
  const [tbs, algorithm, proof, tooMany] = elements(certificate.body) ?? [];
  if (tbs?.tag !== TAG.sequence || proof?.tag !== TAG.bitString || tooMany !== undefined) return undefined;
  const fields = elements(tbs.body);
  if (fields === undefined) return undefined;
  // Version 1 leaves its number out.
  const [serial, , issuer, validity, subject, keyInfo, ...rest] =
    fields[0]?.tag === TAG.version ? fields.slice(1) : fields;
  if (serial?.tag !== TAG.integer || issuer?.tag !== TAG.sequence || subject?.tag !== TAG.sequence) return undefined;
  const [notBefore, notAfter] = (validity?.tag === TAG.sequence && elements(validity.body)?.map(readTime)) || [];
  const is = {
    subject: readName(subject.body),
    issuer: readName(issuer.body),
    key: keyInfo && readKey(keyInfo),
    signature: algorithm && readSignature(algorithm),
    extensions: readExtensions(rest.find(({ tag }) => tag === TAG.extensions)),
  };
  if (is.subject === undefined || is.issuer === undefined || is.key === undefined || is.signature === undefined)
    return undefined;
  if (notBefore === undefined || notAfter === undefined || is.extensions === undefined) return undefined;
  return {
    subject: is.subject,
    issuer: is.issuer,
    serial: hex(serial.body),
    notBefore,
    notAfter,
    names: is.extensions.names,
    isCa: is.extensions.isCa,
    key: is.key,
    signature: is.signature,
    selfSigned: sameBytes(subject.whole, issuer.whole),
  };
}

/** The elements that a DER value is made of, or undefined when they do not fill it to the last byte. */
function elements(bytes: Uint8Array): readonly Element[] | undefined {
  const list: Element[] = [];
  for (let at = 0; at < bytes.length; ) {
    const [tag, first] = [bytes[at], bytes[at + 1]];
    // Tags of several bytes do not occur in certificates; 0x80 is BER's indefinite length.
    if (tag === undefined || first === undefined || (tag & 0x1f) === 0x1f || first === 0x80) return undefined;
    const lengthBytes = first < 0x80 ? 0 : first - 0x80;
    if (lengthBytes > 4) return undefined;
    let length = lengthBytes === 0 ? first : 0;
    for (const byte of bytes.subarray(at + 2, at + 2 + lengthBytes)) length = length * 0x100 + byte;
    const start = at + 2 + lengthBytes;
    if (start + length > bytes.length) return undefined;
    list.push({ tag, body: bytes.subarray(start, start + length), whole: bytes.subarray(at, start + length) });
    at = start + length;
  }
  return list;
}

/** One line in the order of the certificate, `C=US, O=Example, CN=portal.example`, escaped as in RFC 4514, section 2.4. */
function readName(body: Uint8Array): string | undefined {
  const parts: string[] = [];
  for (const set of elements(body) ?? [undefined]) {
    if (set?.tag !== TAG.set) return undefined;
    const pairs: string[] = [];
    for (const pair of elements(set.body) ?? [undefined]) {
      const [type, value] = (pair?.tag === TAG.sequence && elements(pair.body)) || [];
      const oid = type && readOid(type);
      const text = value && readText(value);
      if (oid === undefined || text === undefined) return undefined;
      pairs.push(`${ATTRIBUTES[oid] ?? oid}=${escapeText(text)}`);
    }
    parts.push(pairs.join('+'));
  }
  return parts.join(', ').slice(0, NAME_CHARACTERS_MAX);
}

function escapeText(text: string): string {
  return text
    .replace(/[\\",+;<>=]/g, '\\$&')
    .replace(
      /\p{Cc}|\p{Cf}|\p{Zl}|\p{Zp}/gu,
      (char) => `\\${(char.codePointAt(0) ?? 0).toString(16).padStart(2, '0')}`,
    );
}

/** The string types that RFC 5280, section 4.1.2.4 allows, by tag. */
function readText({ tag, body }: Element): string | undefined {
  if (tag === 0x0c) return utf8(body) ?? latin1(body);
  // PrintableString, TeletexString, IA5String, VisibleString, NumericString
  if ([0x13, 0x14, 0x16, 0x1a, 0x12].includes(tag)) return latin1(body);
  const width = tag === 0x1e ? 2 : tag === 0x1c ? 4 : 0;
  if (width === 0 || body.length % width !== 0) return undefined;
  let text = '';
  for (let at = 0; at < body.length; at += width) {
    const code = body.subarray(at, at + width).reduce((sum, byte) => sum * 0x100 + byte, 0);
    text += code > 0x10_ffff ? '\ufffd' : String.fromCodePoint(code);
  }
  return text;
}

const latin1 = (bytes: Uint8Array) => Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');

function utf8(bytes: Uint8Array): string | undefined {
  try {
    return decodeURIComponent(Array.from(bytes, (byte) => `%${byte.toString(16).padStart(2, '0')}`).join(''));
  } catch {
    return undefined;
  }
}

function readOid({ tag, body }: Element): string | undefined {
  if (tag !== TAG.oid || body.length === 0 || (body.at(-1) ?? 0) >= 0x80) return undefined;
  const arcs: number[] = [];
  let arc = 0;
  for (const byte of body) {
    arc = arc * 0x80 + (byte & 0x7f);
    if (!Number.isSafeInteger(arc)) return undefined;
    if (byte >= 0x80) continue;
    if (arcs.length > 0) arcs.push(arc);
    else arcs.push(Math.min(Math.floor(arc / 40), 2), arc - 40 * Math.min(Math.floor(arc / 40), 2));
    arc = 0;
  }
  return arcs.join('.');
}

/** RFC 5280, section 4.1.2.5: UTC, with seconds, without fractions. */
function readTime({ tag, body }: Element): string | undefined {
  const [, y = '', month = '', day = '', hour = '', minute = '', second = ''] =
    /^(\d\d(?:\d\d)?)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/.exec(latin1(body)) ?? [];
  const long = tag === TAG.generalizedTime;
  if ((!long && tag !== TAG.utcTime) || y.length !== (long ? 4 : 2)) return undefined;
  // Two digits mean 1950 to 2049.
  const year = long ? y : `${Number(y) >= 50 ? '19' : '20'}${y}`;
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return undefined;
  if (Number(day) < 1 || Number(day) > daysOf(Number(year), Number(month))) return undefined;
  return `${year}-${month}-${day}T${hour}:${minute}:${second}Z`;
}

function daysOf(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return [0, 31, 0, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month] ?? 0;
}

function readKey(info: Element): Certificate['key'] | undefined {
  const [algorithm, bits] = (info.tag === TAG.sequence && elements(info.body)) || [];
  const [id, parameters] = (algorithm?.tag === TAG.sequence && elements(algorithm.body)) || [];
  const oid = id && readOid(id);
  // A BIT STRING starts with the number of its unused bits.
  if (oid === undefined || bits?.tag !== TAG.bitString || bits.body[0] !== 0) return undefined;
  const key = bits.body.subarray(1);
  const type = KEY_TYPES[oid] ?? oid;
  if (type === 'RSA' || type === 'RSA-PSS') {
    const [numbers] = elements(key) ?? [];
    const [modulus] = (numbers?.tag === TAG.sequence && elements(numbers.body)) || [];
    return modulus?.tag === TAG.integer ? { type, bits: bitsOf(modulus.body) } : undefined;
  }
  if (type === 'DSA') {
    const [prime] = (parameters?.tag === TAG.sequence && elements(parameters.body)) || [];
    return prime?.tag === TAG.integer ? { type, bits: bitsOf(prime.body) } : undefined;
  }
  if (type === 'EC') {
    const curve = parameters && readOid(parameters);
    // A curve without a name: half an uncompressed point, 0x04 and two coordinates (SEC 1, section 2.3.3).
    return { type, bits: (curve && CURVE_BITS[curve]) || Math.floor((key.length - 1) / 2) * 8 };
  }
  return { type, bits: key.length * 8 };
}

function bitsOf(integer: Uint8Array): number {
  const first = integer.findIndex((byte) => byte !== 0);
  return first < 0 ? 0 : (integer.length - first - 1) * 8 + (integer[first] ?? 0).toString(2).length;
}

function readSignature(algorithm: Element): string | undefined {
  const [id, parameters] = (algorithm.tag === TAG.sequence && elements(algorithm.body)) || [];
  const oid = id && readOid(id);
  if (oid === undefined) return undefined;
  const name = SIGNATURES[oid] ?? oid;
  return name === 'rsassaPss' ? `${name}-${pssHash(parameters)}` : name;
}

/** SHA-1 when the parameters name no hash: that is their default (RFC 4055, section 3.1). */
function pssHash(parameters: Element | undefined): string {
  const fields = (parameters?.tag === TAG.sequence && elements(parameters.body)) || [];
  const [hash] = elements(fields.find(({ tag }) => tag === 0xa0)?.body ?? new Uint8Array(0)) ?? [];
  if (hash === undefined) return 'SHA1';
  const [id] = elements(hash.body) ?? [];
  const oid = id && readOid(id);
  return oid === undefined ? 'unknown' : (HASHES[oid] ?? oid);
}

interface Extensions {
  readonly names: string[];
  readonly isCa: boolean;
}

/** Undefined when they are there and cannot be read. */
function readExtensions(field: Element | undefined): Extensions | undefined {
  if (field === undefined) return { names: [], isCa: false };
  const [list, none] = elements(field.body) ?? [];
  if (list?.tag !== TAG.sequence || none !== undefined) return undefined;
  let is: Extensions = { names: [], isCa: false };
  for (const one of elements(list.body) ?? [undefined]) {
    const parts = (one?.tag === TAG.sequence && elements(one.body)) || [];
    const [id, value] = [parts[0], parts.at(-1)];
    const oid = id && readOid(id);
    if (oid === undefined || value?.tag !== TAG.octetString) return undefined;
    if (oid !== SUBJECT_ALT_NAME && oid !== BASIC_CONSTRAINTS) continue;
    const [inner] = elements(value.body) ?? [];
    const items = inner?.tag === TAG.sequence ? elements(inner.body) : undefined;
    if (items === undefined) return undefined;
    if (oid === SUBJECT_ALT_NAME) is = { ...is, names: items.flatMap(altName).slice(0, NAMES_MAX) };
    else is = { ...is, isCa: items[0]?.tag === TAG.boolean && items[0].body[0] === 0xff };
  }
  return is;
}

function altName({ tag, body }: Element): string[] {
  if (tag === TAG.ipAddress) return body.length === 4 || body.length === 16 ? [ipText(body)] : [];
  if (tag !== TAG.dnsName) return [];
  const name = escapeText(latin1(body)).slice(0, DNS_NAME_CHARACTERS_MAX);
  // An address in a dNSName stands for no address (RFC 9525, section 6.5), so it must not look like one here.
  return [ipBytes(name) === undefined ? name : `DNS:${name}`];
}

/** RFC 5952, section 4, for addresses of sixteen bytes. */
function ipText(bytes: ArrayLike<number>): string {
  if (bytes.length === 4) return Array.from(bytes).join('.');
  const groups = Array.from({ length: 8 }, (_, index) => (bytes[2 * index] ?? 0) * 0x100 + (bytes[2 * index + 1] ?? 0));
  const text = groups.map((group) => group.toString(16)).join(':');
  const zeros = [...text.matchAll(/(?:^|(?<=:))0(?::0)+(?=:|$)/g)].sort((a, b) => b[0].length - a[0].length)[0];
  if (zeros === undefined) return text;
  const [before, after] = [text.slice(0, zeros.index), text.slice(zeros.index + zeros[0].length)];
  return `${before.replace(/:$/, '')}::${after.replace(/^:/, '')}`;
}

/** The bytes of an address in text, or undefined when it is a name. */
function ipBytes(text: string): readonly number[] | undefined {
  const v4 = ipv4Bytes(text);
  if (v4 !== undefined) return v4;
  const bare = text.replace(/^\[(.*)\]$/, '$1');
  if (!/^[0-9a-f:.]+$/i.test(bare) || !bare.includes(':') || bare.split('::').length > 2) return undefined;
  const [head, tail] = bare.split('::').map((half) => groupsOf(half));
  if (head === undefined || (bare.includes('::') && tail === undefined)) return undefined;
  const missing = 16 - head.length - (tail?.length ?? 0);
  if (bare.includes('::') ? missing < 2 : missing !== 0) return undefined;
  return [...head, ...new Array<number>(missing).fill(0), ...(tail ?? [])];
}

function groupsOf(half: string): number[] | undefined {
  const bytes: number[] = [];
  const parts = half === '' ? [] : half.split(':');
  for (const [index, part] of parts.entries()) {
    const v4 = index === parts.length - 1 ? ipv4Bytes(part) : undefined;
    if (v4 === undefined && !/^[0-9a-f]{1,4}$/i.test(part)) return undefined;
    const group = Number.parseInt(part, 16);
    bytes.push(...(v4 ?? [group >> 8, group & 0xff]));
  }
  return bytes;
}

function ipv4Bytes(text: string): readonly number[] | undefined {
  const parts = text.split('.');
  if (parts.length !== 4 || parts.some((part) => !/^(?:0|[1-9]\d{0,2})$/.test(part) || Number(part) > 255))
    return undefined;
  return parts.map(Number);
}

/**
 * Whether a certificate's names cover a host (RFC 9525, section 6): an address equals an address, a name equals a name in any
 * letter case, a `*` stands for exactly one whole left-most label. The common name counts for nothing. A host with non-ASCII
 * letters has to be handed in as A-labels, as URLs have it.
 */
export function matchesHost(names: readonly string[], host: string): boolean {
  const address = ipBytes(host);
  if (address !== undefined) {
    return names.some((name) => {
      const named = ipBytes(name);
      return named !== undefined && ipText(named) === ipText(address);
    });
  }
  const labels = labelsOf(host);
  if (labels === undefined || labels.includes('*')) return false;
  return names.some((name) => {
    const wanted = labelsOf(name);
    if (wanted === undefined || wanted.length !== labels.length || ipBytes(name) !== undefined) return false;
    return wanted.every(
      (label, index) => label === labels[index] || (index === 0 && label === '*' && wanted.length > 1),
    );
  });
}

/** Lower-case labels without the dot of the root; undefined when it is no host name. */
function labelsOf(name: string): readonly string[] | undefined {
  const labels = name.replace(/\.$/, '').split('.');
  const sound = labels.every((label, index) => /^[a-z0-9_-]{1,63}$/i.test(label) || (index === 0 && label === '*'));
  return sound ? labels.map((label) => label.toLowerCase()) : undefined;
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}

/** Without the zero that keeps a positive DER integer positive. */
function hex(integer: Uint8Array): string {
  const text = Array.from(integer, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return text.replace(/^(?:00)+(?=..)/, '');
}
