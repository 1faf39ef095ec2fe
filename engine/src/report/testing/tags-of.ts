export interface Tag {
  readonly name: string;
  readonly attributes: readonly (readonly [name: string, value: string])[];
  /** The text of a `style` or a `script`; empty for all others. */
  readonly raw: string;
}

const ATTRIBUTE = / ([a-zA-Z][a-zA-Z:-]*)(?:="([^"<>`]*)")?/y;
const OPENING = /<([a-z][a-z0-9]*)/iy;
const CLOSING = /<\/[a-z][a-z0-9]*>/iy;
const DOCTYPE = /<!doctype html>/y;

/**
 * The opening tags of a page that is written in the narrow form of our own: quoted attributes, escaped text. A `<` that
 * begins nothing of that form is an error, so that a page which a browser would have to guess at never passes.
 */
export function tagsOf(page: string): readonly Tag[] {
  const tags: Tag[] = [];
  let at = page.indexOf('<');
  while (at !== -1) {
    const closed = matchAt(CLOSING, page, at) ?? matchAt(DOCTYPE, page, at);
    if (closed === null) {
      const { tag, end } = opening(page, at);
      tags.push(tag);
      at = page.indexOf('<', end);
    } else at = page.indexOf('<', at + closed[0].length);
  }
  return tags;
}

export function attributeOf({ attributes }: Tag, name: string): string | null {
  return attributes.find(([own]) => own === name)?.[1] ?? null;
}

function opening(page: string, at: number): { tag: Tag; end: number } {
  const start = matchAt(OPENING, page, at);
  const name = start?.[1];
  if (start === null || name === undefined) throw new Error(`no tag of ours: ${page.slice(at, at + 80)}`);
  const attributes: [string, string][] = [];
  let end = at + start[0].length;
  for (let found = matchAt(ATTRIBUTE, page, end); found !== null; found = matchAt(ATTRIBUTE, page, end)) {
    attributes.push([found[1] ?? '', found[2] ?? '']);
    end += found[0].length;
  }
  if (!/^\/?>/.test(page.slice(end, end + 2))) throw new Error(`an open tag: ${page.slice(at, end + 80)}`);
  end = page.indexOf('>', end) + 1;
  if (name !== 'style' && name !== 'script') return { tag: { name, attributes, raw: '' }, end };
  const close = page.indexOf(`</${name}>`, end);
  return { tag: { name, attributes, raw: page.slice(end, close) }, end: close };
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}
