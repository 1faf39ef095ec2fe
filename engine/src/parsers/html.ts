import { type DefaultTreeAdapterMap, parse, defaultTreeAdapter as tree } from 'parse5';
import type { ObservationOf } from '../model/observation.ts';
import { isScriptType } from './content-type.ts';
import { parseJson } from './json-shape.ts';
import { parseStyle } from './style.ts';
import { insecureUrl, parseUrl, resolveUrl } from './url.ts';

type Page = ObservationOf<'page'>;
type Reference = Page['insecure'][number];
type Node = DefaultTreeAdapterMap['childNode'];
type Element = DefaultTreeAdapterMap['element'];

/** Text inside a page that is not shown: scripts, the data they start from, styles, event handlers. */
export interface InlineText {
  readonly form: 'script' | 'data' | 'style';
  readonly text: string;
}

/** What an HTML document is made of. Addresses are absolute and unmasked; text is as long as it came. */
export interface ParsedHtml
  extends Pick<
    Page,
    | 'title'
    | 'links'
    | 'scripts'
    | 'styles'
    | 'forms'
    | 'hasPasswordField'
    | 'insecure'
    | 'metaCsp'
    | 'canonical'
    | 'generator'
    | 'tableRows'
  > {
  /** What relative references are relative to. */
  readonly base: string;
  /** Preloads, module preloads, prefetches, import maps and the manifest. */
  readonly preloads: readonly string[];
  readonly frames: readonly string[];
  /** Where a meta refresh leads. */
  readonly refresh: string | null;
  readonly inline: readonly InlineText[];
  /** Shown text, without what stands in the foot of the page. */
  readonly text: string;
  /** Shown text of the foot of the page, where contact addresses stand. */
  readonly footText: string;
  readonly comments: string;
  /** Addresses of mailto: links. */
  readonly mailto: readonly string[];
  /** `<meta name|property>` by lower-case name; the first counts. */
  readonly meta: ReadonlyMap<string, string>;
}

/** Longer documents are cut: the parser's cost grows with depth as well as length. */
const DOCUMENT_CHARACTERS_MAX = 4_000_000;
/** Far beyond what browsers nest (512 in Blink) and shallow enough to stay quick. */
const NESTING_MAX = 10_000;
const LINKS_MAX = 200;
const LIST_MAX = 1000;
const INSECURE_MAX = 200;

interface Place {
  readonly node: Node;
  readonly hidden: boolean;
  readonly foot: boolean;
  readonly menu: boolean;
  readonly form: Form | undefined;
  readonly table: Element | undefined;
}
interface Form {
  readonly action: string;
  readonly method: string;
  readonly fields: string[];
}
interface Draft {
  readonly base: string;
  readonly out: {
    title: string;
    canonical: string | null;
    generator: string | null;
    refresh: string | null;
    hasPasswordField: boolean;
  };
  readonly links: Set<string>;
  readonly scripts: Map<string, boolean>;
  readonly styles: Map<string, boolean>;
  readonly preloads: Set<string>;
  readonly frames: Set<string>;
  readonly mailto: Set<string>;
  readonly forms: Form[];
  readonly insecure: Reference[];
  readonly metaCsp: string[];
  readonly meta: Map<string, string>;
  readonly inline: InlineText[];
  readonly text: string[];
  readonly footText: string[];
  readonly comments: string[];
  readonly rows: Map<Element, Map<string, number>>;
}

