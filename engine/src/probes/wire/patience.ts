/** A wait is cut into so many parts, and no part counts for more than its own length. */
const PARTS = 20;
const PART_MS_MIN = 5;

/**
 * Calls back when so much time has passed in which an answer could have been noticed. While this process works on something
 * else it notices nothing, and that is not the target's slowness. Returns how to call it off.
 */
export function patience(ms: number, over: () => void): () => void {
  const partMs = Math.max(PART_MS_MIN, ms / PARTS);
  let leftMs = ms;
  let timer = setTimeout(
    function part() {
      leftMs -= partMs;
      if (leftMs <= 0) over();
      else timer = setTimeout(part, Math.min(partMs, leftMs));
    },
    Math.min(partMs, leftMs),
  );
  return () => clearTimeout(timer);
}
