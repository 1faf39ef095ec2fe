import { Readable, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { decodersOf } from './decode-body.ts';

export interface Body {
  readonly bytes: Buffer;
  /** There was more. */
  readonly cut: boolean;
}

/** Chunks are copied together up to this length, bytes: a million of one byte each cost a hundred times what they hold. */
const BLOCK_BYTES = 65_536;

/** Reads a body up to a cap, decoded on the way: a bomb costs the cap and a few chunks, whatever it would unpack to. */
export async function readBody(source: AsyncIterable<Buffer>, encoding: string, maxBytes: number): Promise<Body> {
  const chunks = source[Symbol.asyncIterator]();
  const first = await chunks.next();
  if (first.done === true) return { bytes: Buffer.alloc(0), cut: false };
  const decoders = decodersOf(encoding, first.value[0] ?? 0);
  const kept: Buffer[] = [];
  let block = Buffer.alloc(0);
  let used = 0;
  const keep = (chunk: Buffer) => {
    if (used + chunk.length > block.length) {
      kept.push(block.subarray(0, used));
      block = Buffer.allocUnsafeSlow(Math.max(BLOCK_BYTES, chunk.length));
      used = 0;
    }
    used += chunk.copy(block, used);
  };
  let length = 0;
  const enough = new Error('the cap is reached');
  const sink = new Writable({
    write(chunk: Buffer, _, done) {
      keep(length + chunk.length > maxBytes ? chunk.subarray(0, maxBytes - length) : chunk);
      length += chunk.length;
      done(length > maxBytes ? enough : null);
    },
  });
  try {
    await pipeline([Readable.from(rest(first.value, chunks), { objectMode: false }), ...decoders, sink]);
  } catch (cause) {
    if (cause !== enough) throw cause;
  }
  return { bytes: Buffer.concat([...kept, block.subarray(0, used)]), cut: length > maxBytes };
}

async function* rest(first: Buffer, chunks: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  yield first;
  for (let next = await chunks.next(); next.done !== true; next = await chunks.next()) yield next.value;
}
