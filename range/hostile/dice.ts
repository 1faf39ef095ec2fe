/** Numbers that look thrown and are always the same for one seed: a broken answer that was found can be found again. */
export interface Dice {
  /** From 0 to `below` - 1. */
  readonly int: (below: number) => number;
  readonly pick: <const T>(from: readonly [T, ...T[]]) => T;
  readonly bytes: (length: number) => Buffer;
}

/** Source: mulberry32 by Tommy Ettinger, public domain; 32 bits of state are plenty for a few thousand throws. */
export function createDice(seed: number): Dice {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
  const int = (below: number) => next() % below;
  return {
    int,
    pick: (from) => from[int(from.length)] ?? from[0],
    bytes: (length) => Buffer.from(Array.from({ length }, () => int(256))),
  };
}
