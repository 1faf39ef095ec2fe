import { TLS_VERSIONS, type TlsVersion } from '../model/observation.ts';

/** Code points on the wire (RFC 8446, section 4.1.2; RFC 6101 for SSLv3). */
const WIRE_VERSION: Readonly<Record<TlsVersion, number>> = {
  SSLv3: 0x0300,
  'TLSv1.0': 0x0301,
  'TLSv1.1': 0x0302,
  'TLSv1.2': 0x0303,
  'TLSv1.3': 0x0304,
};
const VERSION_BY_WIRE: ReadonlyMap<number, TlsVersion> = new Map(
  TLS_VERSIONS.map((name) => [WIRE_VERSION[name], name]),
);

/** "I know secure renegotiation", as a suite, so that it works without extensions (RFC 5746, section 3.3). */
const RENEGOTIATION_SCSV = 0x00ff;

const RECORD = { alert: 21, handshake: 22 } as const;
const HANDSHAKE = { clientHello: 1, serverHello: 2 } as const;

/** IANA, TLS ExtensionType Values. */
const EXTENSION = {
  serverName: 0,
  supportedGroups: 10,
  pointFormats: 11,
  signatureAlgorithms: 13,
  padding: 21,
  extendedMasterSecret: 23,
  supportedVersions: 43,
  pskModes: 45,
  keyShare: 51,
} as const;

/** IANA, TLS Supported Groups: elliptic curves that a server may hold a certificate or keys for, the usual ones first. */
const CURVES = [
  0x001d, 0x0017, 0x0018, 0x0019, 0x001e, 0x001a, 0x001b, 0x001c, 0x0015, 0x0013, 0x0016, 0x0014, 0x0012, 0x000e,
  0x000d, 0x000c, 0x000b, 0x000a, 0x0009,
] as const;

/**
 * Up to TLS 1.2 no finite-field group: a server that knows none of those listed must not choose DHE at all (RFC 7919, section 4),
 * and then its old DHE suites stay hidden.
 */
export const TLS12_GROUPS: readonly number[] = CURVES;
/** TLS 1.3: the post-quantum hybrids (0x11ec is X25519MLKEM768), curves, and ffdhe2048 to ffdhe8192. */
export const TLS13_GROUPS: readonly number[] = [
  0x001d, 0x0017, 0x0018, 0x0019, 0x001e, 0x11ec, 0x11eb, 0x11ed, 0x001f, 0x0020, 0x0021, 0x0100, 0x0101, 0x0102,
  0x0103, 0x0104, 0x0200, 0x0201, 0x0202, 0x0029,
];

/** IANA, TLS SignatureScheme: all, down to MD5 and DSA, so that no certificate of theirs keeps a suite hidden. */
const SIGNATURES = [
  0x0403, 0x0503, 0x0603, 0x0807, 0x0808, 0x0809, 0x080a, 0x080b, 0x0804, 0x0805, 0x0806, 0x0401, 0x0501, 0x0601,
  0x081a, 0x081b, 0x081c, 0x0904, 0x0905, 0x0906, 0x0708, 0x0303, 0x0301, 0x0203, 0x0201, 0x0402, 0x0502, 0x0602,
  0x0302, 0x0202, 0x0101,
] as const;

/** Some load balancers hang on a hello of 256 to 511 bytes (RFC 7685, section 1). */
const HANGING_BYTES_MIN = 256;
const HANGING_BYTES_MAX = 511;

/** A record carries at most 2^14 bytes (RFC 8446, section 5.1). No list of suites makes a hello of ours as long. */
const RECORD_BYTES_MAX = 16_384;

/** A ServerHello is under 200 bytes in practice; no honest one needs more than this. Ours. */
const HELLO_BYTES_MAX = 65_536;

/** SHA-256 of "HelloRetryRequest": the random value that marks one (RFC 8446, section 4.1.3). */
const RETRY_RANDOM = [
  0xcf, 0x21, 0xad, 0x74, 0xe5, 0x9a, 0x61, 0x11, 0xbe, 0x1d, 0x8c, 0x02, 0x1e, 0x65, 0xb8, 0x91, 0xc2, 0xa2, 0x11,
  0x16, 0x7a, 0xbb, 0x8c, 0x5e, 0x07, 0x9e, 0x09, 0xe2, 0xc8, 0xa8, 0x33, 0x9c,
] as const;

const ALERT_WARNING = 1;
const ALERT_UNRECOGNIZED_NAME = 112;

export interface ClientHello {
  readonly version: TlsVersion;
  readonly suites: readonly number[];
  /** Null for an address: RFC 6066, section 3 allows names only. */
  readonly serverName: string | null;
  readonly groups: readonly number[];
  /** 32 bytes. */
  readonly random: Uint8Array;
  /** Up to 32 bytes; TLS 1.3 wants some for the sake of old middleboxes (RFC 8446, appendix D.4). */
  readonly sessionId: Uint8Array;
  /** TLS 1.3 only. Without any, the server asks for one with a HelloRetryRequest, and names its suite there (RFC 8446, section 4.2.8). */
  readonly keyShares: readonly { readonly group: number; readonly key: Uint8Array }[];
}

