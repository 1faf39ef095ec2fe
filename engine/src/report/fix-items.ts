import type { RecordedFinding } from '../model/run-record.ts';

export interface FixItem {
  /** The sentence; null where the steps begin with lines to write. */
  readonly says: string | null;
  /** Lines to write, or commands to run, that belong to it. */
  readonly lines: readonly string[];
}

/** The steps of a fix as sentences with the lines that belong to each, so that a line of configuration has no number of its own. */
export function fixItems({ fix, fixFor }: Pick<RecordedFinding, 'fix' | 'fixFor'>): readonly FixItem[] {
  const items: { says: string | null; lines: string[] }[] = [];
  for (const step of fix) {
    const [first = '', ...rest] = step.split('\n');
    const last = items.at(-1);
    if (!isLine(first, fixFor !== null)) items.push({ says: first, lines: rest });
    else if (last === undefined) items.push({ says: null, lines: step.split('\n').map(bare) });
    else last.lines.push(...step.split('\n').map(bare));
  }
  return items;
}

/**
 * Whether a step is to be written and not to be read: it stands in backticks as a whole or ends like code. In the words
 * of one stack all is code but what ends like a sentence, names a path through menus, or has code inside it.
 */
function isLine(step: string, inStackWords: boolean): boolean {
  if (/^`[^`]+`$/.test(step) || /[;{}]$/.test(step)) return true;
  return inStackWords && !/[.:…]$|→|`/.test(step);
}

const bare = (line: string): string => (/^`[^`]+`$/.test(line) ? line.slice(1, -1) : line);
