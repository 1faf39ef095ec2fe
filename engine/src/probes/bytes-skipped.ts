import { headerOf } from './ask.ts';
import type { RawAnswer } from './wire/wire.ts';

/** Bytes of a body that were there and not read: as far as the server says, else at least one. */
export function bytesSkipped({ headers, bytes, cut }: RawAnswer): number {
  if (!cut) return 0;
  const whole =
    headerOf(headers, 'content-encoding') === undefined ? Number(headerOf(headers, 'content-length')) : Number.NaN;
  return Number.isSafeInteger(whole) ? Math.max(1, whole - bytes.length) : 1;
}