/** A hello that offers this one version, and no other, in one record. */
export function clientHello(hello: ClientHello): Uint8Array {
  const { version, suites, random, sessionId } = hello;
  const signalled = version === 'TLSv1.3' ? suites : [...suites, RENEGOTIATION_SCSV];
  const start = [
    // TLS 1.3 says 1.2 here, and its own number in an extension (RFC 8446, section 4.1.2).
    u16(Math.min(WIRE_VERSION[version], WIRE_VERSION['TLSv1.2'])),
    random,
    vector8(sessionId),
    vector16(u16s(signalled)),
    vector8([0]),
  ];
  const extensions = version === 'SSLv3' ? [] : extensionsOf(hello);
  const body = join([...start, ...padded(extensions, bytesOf(start))]);
  const message = join([[HANDSHAKE.clientHello], u24(body.length), body]);
  // The record says 1.0 whatever is offered, for the sake of old servers (RFC 8446, section 5.1; RFC 5246, appendix E.1).
  const recordVersion = version === 'SSLv3' ? WIRE_VERSION.SSLv3 : WIRE_VERSION['TLSv1.0'];
  return join([[RECORD.handshake], u16(recordVersion), vector16(message)]);
}

function extensionsOf({ version, serverName, groups, keyShares }: ClientHello): Bytes[] {
  const list: Bytes[] = [];
  if (serverName !== null) {
    list.push(extension(EXTENSION.serverName, vector16(join([[0], vector16(ascii(serverName))]))));
  }
  list.push(extension(EXTENSION.supportedGroups, vector16(u16s(groups))));
  if (version !== 'TLSv1.3') {
    list.push(extension(EXTENSION.pointFormats, vector8([0])), extension(EXTENSION.extendedMasterSecret, []));
  }
  if (version === 'TLSv1.2' || version === 'TLSv1.3') {
    list.push(extension(EXTENSION.signatureAlgorithms, vector16(u16s(SIGNATURES))));
  }
  if (version === 'TLSv1.3') {
    const shares = keyShares.flatMap(({ group, key }) => [u16(group), vector16(key)]);
    list.push(
      extension(EXTENSION.supportedVersions, vector8(u16(WIRE_VERSION[version]))),
      // 1: psk_dhe_ke. A client that may ever resume has to say how (RFC 8446, section 4.2.9).
      extension(EXTENSION.pskModes, vector8([1])),
      extension(EXTENSION.keyShare, vector16(join(shares))),
    );
  }
  return list;
}

/** The extensions with their length, and with padding where the hello would have a length that hangs. */
function padded(extensions: readonly Bytes[], bytesBefore: number): Bytes[] {
  if (extensions.length === 0) return [];
  const bytes = 4 + bytesBefore + 2 + bytesOf(extensions);
  if (bytes < HANGING_BYTES_MIN || bytes > HANGING_BYTES_MAX) return [vector16(join(extensions))];
  const zeros = new Uint8Array(Math.max(0, HANGING_BYTES_MAX + 1 - bytes - 4));
  return [vector16(join([...extensions, extension(EXTENSION.padding, zeros)]))];
}

export type ServerFlight =
  | {
      readonly is: 'hello';
      readonly version: TlsVersion;
      readonly suite: number;
      /** A HelloRetryRequest: the suite is chosen, only a key share is missing. */
      readonly retryRequest: boolean;
    }
  | { readonly is: 'alert'; readonly level: number; readonly description: number }
  /** Right as far as it goes: more bytes are needed. */
  | { readonly is: 'incomplete' }
  | { readonly is: 'not-tls' };

const INCOMPLETE = { is: 'incomplete' } as const;
const NOT_TLS = { is: 'not-tls' } as const;

/** What a server said first, however it cut it into records. Reads only as far as the ServerHello or the first alert that ends things. */
export function readServerFlight(bytes: Uint8Array): ServerFlight {
  const message: number[] = [];
  let at = 0;
  while (at < bytes.length) {
    const [type, major, minor] = [bytes[at], bytes[at + 1], bytes[at + 2]];
    if (type !== RECORD.alert && type !== RECORD.handshake) return NOT_TLS;
    if ((major !== undefined && major !== 3) || (minor !== undefined && minor > 4)) return NOT_TLS;
    const length = read16(bytes, at + 3);
    if (length === undefined) return INCOMPLETE;
    // A record of these two types is never empty (RFC 8446, section 5.1).
    if (length === 0 || length > RECORD_BYTES_MAX) return NOT_TLS;
    const body = bytes.subarray(at + 5, at + 5 + length);
    at += 5 + length;
    if (type === RECORD.alert) {
      const alert = readAlert(body, length);
      if (alert !== undefined) return message.length === 0 ? alert : NOT_TLS;
      continue;
    }
    for (const byte of body) message.push(byte);
    const hello = readServerHello(message);
    if (hello.is !== 'incomplete') return hello;
  }
  return INCOMPLETE;
}