/** Reads a document as a browser without scripts would. Source: WHATWG HTML, sections 4 and 13.2 (tree by parse5). */
export function parseHtml(html: string, url: string): ParsedHtml {
  const document = parse(flatten(html.slice(0, DOCUMENT_CHARACTERS_MAX)), { scriptingEnabled: false });
  const base = documentBase(document.childNodes, url);
  const draft: Draft = {
    base,
    out: { title: '', canonical: null, generator: null, refresh: null, hasPasswordField: false },
    links: new Set(),
    scripts: new Map(),
    styles: new Map(),
    preloads: new Set(),
    frames: new Set(),
    mailto: new Set(),
    forms: [],
    insecure: [],
    metaCsp: [],
    meta: new Map(),
    inline: [],
    text: [],
    footText: [],
    comments: [],
    rows: new Map(),
  };
  for (const place of places(document.childNodes, draft)) readNode(place, draft);
  const counts = [...draft.rows.values()].flatMap((kinds) => [...kinds.values()]);
  return {
    ...draft.out,
    base,
    links: [...draft.links].slice(0, LINKS_MAX),
    scripts: files(draft.scripts),
    styles: files(draft.styles),
    preloads: [...draft.preloads].slice(0, LIST_MAX),
    frames: [...draft.frames].slice(0, LINKS_MAX),
    forms: draft.forms.slice(0, 100),
    insecure: draft.insecure.slice(0, INSECURE_MAX),
    metaCsp: draft.metaCsp.slice(0, 20),
    meta: draft.meta,
    inline: draft.inline,
    text: joined(draft.text),
    footText: joined(draft.footText),
    comments: draft.comments.join('\n'),
    mailto: [...draft.mailto],
    tableRows: counts.reduce((most, count) => Math.max(most, count), 0),
  };
}

const joined = (texts: readonly string[]) => texts.join(' ').replace(/\s+/g, ' ').trim();
const files = (found: ReadonlyMap<string, boolean>) =>
  [...found].slice(0, LIST_MAX).map(([url, integrity]) => ({ url, integrity }));

const OPEN_TAG = /<(\/?)([a-z][a-z0-9]{0,20})/gi;
const VOID = new Set([
  'area',
  'base',
  'br',
  'col',
  'embed',
  'hr',
  'img',
  'input',
  'link',
  'meta',
  'source',
  'track',
  'wbr',
]);

/** A document nested beyond all reason is cut there: open elements cost the parser time with every tag. */
function flatten(html: string): string {
  let depth = 0;
  OPEN_TAG.lastIndex = 0;
  for (let match = OPEN_TAG.exec(html); match !== null; match = OPEN_TAG.exec(html)) {
    if (VOID.has((match[2] ?? '').toLowerCase())) continue;
    depth = match[1] === '/' ? Math.max(0, depth - 1) : depth + 1;
    if (depth > NESTING_MAX) return html.slice(0, match.index);
  }
  return html;
}

function documentBase(roots: readonly Node[], url: string): string {
  const stack: Node[] = [...roots].reverse();
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (!tree.isElementNode(node)) continue;
    const href = node.tagName === 'base' ? attribute(node, 'href') : undefined;
    if (href !== undefined) return resolveUrl(href, url) ?? url;
    // A base element counts in the head only, but parsers put it there from nearly anywhere.
    if (node.tagName !== 'body')
      for (let at = node.childNodes.length - 1; at >= 0; at--) pushIf(stack, node.childNodes[at]);
  }
  return url;
}

const pushIf = (stack: Node[], node: Node | undefined) => {
  if (node !== undefined) stack.push(node);
};

const UNSEEN = new Set(['script', 'style', 'template', 'noscript', 'title', 'head', 'svg', 'option']);
const MENUS = new Set(['nav', 'header', 'footer', 'aside', 'menu']);

/** All nodes in document order, each with what it stands in; without recursion, as depth is the document's choice. */
function* places(roots: readonly Node[], draft: Draft): Generator<Place> {
  const start = { hidden: false, foot: false, menu: false, form: undefined, table: undefined };
  const stack: Place[] = [...roots].reverse().map((node) => ({ node, ...start }));
  for (let place = stack.pop(); place !== undefined; place = stack.pop()) {
    yield place;
    const { node } = place;
    if (!tree.isElementNode(node)) continue;
    const tag = node.tagName;
    const form = tag === 'form' ? formOf(node, draft) : place.form;
    const inner = {
      hidden: place.hidden || UNSEEN.has(tag) || attribute(node, 'hidden') !== undefined,
      foot: place.foot || tag === 'footer' || tag === 'address',
      menu: place.menu || MENUS.has(tag) || attribute(node, 'role') === 'navigation',
      form,
      table: tag === 'table' || ROW_HOLDERS.has(attribute(node, 'role') ?? '') ? node : place.table,
    };
    const children: readonly Node[] = isTemplate(node) ? node.content.childNodes : node.childNodes;
    for (let at = children.length - 1; at >= 0; at--) {
      const child = children[at];
      if (child !== undefined) stack.push({ node: child, ...inner });
    }
  }
}

