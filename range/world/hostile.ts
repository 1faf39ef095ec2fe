import type { IncomingMessage, ServerResponse } from 'node:http';
import { constants, createBrotliCompress, createDeflateRaw } from 'node:zlib';

/** Answers that no client should have to expect, and that every probe must survive. */
export type HostileBehaviour =
  | 'hang'
  | 'drip'
  | 'redirect-loop'
  | 'huge-body'
  | 'gzip-bomb'
  | 'deflate-bomb'
  | 'brotli-bomb'
  | 'bad-utf8'
  | 'many-cookies'
  | 'giant-header'
  | 'bad-chunking'
  | 'length-too-long'
  | 'length-too-short'
  | 'reset-mid-body'
  | 'reset'
  | 'binary-noise'
  | 'bad-status-line'
  | 'bad-header-characters'
  | 'rate-limited'
  | 'challenge'
  | 'server-error'
  | 'unavailable'
  | 'gateway-timeout'
  | 'empty';

/** Where a behaviour takes the place of the real answer. */
export interface HostileRule {
  /** Every host when left out. */
  readonly host?: string;
  /** Exact path, or a prefix when it ends with `*`. */
  readonly path: string;
  /** Both when left out. */
  readonly scheme?: 'http' | 'https';
  readonly behaviour: HostileBehaviour;
  /** Only the first so many requests; every request when left out. */
  readonly times?: number;
  /** Fields that the answer carries besides its own, where it has a head at all. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** Length of `huge-body` in bytes: 200 MB. */
const HUGE_BODY_BYTES = 200_000_000;

/** Length of a bomb once it is unpacked, in bytes: 4 GiB. */
const BOMB_BYTES = 4_294_967_296;

/** What one repeated piece of a bomb unpacks to, in bytes. */
const BOMB_PIECE_BYTES = 16_777_216;

/** Number of cookies in `many-cookies`. */
const COOKIES = 10_000;

/** Length of the one value in `giant-header`, in bytes. */
const GIANT_HEADER_BYTES = 1_000_000;

/** Pause between two bytes of `drip`, in milliseconds. */
const DRIP_PAUSE_MS = 1_000;

const raw = (response: ServerResponse, text: string | Buffer, end = true): void => {
  const socket = response.socket;
  if (socket === null) return;
  socket.write(text);
  if (end) socket.end();
};

const head = (lines: readonly string[]): string => `HTTP/1.1 200 OK\r\n${lines.join('\r\n')}\r\n\r\n`;

/** Writes pieces as fast as the client takes them, and stops when it goes away. */
const pour = (response: ServerResponse, pieceAt: (index: number) => Buffer | undefined): void => {
  let index = 0;
  const more = (): void => {
    for (;;) {
      if (response.destroyed) return;
      const piece = pieceAt(index);
      index += 1;
      if (piece === undefined) {
        response.end();
        return;
      }
      if (!response.write(piece)) {
        response.once('drain', more);
        return;
      }
    }
  };
  more();
};

interface BombParts {
  readonly first: Buffer;
  /** May be repeated as often as wanted; each unpacks to BOMB_PIECE_BYTES. */
  readonly piece: Buffer;
}

/** Packs zeros twice and flushes: the second piece holds no header and refers to zeros only, so it can be repeated. */
const packTwice = async (
  packer: ReturnType<typeof createDeflateRaw | typeof createBrotliCompress>,
  flush: number,
): Promise<BombParts> => {
  const zeros = Buffer.alloc(BOMB_PIECE_BYTES);
  const pieces: Buffer[] = [];
  for (let round = 0; round < 2; round += 1) {
    const packed: Buffer[] = [];
    const collect = (chunk: Buffer): void => {
      packed.push(chunk);
    };
    packer.on('data', collect);
    packer.write(zeros);
    await new Promise<void>((resolve) => packer.flush(flush, resolve));
    await new Promise<void>((resolve) => setImmediate(resolve));
    packer.off('data', collect);
    pieces.push(Buffer.concat(packed));
  }
  packer.destroy();
  const [first = Buffer.alloc(0), piece = Buffer.alloc(0)] = pieces;
  return { first, piece };
};

let deflateParts: Promise<BombParts> | undefined;
let brotliParts: Promise<BombParts> | undefined;

const bomb = async (response: ServerResponse, encoding: 'gzip' | 'deflate' | 'br'): Promise<void> => {
  deflateParts ??= packTwice(createDeflateRaw({ level: 9 }), constants.Z_FULL_FLUSH);
  brotliParts ??= packTwice(
    createBrotliCompress({ params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }),
    constants.BROTLI_OPERATION_FLUSH,
  );
  const { first, piece } = await (encoding === 'br' ? brotliParts : deflateParts);
  // gzip: RFC 1952, 2.3; deflate: RFC 1950, 2.2; the checksum at the end is missing, long after anybody should have stopped
  const prefix = {
    gzip: Buffer.from([31, 139, 8, 0, 0, 0, 0, 0, 0, 255]),
    deflate: Buffer.from([0x78, 0xda]),
    br: Buffer.alloc(0),
  }[encoding];
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'content-encoding': encoding });
  pour(response, (index) => {
    if (index === 0) return Buffer.concat([prefix, first]);
    return index < BOMB_BYTES / BOMB_PIECE_BYTES ? piece : undefined;
  });
};