/** Undefined: a warning that the server did not know the name, after which it goes on (RFC 6066, section 3). */
function readAlert(body: Uint8Array, length: number): ServerFlight | undefined {
  if (length !== 2) return NOT_TLS;
  const [level, description] = body;
  if (level === undefined || description === undefined) return INCOMPLETE;
  if (level === ALERT_WARNING && description === ALERT_UNRECOGNIZED_NAME) return undefined;
  return level === ALERT_WARNING || level === 2 ? { is: 'alert', level, description } : NOT_TLS;
}

/** RFC 8446, section 4.1.3, which reads those of all versions before it. */
function readServerHello(message: readonly number[]): ServerFlight {
  const [type, b0, b1, b2] = message;
  if (type !== undefined && type !== HANDSHAKE.serverHello) return NOT_TLS;
  if (b0 === undefined || b1 === undefined || b2 === undefined) return INCOMPLETE;
  const end = 4 + b0 * 0x1_0000 + b1 * 0x100 + b2;
  if (end > HELLO_BYTES_MAX) return NOT_TLS;
  if (message.length < end) return INCOMPLETE;
  const hello = message.slice(4, end);
  const sessionIdBytes = hello[34];
  if (sessionIdBytes === undefined || sessionIdBytes > 32) return NOT_TLS;
  const after = 35 + sessionIdBytes;
  const legacyVersion = read16(hello, 0);
  const suite = read16(hello, after);
  const compression = hello[after + 2];
  if (legacyVersion === undefined || suite === undefined || compression === undefined) return NOT_TLS;
  const extensions = readExtensions(hello.slice(after + 3));
  if (extensions === undefined) return NOT_TLS;
  const selected = extensions.get(EXTENSION.supportedVersions);
  if (selected !== undefined && selected.length !== 2) return NOT_TLS;
  const version = VERSION_BY_WIRE.get(selected === undefined ? legacyVersion : (read16(selected, 0) ?? 0));
  // TLS 1.3 is named in the extension only (RFC 8446, section 4.2.1).
  if (version === undefined || (version === 'TLSv1.3') !== (selected !== undefined)) return NOT_TLS;
  const retryRequest = version === 'TLSv1.3' && RETRY_RANDOM.every((byte, index) => hello[2 + index] === byte);
  return { is: 'hello', version, suite, retryRequest };
}

function readExtensions(bytes: readonly number[]): ReadonlyMap<number, readonly number[]> | undefined {
  const found = new Map<number, readonly number[]>();
  if (bytes.length === 0) return found;
  if (read16(bytes, 0) !== bytes.length - 2) return undefined;
  for (let at = 2; at < bytes.length; ) {
    const type = read16(bytes, at);
    const length = read16(bytes, at + 2);
    if (type === undefined || length === undefined || at + 4 + length > bytes.length || found.has(type))
      return undefined;
    found.set(type, bytes.slice(at + 4, at + 4 + length));
    at += 4 + length;
  }
  return found;
}

type Bytes = ArrayLike<number>;

const u16 = (value: number): Bytes => [(value >> 8) & 0xff, value & 0xff];
const u24 = (value: number): Bytes => [(value >> 16) & 0xff, (value >> 8) & 0xff, value & 0xff];
const vector8 = (bytes: Bytes): Bytes => join([[bytes.length], bytes]);
const vector16 = (bytes: Bytes): Bytes => join([u16(bytes.length), bytes]);
const extension = (type: number, body: Bytes): Bytes => join([u16(type), vector16(body)]);
const ascii = (text: string): Bytes => Array.from(text, (char) => char.charCodeAt(0) & 0x7f);
const bytesOf = (pieces: readonly Bytes[]): number => pieces.reduce((sum, { length }) => sum + length, 0);

function u16s(values: readonly number[]): Bytes {
  const bytes = new Uint8Array(2 * values.length);
  for (const [index, value] of values.entries()) {
    bytes[2 * index] = value >> 8;
    bytes[2 * index + 1] = value;
  }
  return bytes;
}

function join(pieces: readonly Bytes[]): Uint8Array {
  const bytes = new Uint8Array(bytesOf(pieces));
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}

function read16(bytes: ArrayLike<number>, at: number): number | undefined {
  const [high, low] = [bytes[at], bytes[at + 1]];
  return high === undefined || low === undefined ? undefined : high * 0x100 + low;
}