const isTemplate = (node: Element): node is DefaultTreeAdapterMap['template'] => 'content' in node;
const ROW_HOLDERS = new Set(['table', 'grid', 'treegrid', 'list']);

function formOf(node: Element, { base, forms, insecure }: Draft): Form {
  const action = attribute(node, 'action') ?? '';
  note(insecure, action, base, 'form action', 'form');
  const form = {
    action: resolveUrl(action, base) ?? base,
    method: (attribute(node, 'method') ?? 'get').toUpperCase().slice(0, 10),
    fields: [],
  };
  forms.push(form);
  return form;
}

function readNode(place: Place, draft: Draft): void {
  const { node } = place;
  if (tree.isCommentNode(node)) draft.comments.push(node.data);
  else if (tree.isTextNode(node)) {
    if (!place.hidden && /\S/.test(node.value)) (place.foot ? draft.footText : draft.text).push(node.value);
  } else if (tree.isElementNode(node)) {
    readAttributes(node, draft);
    countRow(place, node, draft);
    READERS[node.tagName]?.(node, draft, place);
  }
}

type Reader = (node: Element, draft: Draft, place: Place) => void;

const readLink: Reader = (node, draft) => {
  const href = attribute(node, 'href');
  if (href === undefined) return;
  if (/^\s{0,20}mailto:/i.test(href))
    draft.mailto.add(href.trim().slice('mailto:'.length).split('?', 1)[0]?.toLowerCase() ?? '');
  const url = resolveUrl(href, draft.base);
  if (url === undefined || !url.startsWith('http')) return;
  if (isPageLink(url)) draft.links.add(url);
  note(draft.insecure, href, draft.base, `${node.tagName} href`, 'link');
};
const readField: Reader = (node, draft, { form }) => {
  const type = attribute(node, 'type')?.toLowerCase();
  if (node.tagName === 'input' && type === 'password') draft.out.hasPasswordField = true;
  const name = attribute(node, 'name');
  if (form !== undefined && name !== undefined && name !== '' && form.fields.length < 100)
    form.fields.push(name.slice(0, 100));
  note(draft.insecure, attribute(node, 'formaction'), draft.base, `${node.tagName} formaction`, 'form');
  if (type === 'image') note(draft.insecure, attribute(node, 'src'), draft.base, 'input src', 'passive');
};
const readFrame: Reader = (node, draft) => {
  const url = resolveUrl(attribute(node, 'src') ?? '', draft.base);
  if (url !== undefined && attribute(node, 'src') !== '') draft.frames.add(url);
  note(draft.insecure, attribute(node, 'src'), draft.base, `${node.tagName} src`, 'active');
};
/** What a single attribute asks for. Source: W3C Mixed Content Level 2, section 3. */
const asks =
  (name: string, use: Reference['use']): Reader =>
  (node, { insecure, base }) =>
    note(insecure, attribute(node, name), base, `${node.tagName} ${name}`, use);

const READERS: Readonly<Record<string, Reader>> = {
  a: readLink,
  area: readLink,
  input: readField,
  select: readField,
  textarea: readField,
  button: readField,
  iframe: readFrame,
  frame: readFrame,
  embed: asks('src', 'active'),
  object: asks('data', 'active'),
  track: asks('src', 'active'),
  img: asks('src', 'passive'),
  image: asks('href', 'passive'),
  use: asks('href', 'active'),
  audio: asks('src', 'passive'),
  source: asks('src', 'passive'),
  video: (node, draft, place) => {
    asks('src', 'passive')(node, draft, place);
    asks('poster', 'passive')(node, draft, place);
  },
  title: (node, { out }) => {
    if (out.title === '') out.title = joined([ownText(node)]).slice(0, 300);
  },
  script: (node, draft) => {
    const type = (attribute(node, 'type') ?? '').trim().toLowerCase();
    const runs = type === '' || type === 'module' || isScriptType(type);
    const src = attribute(node, 'src');
    const text = ownText(node);
    if (type === 'importmap') addImportMap(text, draft);
    if (text !== '') draft.inline.push({ form: runs ? 'script' : 'data', text });
    if (!runs || src === undefined) return;
    addFile(draft.scripts, src, node, draft.base);
    note(draft.insecure, src, draft.base, 'script src', 'active');
  },
  style: (node, draft) => addStyle(ownText(node), draft),
  meta: (node, draft) => readMeta(node, draft),
  link: (node, draft) => readRelation(node, draft),
  base: (node, { insecure, base }) => note(insecure, attribute(node, 'href'), base, 'base href', 'active'),
};

