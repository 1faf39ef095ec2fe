/** What a client asks for in its first message, as far as the edge must know it to choose who answers. */
export interface ClientHello {
  /** Highest version offered: `supported_versions` when present (RFC 8446, 4.2.1), else the hello's own field. */
  readonly version: number;
  readonly suites: readonly number[];
  readonly serverName: string | undefined;
}

/** `more`: the message is not complete yet. `other`: this is no TLS ClientHello. */
export type ClientHelloRead = { readonly hello: ClientHello } | 'more' | 'other';

/** Reserved values that clients sprinkle in. Source: RFC 8701, 2. */
export const isGrease = (value: number): boolean => (value & 0x0f0f) === 0x0a0a && value >> 8 === (value & 0xff);

const SERVER_NAME = 0;
const SUPPORTED_VERSIONS = 43;

const uint16List = (bytes: Buffer): readonly number[] =>
  Array.from({ length: bytes.length >> 1 }, (_, index) => bytes.readUInt16BE(index * 2));

const extensionsOf = (bytes: Buffer): ReadonlyMap<number, Buffer> => {
  const found = new Map<number, Buffer>();
  for (let at = 0; at + 4 <= bytes.length; ) {
    const length = bytes.readUInt16BE(at + 2);
    found.set(bytes.readUInt16BE(at), bytes.subarray(at + 4, at + 4 + length));
    at += 4 + length;
  }
  return found;
};

const parseBody = (body: Buffer): ClientHello => {
  const sessionEnd = 35 + body.readUInt8(34);
  const suitesEnd = sessionEnd + 2 + body.readUInt16BE(sessionEnd);
  const suites = uint16List(body.subarray(sessionEnd + 2, suitesEnd)).filter((suite) => !isGrease(suite));
  const compressionEnd = suitesEnd + 1 + body.readUInt8(suitesEnd);
  const extensions = extensionsOf(body.subarray(compressionEnd + 2));
  const names = extensions.get(SERVER_NAME);
  const versions = extensions.get(SUPPORTED_VERSIONS);
  const offered =
    versions === undefined ? [] : uint16List(versions.subarray(1)).filter((version) => !isGrease(version));
  return {
    version: offered.length > 0 ? Math.max(...offered) : body.readUInt16BE(0),
    suites,
    serverName:
      names === undefined || names.length < 5
        ? undefined
        : names.subarray(5, 5 + names.readUInt16BE(3)).toString('latin1'),
  };
};

/** Reads one ClientHello, also one that is spread over several records (RFC 8446, 5.1). */
export const readClientHello = (bytes: Buffer): ClientHelloRead => {
  if (bytes.length >= 1 && bytes[0] !== 22) return 'other';
  const parts: Buffer[] = [];
  for (let at = 0; ; ) {
    if (bytes.length < at + 5) return 'more';
    if (bytes[at] !== 22) return 'other';
    const end = at + 5 + bytes.readUInt16BE(at + 3);
    if (bytes.length < end) return 'more';
    parts.push(bytes.subarray(at + 5, end));
    const message = Buffer.concat(parts);
    at = end;
    if (message.length < 4) continue;
    if (message[0] !== 1) return 'other';
    const length = message.readUIntBE(1, 3);
    if (message.length < 4 + length) continue;
    try {
      return { hello: parseBody(message.subarray(4, 4 + length)) };
    } catch {
      return 'other'; // lengths that lie: the real server says so to the client
    }
  }
};
