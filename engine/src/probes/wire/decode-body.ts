import type { Transform } from 'node:stream';
import zlib from 'node:zlib';
import { WireTrouble } from './wire.ts';

/** Encodings on top of one another that we undo. Browsers allow any number; two is already odd. */
const LAYERS_MAX = 3;

/** Bytes a decoder hands out at a time: what a bomb may cost beyond the cap. */
const CHUNK_BYTES = 65_536;

/** What we ask for, as a browser does (RFC 9110, section 12.5.3). */
export const ACCEPT_ENCODING = 'gzip, deflate, br, zstd';

/** The decoders of a Content-Encoding field, in the order in which they are to be undone (RFC 9110, section 8.4). */
export function decodersOf(encoding: string, firstByte: number): Transform[] {
  const names = encoding
    .toLowerCase()
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '' && name !== 'identity' && name !== 'aws-chunked' && name !== 'utf-8');
  if (names.length > LAYERS_MAX) throw new WireTrouble('malformed', `the body is encoded ${names.length} times`);
  return names.reverse().map((name) => {
    if (name === 'gzip' || name === 'x-gzip') return zlib.createGunzip({ chunkSize: CHUNK_BYTES });
    // `deflate` means zlib (RFC 9110, section 8.4.1.2), yet some servers send it bare; 8 in the low half is zlib (RFC 1950).
    if (name === 'deflate')
      return (firstByte & 0x0f) === 8
        ? zlib.createInflate({ chunkSize: CHUNK_BYTES })
        : zlib.createInflateRaw({ chunkSize: CHUNK_BYTES });
    if (name === 'br') return zlib.createBrotliDecompress({ chunkSize: CHUNK_BYTES });
    // Largest window a browser accepts: 8 MB (RFC 9659).
    if (name === 'zstd')
      return zlib.createZstdDecompress({
        chunkSize: CHUNK_BYTES,
        params: { [zlib.constants.ZSTD_d_windowLogMax]: 23 },
      });
    throw new WireTrouble('malformed', 'the body is in an encoding that we cannot read');
  });
}
