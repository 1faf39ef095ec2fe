/** Paragraphs, headings and tables, a blank line between each. */
export const page = (...parts: readonly string[]): string => `${parts.join('\n\n')}\n`;

export const section = (title: string, ...parts: readonly string[]): string[] => [`## ${title}`, ...parts];

export const bullets = (lines: readonly string[]): string => lines.map((line) => `- ${line}`).join('\n');

/** Lines to copy as they stand. */
export const fenced = (lines: readonly string[]): string => ['```text', ...lines, '```'].join('\n');

export const code = (text: string): string => `\`${text}\``;

/** Text that may hold what Markdown would read as a table's border. */
export const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

/** A table without rows says so. */
export const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  rows.length === 0
    ? 'None.'
    : [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