function readMeta(node: Element, { out, meta, metaCsp, insecure, base }: Draft): void {
  const content = attribute(node, 'content') ?? '';
  const name = (attribute(node, 'name') ?? attribute(node, 'property') ?? '').toLowerCase();
  if (name !== '' && !meta.has(name) && meta.size < LIST_MAX) meta.set(name.slice(0, 100), content.slice(0, 500));
  if (name === 'generator' && out.generator === null) out.generator = content.slice(0, 200);
  const equivalent = attribute(node, 'http-equiv')?.toLowerCase();
  if (equivalent === 'content-security-policy') metaCsp.push(content.slice(0, 8192));
  if (equivalent !== 'refresh') return;
  // WHATWG HTML, section 4.2.5.3: seconds, then an address with or without `url=` and quotes.
  const target =
    /^[\t\n\r ]{0,20}[\d.]{1,20}[\t\n\r ]{0,20}[;,]?[\t\n\r ]{0,20}(?:url[\t ]{0,20}=[\t ]{0,20})?["']?([^"']{1,4096})/i.exec(
      content,
    )?.[1];
  if (target === undefined) return;
  out.refresh ??= resolveUrl(target, base) ?? null;
  note(insecure, target, base, 'meta refresh', 'link');
}

const PRELOADS = new Set(['preload', 'modulepreload', 'prefetch', 'manifest']);

function readRelation(node: Element, draft: Draft): void {
  const href = attribute(node, 'href');
  const relations = (attribute(node, 'rel') ?? '').toLowerCase().split(/\s+/);
  if (href === undefined || href === '') return;
  const url = resolveUrl(href, draft.base);
  const is = (relation: string) => relations.includes(relation);
  if (is('canonical')) draft.out.canonical ??= url ?? null;
  if (is('stylesheet')) addFile(draft.styles, href, node, draft.base);
  if (url !== undefined && relations.some((relation) => PRELOADS.has(relation))) draft.preloads.add(url);
  const use =
    is('stylesheet') || relations.some((relation) => PRELOADS.has(relation))
      ? 'active'
      : is('icon')
        ? 'passive'
        : 'link';
  // Hints to connect fetch nothing, and a namespace-like profile link is no reference at all.
  if (!is('preconnect') && !is('dns-prefetch') && !is('profile') && !is('pingback'))
    note(draft.insecure, href, draft.base, `link rel=${relations[0]?.slice(0, 30)}`, use);
}

/** Attributes that any element may have. */
function readAttributes(node: Element, draft: Draft): void {
  for (const { name, value } of node.attrs) {
    if (name === 'style') addStyle(value, draft, 'style attribute');
    else if (name === 'srcset' || name === 'imagesrcset')
      for (const reference of srcset(value))
        note(draft.insecure, reference, draft.base, `${node.tagName} ${name}`, 'passive');
    else if (name === 'background') note(draft.insecure, value, draft.base, `${node.tagName} background`, 'passive');
    else if (/^on[a-z]{3,30}$/.test(name) && value !== '') draft.inline.push({ form: 'script', text: value });
    else if (name.startsWith('data-') && value.length >= 16) draft.inline.push({ form: 'data', text: value });
  }
}

function addStyle(text: string, draft: Draft, at = 'style'): void {
  if (text === '') return;
  if (at === 'style') draft.inline.push({ form: 'style', text });
  for (const { text: reference, by } of parseStyle(text).references)
    note(draft.insecure, reference, draft.base, `${at}, ${by}`, by === 'css @import' ? 'active' : 'passive');
}

