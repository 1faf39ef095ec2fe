import { Readable, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { decodersOf } from './decode-body.ts';

export interface Body {
  readonly bytes: Buffer;
  /** There was more. */
  readonly cut: boolean;
}

/** Reads a body up to a cap, decoded on the way: a bomb costs the cap and a few chunks, whatever it would unpack to. */
export async function readBody(source: AsyncIterable<Buffer>, encoding: string, maxBytes: number): Promise<Body> {
  const chunks = source[Symbol.asyncIterator]();
  const first = await chunks.next();
  if (first.done === true) return { bytes: Buffer.alloc(0), cut: false };
  const decoders = decodersOf(encoding, first.value[0] ?? 0);
  const body = collected(maxBytes);
  const enough = new Error('the cap is reached');
  const sink = new Writable({ write: (chunk: Buffer, _, done) => done(body.take(chunk) === 'full' ? enough : null) });
  try {
    await pipeline([Readable.from(rest(first.value, chunks), { objectMode: false }), ...decoders, sink]);
  } catch (cause) {
    if (cause !== enough) throw cause;
  }
  return body.end();
}

async function* rest(first: Buffer, chunks: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  yield first;
  for (let next = await chunks.next(); next.done !== true; next = await chunks.next()) yield next.value;
}

/** From here on a body is kept in one place, bytes: putting ten megabytes of pieces together would take them twice. */
const LARGE_BYTES_MIN = 1_048_576;

function collected(maxBytes: number) {
  let pieces: Buffer[] = [];
  let large: Buffer | null = null;
  let length = 0;
  return {
    take(chunk: Buffer): 'full' | 'more' {
      const kept = chunk.subarray(0, Math.max(0, maxBytes - length));
      if (large !== null) kept.copy(large, length);
      else pieces.push(kept);
      length += chunk.length;
      if (large === null && length > LARGE_BYTES_MIN) {
        large = Buffer.allocUnsafeSlow(maxBytes);
        Buffer.concat(pieces).copy(large);
        pieces = [];
      }
      return length > maxBytes ? 'full' : 'more';
    },
    end: (): Body => ({
      bytes: large === null ? Buffer.concat(pieces) : large.subarray(0, Math.min(length, maxBytes)),
      cut: length > maxBytes,
    }),
  };
}