const drip = (response: ServerResponse): void => {
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
  const timer = setInterval(() => response.write('.'), DRIP_PAUSE_MS);
  response.on('close', () => clearInterval(timer));
};

const challengePage =
  '<!doctype html><html lang="en"><title>Just a moment...</title><h1>Checking your browser</h1><p>Verify you are human by completing the action below.</p></html>';

const behaviours: Readonly<Record<HostileBehaviour, (request: IncomingMessage, response: ServerResponse) => void>> = {
  hang: () => undefined,
  drip: (_, response) => drip(response),
  'redirect-loop': (request, response) => {
    const [path = '/', query = ''] = (request.url ?? '/').split('?');
    response.writeHead(302, { location: `${path}?lap=${query === 'lap=1' ? 2 : 1}` }).end();
  },
  'huge-body': (_, response) => {
    const piece = Buffer.alloc(65_536, 'a');
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
    pour(response, (index) => (index * piece.length < HUGE_BODY_BYTES ? piece : undefined));
  },
  'gzip-bomb': (_, response) => void bomb(response, 'gzip'),
  'deflate-bomb': (_, response) => void bomb(response, 'deflate'),
  'brotli-bomb': (_, response) => void bomb(response, 'br'),
  'bad-utf8': (_, response) => {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
    response.end(
      Buffer.concat([
        Buffer.from('<!doctype html><p>'),
        Buffer.from([0xc3, 0x28, 0xff, 0xfe, 0xed, 0xa0, 0x80, 0xf8]),
        Buffer.from('</p>'),
      ]),
    );
  },
  'many-cookies': (_, response) => {
    const cookies = Array.from({ length: COOKIES }, (__, index) => `set-cookie: c${index}=1; Secure; HttpOnly; Path=/`);
    raw(response, `${head([...cookies, 'content-length: 2'])}ok`);
  },
  'giant-header': (_, response) =>
    raw(response, `${head([`x-large: ${'a'.repeat(GIANT_HEADER_BYTES)}`, 'content-length: 2'])}ok`),
  'bad-chunking': (_, response) =>
    raw(response, `${head(['transfer-encoding: chunked'])}5\r\nhello\r\nzz\r\nnever\r\n`),
  'length-too-long': (_, response) => raw(response, `${head(['content-length: 500'])}short`),
  'length-too-short': (_, response) => raw(response, `${head(['content-length: 2'])}this is longer than two bytes`),
  'reset-mid-body': (_, response) => {
    raw(response, `${head(['content-length: 5000'])}<!doctype html>`, false);
    setImmediate(() => response.socket?.destroy());
  },
  reset: (_, response) => {
    response.socket?.destroy();
  },
  'binary-noise': (_, response) =>
    raw(response, Buffer.from(Array.from({ length: 512 }, (__, index) => (index * 151 + 7) & 0xff))),
  'bad-status-line': (_, response) => raw(response, 'HTP/9.9 banana\r\ncontent-length: 0\r\n\r\n'),
  'bad-header-characters': (_, response) =>
    raw(response, `${head(['x-bad: a\u0000b\u001b[31m', 'x bad name: 1', 'content-length: 2'])}ok`),
  'rate-limited': (_, response) => {
    response.writeHead(429, { 'retry-after': '2', 'content-type': 'text/plain' }).end('Too many requests');
  },
  challenge: (_, response) => {
    const headers = {
      'cf-mitigated': 'challenge',
      'content-type': 'text/html; charset=utf-8',
      server: 'cloudflare',
      'cache-control': 'private, no-store',
    };
    response.writeHead(403, headers).end(challengePage);
  },
  'server-error': (_, response) => {
    response.writeHead(500, { 'content-type': 'text/plain' }).end('Internal Server Error');
  },
  unavailable: (_, response) => {
    response.writeHead(503, { 'content-type': 'text/plain', 'retry-after': '120' }).end('Service Unavailable');
  },
  'gateway-timeout': (_, response) => {
    response.writeHead(504, { 'content-type': 'text/plain' }).end('Gateway Timeout');
  },
  empty: (_, response) => {
    response.socket?.end();
  },
};

export const behave = (
  { behaviour, headers = {} }: Pick<HostileRule, 'behaviour' | 'headers'>,
  request: IncomingMessage,
  response: ServerResponse,
): void => {
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  behaviours[behaviour](request, response);
};

/** Finds the first rule for a request; a rule with `times` is used up. Each world counts for itself. */
export const hostileChooser = (
  rules: readonly HostileRule[],
): ((scheme: 'http' | 'https', request: IncomingMessage) => HostileRule | undefined) => {
  const used = new Map<HostileRule, number>();
  return (scheme, request) => {
    const host = (request.headers.host ?? '').replace(/:\d+$/, '').toLowerCase();
    const path = (request.url ?? '/').split('?')[0] ?? '/';
    const rule = rules.find(
      (candidate) =>
        (candidate.host === undefined || candidate.host === host) &&
        (candidate.scheme === undefined || candidate.scheme === scheme) &&
        (candidate.path.endsWith('*') ? path.startsWith(candidate.path.slice(0, -1)) : path === candidate.path) &&
        (used.get(candidate) ?? 0) < (candidate.times ?? Number.POSITIVE_INFINITY),
    );
    if (rule === undefined) return undefined;
    used.set(rule, (used.get(rule) ?? 0) + 1);
    return rule;
  };
};
