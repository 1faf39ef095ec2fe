export interface Outcome {
  readonly passed: number;
  readonly failed: number;
  /** Names of what did not run, with the reason. */
  readonly skipped: readonly string[];
}

const CLOSING_LINE = /^(\d+) passed, (\d+) failed(?:, (\d+) skipped)?\s*$/;

/**
 * What a step's own closing line counts, or one outcome by its exit code. The exit code is never overruled: a step that
 * ends with an error has failed, whatever it has counted, and one that counted nothing at all has failed too.
 */
export function tally(output: string, code: number): Outcome {
  const counted = output
    .trimEnd()
    .split('\n')
    .findLast((line) => CLOSING_LINE.test(line));
  const [, passed, failed, skipped] = counted === undefined ? [] : (CLOSING_LINE.exec(counted) ?? []);
  if (passed === undefined)
    return code === 0 ? { passed: 1, failed: 0, skipped: [] } : { passed: 0, failed: 1, skipped: [] };
  const named = output.split('\n').flatMap((line) => /^skipped: (.+)$/.exec(line)?.[1] ?? []);
  const unnamed = Array.from({ length: Math.max(0, Number(skipped ?? 0) - named.length) }, () => 'without a name');
  const nothing = Number(passed) + Number(failed) === 0;
  return {
    passed: Number(passed),
    failed: Math.max(Number(failed), code !== 0 || nothing ? 1 : 0),
    skipped: skipped === undefined ? [] : [...named, ...unnamed].slice(0, Number(skipped)),
  };
}