function addFile(found: Map<string, boolean>, reference: string, node: Element, base: string): void {
  const url = resolveUrl(reference, base);
  if (url === undefined || reference === '') return;
  const integrity = /\bsha(?:256|384|512)-/.test(attribute(node, 'integrity') ?? '');
  // Asked for twice, it is only as well guarded as at the weaker place.
  found.set(url, (found.get(url) ?? true) && integrity);
}

/** Import maps: WHATWG HTML, section 8.1.6.2. */
function addImportMap(text: string, { preloads, base }: Draft): void {
  const map = parseJson(text);
  const imports = typeof map === 'object' && map !== null && 'imports' in map ? map.imports : undefined;
  if (typeof imports !== 'object' || imports === null) return;
  for (const target of Object.values(imports)) {
    const url = typeof target === 'string' && !target.endsWith('/') ? resolveUrl(target, base) : undefined;
    if (url !== undefined) preloads.add(url);
  }
}

/** The addresses of a srcset. Source: WHATWG HTML, section 4.8.4.2.4. */
function srcset(value: string): string[] {
  const found: string[] = [];
  for (let at = 0; at < value.length && found.length < 50; ) {
    const start = value.slice(at, at + 8192).search(/[^\s,]/);
    if (start < 0) break;
    const text = /^\S{1,8192}/.exec(value.slice(at + start, at + start + 8192))?.[0] ?? '';
    found.push(text.replace(/,{1,10}$/, ''));
    at += start + text.length;
    if (text.endsWith(',')) continue;
    const comma = value.indexOf(',', at);
    at = comma < 0 ? value.length : comma + 1;
  }
  return found;
}

function countRow({ table, menu, hidden }: Place, node: Element, { rows }: Draft): void {
  if (hidden) return;
  const parent = node.parentNode;
  const tags = node.childNodes.filter((child) => tree.isElementNode(child));
  const add = (holder: Element, kind: string) => {
    const kinds = rows.get(holder) ?? new Map<string, number>();
    kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
    rows.set(holder, kinds);
  };
  if (node.tagName === 'tr' || attribute(node, 'role') === 'row') {
    const cells = tags.filter((cell) => cell.tagName === 'td' || /^(?:grid)?cell$/.test(attribute(cell, 'role') ?? ''));
    if (table !== undefined && cells.length >= 2) add(table, 'row');
  } else if (node.tagName === 'li' && !menu && parent !== null && tree.isElementNode(parent) && tags.length >= 2) {
    add(
      parent,
      tags
        .map(({ tagName }) => tagName)
        .join(' ')
        .slice(0, 200),
    );
  }
}

function note(into: Reference[], reference: string | undefined, base: string, by: string, use: Reference['use']): void {
  // Nearly every reference is settled by one look: only a plain scheme or a plain base can make it insecure.
  if (reference === undefined || into.length >= INSECURE_MAX) return;
  if (!/^\s{0,20}(?:http|ws):/i.test(reference) && by !== 'base href') return;
  const url = insecureUrl(reference, base);
  if (url !== undefined) into.push({ url, by, use });
}

function ownText(node: Element): string {
  return node.childNodes.map((child) => (tree.isTextNode(child) ? child.value : '')).join('');
}

function attribute(node: Element, name: string): string | undefined {
  return node.attrs.find((one) => one.name === name)?.value;
}

/** Whether an inline data block is JSON by its own look; servers' type attributes vary. */
export function inlineJson({ form, text }: InlineText): unknown {
  return form === 'data' && /^\s{0,100}[[{]/.test(text) ? parseJson(text) : undefined;
}

/** Files are no pages, whoever links to them. */
function isPageLink(url: string): boolean {
  const path = parseUrl(url)?.path ?? '';
  return !/\.(?:avif|bmp|css|csv|docx?|gif|gz|ico|jpe?g|js|json|map|mjs|mp3|mp4|odt|pdf|png|pptx?|rss|svg|tar|ttf|txt|wasm|webm|webp|woff2?|xlsx?|xml|zip)$/i.test(
    path,
  );
}
