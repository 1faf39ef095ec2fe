/** The moment at which every world stands still. The CLI under test is told the same one through `network.clock`. */
export const WORLD_CLOCK = '2026-11-23T08:00:00Z';

/** A moment so many days from the world's clock; negative days lie before it. */
export const daysFromClock = (days: number, clock: string = WORLD_CLOCK): Date =>
  new Date(Date.parse(clock) + days * 86_400_000);
