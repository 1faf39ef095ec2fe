import { wrap } from '../report/terminal-width.ts';

/** Text that is wrapped to less than this is hard to read, columns. */
const TEXT_COLUMNS_MIN = 20;

/** A text behind its lead, later lines indented as far, each line ended. */
export function hung(lead: string, text: string, width: number): string {
  const [first = '', ...more] = wrap(text, Math.max(TEXT_COLUMNS_MIN, width - lead.length));
  const indent = ' '.repeat(lead.length);
  return [`${lead}${first}`, ...more.map((line) => `${indent}${line}`)].map((line) => `${line}\n`).join('');
}
