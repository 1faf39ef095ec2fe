import type { Io } from './io.ts';

/** The machine's clock, or the rehearsal's: set to its moment and running from there. */
export function clockOf(clock: string | null, io: Io): () => Date {
  if (clock === null) return io.now;
  const [from, began] = [Date.parse(clock), performance.now()];
  return () => new Date(from + (performance.now() - began));
}
