/** A number of places. Whoever is more urgent goes first, and then whoever came first. */
export function createTurns(places: number): <T>(urgency: number, work: () => Promise<T>) => Promise<T> {
  const waiting: { readonly urgency: number; readonly start: () => void }[] = [];
  let free = places;
  return async (urgency, work) => {
    if (free > 0) free -= 1;
    else {
      await new Promise<void>((start) => {
        const at = waiting.findIndex((other) => other.urgency > urgency);
        waiting.splice(at < 0 ? waiting.length : at, 0, { urgency, start });
      });
    }
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next === undefined) free += 1;
      else next.start();
    }
  };
}
