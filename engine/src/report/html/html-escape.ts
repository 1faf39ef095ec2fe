import { visibleLine, visibleText } from '../hostile-text.ts';

const MARKUP = Symbol('markup');

/** A piece of HTML of our own making. Everything else that reaches a page is text, and is escaped. */
export interface Html {
  readonly [MARKUP]: string;
}

type Part = Html | string | number | null | false | readonly Part[];

/** Longest text of a record that one place shows; the rest is in the record. */
const TEXT_MAX = 1200;

/** Every value put between the words is escaped and cut, unless it is Html already. */
export function html(words: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return { [MARKUP]: words.reduce((all, word, index) => all + markupOf(parts[index - 1] ?? null) + word) };
}

/** Text whose line breaks mean something. */
export function block(text: string, max = TEXT_MAX * 2): Html {
  return { [MARKUP]: escapeHtml(visibleText(text, max)) };
}

/** A line cut after `max` characters. */
export function line(text: string, max: number): Html {
  return { [MARKUP]: escapeHtml(visibleLine(text, max)) };
}

/** Text that is not of a record: our own style, script and digests, which hold nothing to escape. */
export function ours(markup: string): Html {
  return { [MARKUP]: markup };
}

export function rendered(page: Html): string {
  return page[MARKUP];
}

export function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')
    .replaceAll('`', '&#96;');
}

function markupOf(part: Part): string {
  if (part === null || part === false) return '';
  if (typeof part === 'number') return String(part);
  if (typeof part === 'string') return escapeHtml(visibleLine(part, TEXT_MAX));
  if (MARKUP in part) return part[MARKUP];
  return part.map(markupOf).join('');
}
