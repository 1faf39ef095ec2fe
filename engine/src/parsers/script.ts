import type { ObservationOf } from '../model/observation.ts';
import { chunkFiles } from './chunk-map.ts';
import { insecureUrl, parseUrl, resolveUrl } from './url.ts';

type Reference = ObservationOf<'asset'>['insecure'][number];

/** Where a script comes from, and the page that runs it: files are relative to the one, calls to the other. */
export interface ScriptPlace {
  readonly url: string;
  readonly page: string;
}

/** What can be read off a script without running it. Addresses are absolute. */
export interface ParsedScript {
  /** Further files it loads: imports, workers, preload lists, chunk maps, build manifests. */
  readonly loads: readonly string[];
  /** Calls to an API whose address stands there in full. */
  readonly calls: readonly string[];
  readonly insecure: readonly Reference[];
  /** What it names as its source map, as it stands: a reference, or a whole `data:` address. */
  readonly sourceMap: string | null;
  /** Pages of the site that a build manifest lists, as patterns: `/records/[id]`. */
  readonly pages: readonly string[];
}

const LOADS_MAX = 5000;
const CALLS_MAX = 1000;
const INSECURE_MAX = 200;
const PAGES_MAX = 2000;
/** Characters before and after a text that decide what it is for. */
const BEFORE = 160;
const AFTER = 60;

const FETCHERS = 'fetch|\\$fetch|ofetch|useFetch|useSWR|useSWRImmutable|ky|got|axios|Request|EventSource|sendBeacon';
const VERBS = 'get|post|put|patch|delete|head|request|fetch|ajax|getJSON|sendBeacon';
const FETCHES = new RegExp(
  `(?:^|[^\\w$.]|\\b(?:window|self|globalThis|navigator)\\.)(?:new\\s{1,5})?(?:${FETCHERS})\\s{0,5}\\($`,
);
const METHOD = new RegExp(`[\\w$)\\]]\\.(?:${VERBS})\\)?\\s{0,5}\\($`);
const OPENS = /\.open\s{0,5}\(\s{0,5}["'`][A-Za-z]{3,7}["'`]\s{0,5},$/;
const URL_KEY = /[{,]\s{0,20}["']?(?:url|baseURL|baseUrl|endpoint|uri)["']?\s{0,5}:$/;
const BASE_KEY = /[{,.]\s{0,20}["']?(?:baseURL|baseUrl|prefixUrl)["']?\s{0,5}[:=]$/;
/** jQuery takes addresses relative to the page, without a slash. */
const AJAX = /\.ajax\s{0,5}\(\s{0,5}\{(?:(?!\}\)).){0,140}$/s;
const RELATIVE_ROUTE = /^[a-z][\w-]{0,40}(?:\/[\w-]{1,40}){0,5}$/i;
const IMPORTS = /(?:\bfrom|(?:^|[^\w$.])import|(?:^|[^\w$.])import\s{0,5}\()$/;
const WORKS =
  /(?:\b(?:importScripts|Worker|SharedWorker)\s{0,5}\((?:\s{0,5}["'][^"']{0,100}["']\s{0,5},){0,5}|\bserviceWorker\.register\s{0,5}\()$/;
const NEW_URL = /\bURL\s{0,5}\($/;
const SOCKET = /\bWebSocket\s{0,5}\($/;
const LEADS = /\.(src|href|action)\s{0,5}=$/;
const NAMED = /(?:^|[^\w$.])([A-Za-z_$][\w$]{0,60})\s{0,5}=$/;
const NAME_PLUS = /(?:^|[^\w$.])([A-Za-z_$][\w$]{0,60})\s{0,5}\+$/;
const PUBLIC_PATH = /\b[\w$]{1,60}\.p\s{0,5}=$/;
const USED_NAME =
  /\b(fetch|axios|EventSource|WebSocket|importScripts|Worker)\s{0,5}\(\s{0,5}([A-Za-z_$][\w$]{0,60})\s{0,5}[,)+]/g;

/** A file of a build, by its place: these folders hold nothing that is a page. */
const BUILT =
  /^(?:\.{0,2}\/|https?:\/\/[^/\s]{1,253}\/)?(?:[\w@.~-]{1,100}\/){0,6}?(?:static|assets|_next|_nuxt|_app|_astro|chunks|build|js|css|dist|packs|bundles)\/[\w@.~%+\-()[\]/,$]{1,300}\.(?:m?js|css)(?:\?[\w=&.%-]{0,100})?$/;
const FILE = /^(?:\.{0,2}\/|https?:\/\/)?[\w@.~%+\-()[\]/,$:]{1,400}\.(?:m?js|css|wasm)(?:\?[\w=&.%-]{0,100})?$/;
const API = /^\/(?:-|api|rest|graphql|gql|trpc|rpc|_api|odata|v\d{1,2})(?:[/?]|$)/;
const CALL = /^(?:https?:\/\/[^/\s"'<>{}]{1,253})?\/[\w\-./~%@+,=;!]{0,500}(?:\?[\w\-./~%@+,=;:&[\]!$]{0,500})?$/;
const ASSET =
  /\.(?:avif|css|gif|ico|jpe?g|js|map|mjs|mp3|mp4|png|svg|ttf|txt|wasm|webmanifest|webm|webp|woff2?)(?:\?|$)/i;

interface Draft {
  readonly text: string;
  readonly place: ScriptPlace;
  readonly files: Set<string>;
  readonly loads: Set<string>;
  readonly calls: Set<string>;
  /** Paths called by a method of a client whose base is set elsewhere. */
  readonly underBase: Set<string>;
  readonly bases: Set<string>;
  readonly insecure: Map<string, Reference>;
  readonly constants: Map<string, string>;
  readonly pages: Set<string>;
  readonly usedNames: ReadonlyMap<string, string>;
  readonly preloadRanges: readonly Range[];
  readonly pageRanges: readonly Range[];
  publicPath: string | null;
}
type Range = readonly [start: number, end: number];

/**
 * Reads a script's text: which files it loads, what it calls, what it fetches in plain text. Nothing is run.
 * A namespace, a link in a comment or a schema address is not a reference: only what stands where an address is used counts.
 * Sources: ECMA-262, section 12 (lexical grammar); vite, preload helper (`__vite__mapDeps`); webpack, runtime templates;
 * next.js, build manifest plugin.
 */
export function parseScript(text: string, place: ScriptPlace): ParsedScript {
  const draft: Draft = {
    text,
    place,
    files: new Set(),
    loads: new Set(),
    calls: new Set(),
    underBase: new Set(),
    bases: new Set(),
    insecure: new Map(),
    constants: new Map(),
    pages: new Set(),
    usedNames: usedNames(text),
    preloadRanges: rangesAfter(text, '__vite__mapDeps=', '[', ']'),
    pageRanges: [...rangesAfter(text, 'sortedPages:', '[', ']'), ...rangesAfter(text, '__SSG_MANIFEST=', '[', ']')],
    publicPath: null,
  };
  eachText(text, (found) => readText(found, draft));
  for (const at of chunkMaps(text)) for (const file of chunkFiles(text, at)) draft.files.add(file);
  const loads = [...draft.loads, ...[...draft.files].flatMap((file) => builtFile(file, draft) ?? [])];
  const [base, ...others] = draft.bases;
  const under = [...draft.underBase].flatMap((path) => {
    // With one base in the file it is clear whose path this is; with none, the path stands for itself.
    if (base === undefined) return resolveUrl(path, place.page) ?? [];
    return others.length === 0 && !path.startsWith(base) ? (resolveUrl(joinPaths(base, path), place.page) ?? []) : [];
  });
  return {
    loads: [...new Set(loads)].slice(0, LOADS_MAX),
    calls: [...new Set([...draft.calls, ...under])].slice(0, CALLS_MAX),
    insecure: [...draft.insecure.values()].slice(0, INSECURE_MAX),
    sourceMap: namedSourceMap(text),
    pages: [...draft.pages].slice(0, PAGES_MAX),
  };
}

/** File paths that a manifest (Vite, webpack, Next, CRA, workbox) names. It is JSON; texts that are no script or style are left out. */
export function manifestFiles(texts: readonly string[], place: ScriptPlace): string[] {
  const files = texts.filter((text) => text.length <= 500 && FILE.test(text));
  return [...new Set(files.flatMap((file) => builtFile(file, { place, publicPath: null }) ?? []))].slice(0, LOADS_MAX);
}

interface FoundText {
  /** Unescaped. */
  readonly value: string;
  readonly start: number;
  readonly end: number;
  /** The name in `${name}/rest`; undefined for a plain text. */
  readonly base: string | undefined;
}

function readText({ value, start, end, base }: FoundText, draft: Draft): void {
  const { place, loads, files } = draft;
  if (base === undefined && isAjaxRoute(value, start, end, draft)) add(draft.calls, resolveUrl(value, place.page));
  if (within(draft.pageRanges, start) && value.startsWith('/')) draft.pages.add(value.slice(0, 300));
  if (value.length > 2000 || !/[/.]/.test(value)) return;
  const before = draft.text.slice(Math.max(0, start - BEFORE), start).replace(TRAILING_BLANK, '');
  const after = draft.text.slice(end, end + AFTER).replace(/^\s{1,60}/, '');

  const name = NAMED.exec(before)?.[1];
  if (name !== undefined && base === undefined && isBase(value)) noteConstant(name, value, draft);
  if (PUBLIC_PATH.test(before) && base === undefined) draft.publicPath = value;
  if (BASE_KEY.test(before) && base === undefined && isBase(value)) draft.bases.add(value);

  if (IMPORTS.test(before)) {
    if (base === undefined && /^(?:\.{0,2}\/|https?:)/.test(value)) add(loads, resolveUrl(value, place.url));
    noteInsecure(value, 'import', 'active', draft);
    return;
  }
  if (
    WORKS.test(before) ||
    (NEW_URL.test(before) &&
      /^,\s{0,5}(?:import\.meta\.url|self\.location|location\.href|document\.baseURI)/.test(after))
  ) {
    if (base === undefined) {
      const isModule = NEW_URL.test(before) && /^,\s{0,5}import\.meta/.test(after);
      if (FILE.test(value)) add(loads, resolveUrl(value, isModule ? place.url : place.page));
      noteInsecure(value, 'worker', 'active', draft);
    }
    return;
  }
  if (base === undefined && (within(draft.preloadRanges, start) || BUILT.test(value)) && FILE.test(value)) {
    files.add(value);
    return;
  }
  if (base === undefined && URL_KEY.test(before) && /^["']?,\s{0,5}["']?revision/.test(after) && FILE.test(value))
    files.add(value);
  readCall(value, base, before, after, draft);
}

/** Asked before anything else is: such a route has neither slash nor dot. */
function isAjaxRoute(value: string, start: number, end: number, { text }: Draft): boolean {
  if (!RELATIVE_ROUTE.test(value)) return false;
  const before = text.slice(Math.max(0, start - BEFORE), start).replace(TRAILING_BLANK, '');
  return URL_KEY.test(before) && AJAX.test(before) && !/^\s{0,5}(?:\+|\.concat\b)/.test(text.slice(end, end + AFTER));
}

/** `/api/records` as a constant is a route; `/api`, `/api/v1` and `/api/records/` are what routes are put together from. */
const namesRoute = (path: string) => {
  const words = pathOf(path).split('/').slice(1);
  return words.length >= 2 && words.at(-1) !== '' && !/^v\d{1,2}$/.test(words.at(-1) ?? '');
};

function readCall(value: string, base: string | undefined, before: string, after: string, draft: Draft): void {
  const plus = base === undefined ? NAME_PLUS.exec(before)?.[1] : base;
  const known = plus === undefined ? undefined : draft.constants.get(plus);
  const joined = base === undefined && before.endsWith('+');
  const place =
    joined && plus !== undefined ? before.slice(0, before.lastIndexOf(plus)).replace(TRAILING_BLANK, '') : before;
  const by = callBy(place);
  const whole = known === undefined ? value : joinPaths(known, value);
  if (by !== undefined && plus === undefined) noteInsecure(value, by.name, by.use, draft);
  const lead = LEADS.exec(before)?.[1];
  if (lead !== undefined)
    noteInsecure(value, `.${lead} =`, lead === 'src' ? 'active' : lead === 'action' ? 'form' : 'link', draft);

  // What is added behind makes the rest of the path unknown; a query may be left off.
  const cut = /^(?:\+|\.concat\b)/.test(after);
  const path = whole.includes('?') ? whole.slice(0, whole.indexOf('?')) : whole;
  if (cut && path === whole) return;
  if (!CALL.test(path) || path.startsWith('//') || ASSET.test(path) || path === '/') return;
  const isApi = API.test(value) || (known !== undefined && API.test(pathOf(whole)));
  if (isApi && (known !== undefined || by !== undefined || !joined || API.test(value))) {
    // A base constant alone is no call.
    if (NAMED.test(place) && known === undefined && plus === undefined && !namesRoute(path)) return;
    if (BASE_KEY.test(place) || PUBLIC_PATH.test(place)) return;
    if (by?.method === true && known === undefined) draft.underBase.add(path);
    else add(draft.calls, resolveUrl(path, draft.place.page));
    return;
  }
  if (by === undefined || by.name === 'WebSocket' || BASE_KEY.test(place)) return;
  if (plus !== undefined && known === undefined) return;
  if (by.method && known === undefined && path.startsWith('/')) draft.underBase.add(path);
  else add(draft.calls, resolveUrl(path, draft.place.page));
}

function callBy(before: string): { name: string; use: Reference['use']; method: boolean } | undefined {
  if (SOCKET.test(before)) return { name: 'WebSocket', use: 'socket', method: false };
  if (FETCHES.test(before)) return { name: 'fetch', use: 'active', method: false };
  if (METHOD.test(before)) return { name: 'fetch', use: 'active', method: true };
  if (OPENS.test(before)) return { name: 'XMLHttpRequest.open', use: 'active', method: false };
  if (URL_KEY.test(before)) return { name: 'fetch', use: 'active', method: false };
  return undefined;
}

function noteConstant(name: string, value: string, draft: Draft): void {
  draft.constants.set(name, value);
  const by = draft.usedNames.get(name);
  if (by !== undefined) noteInsecure(value, by, by === 'WebSocket' ? 'socket' : 'active', draft);
}

function noteInsecure(value: string, by: string, use: Reference['use'], { insecure, place }: Draft): void {
  if (!/^(?:http|ws):\/\/./i.test(value) || insecure.size >= INSECURE_MAX) return;
  const url = insecureUrl(value, place.page);
  if (url !== undefined && !insecure.has(`${by} ${url}`)) insecure.set(`${by} ${url}`, { url, by, use });
}

const TRAILING_BLANK = /(?:\s{1,40}|\/\*[^*]{0,120}\*\/){1,6}$/;
const isBase = (value: string) => /^(?:\/[\w\-./]{0,200}|(?:https?|wss?):\/\/[^\s"'<>{}]{1,300})$/.test(value);
const joinPaths = (base: string, path: string) =>
  path === ''
    ? base
    : `${base.replace(/\/{1,5}$/, '')}${path.startsWith('/') || path.startsWith('?') ? '' : '/'}${path}`;
const pathOf = (url: string) => (url.startsWith('/') ? url : (parseUrl(url)?.path ?? ''));
const add = (into: Set<string>, url: string | undefined) => {
  if (url !== undefined && into.size < LOADS_MAX) into.add(url);
};
const within = (ranges: readonly Range[], at: number) => ranges.some(([start, end]) => at > start && at < end);

/** Names that a call takes its address from: `fetch(a)`. */
function usedNames(text: string): Map<string, string> {
  const names = new Map<string, string>();
  USED_NAME.lastIndex = 0;
  for (let match = USED_NAME.exec(text); match !== null && names.size < 2000; match = USED_NAME.exec(text))
    names.set(match[2] ?? '', match[1] ?? '');
  return names;
}

function rangesAfter(text: string, marker: string, open: string, close: string): Range[] {
  const ranges: Range[] = [];
  for (let at = text.indexOf(marker); at >= 0 && ranges.length < 20; at = text.indexOf(marker, at + marker.length)) {
    const start = text.indexOf(open, at);
    const end = start < 0 ? -1 : text.indexOf(close, start);
    if (end >= 0) ranges.push([start, end]);
  }
  return ranges;
}

/** Where chunk-naming functions begin: `r.u=`, `r.miniCssF=`, and the `src` of webpack 4's loader. */
function chunkMaps(text: string): number[] {
  const found: number[] = [];
  const pattern =
    /(?:\b[\w$]{1,40}\.(?:u|miniCssF|k)\s{0,5}=)(?=\s{0,20}(?:function|\(?[\w$]{1,60}\)?\s{0,20}=>))|(?=function\s{1,5}[\w$]{1,40}\([\w$]{1,40}\)\s{0,5}\{\s{0,5}return\s{1,5}[\w$]{1,40}\.p\s{0,5}\+)/g;
  for (let match = pattern.exec(text); match !== null && found.length < 20; match = pattern.exec(text)) {
    found.push(match.index + match[0].length);
    if (match[0] === '') pattern.lastIndex++;
  }
  return found;
}

/** A built file's address. Bundlers write it from the root of their output, which the script's own address shows. */
function builtFile(file: string, { place, publicPath }: Pick<Draft, 'place' | 'publicPath'>): string | undefined {
  if (/^(?:\.{0,2}\/|https?:)/.test(file)) return resolveUrl(file, place.url);
  const own = parseUrl(place.url);
  const [first = ''] = file.split('/', 1);
  const at = own === undefined ? -1 : `${own.path}`.indexOf(`/${first}/`);
  if (own !== undefined && at >= 0) return resolveUrl(`${own.path.slice(0, at)}/${file}`, place.url);
  const next = own?.path.indexOf('/_next/') ?? -1;
  if (own !== undefined && next >= 0) return resolveUrl(`${own.path.slice(0, next)}/_next/${file}`, place.url);
  // A bare name lies beside the script that names it; only a public path says otherwise.
  if (publicPath === null && !file.includes('/')) return resolveUrl(`./${file}`, place.url);
  return resolveUrl(
    `${publicPath === null || publicPath === '' ? '/' : publicPath.replace(/\/?$/, '/')}${file}`,
    place.url,
  );
}

/** The last such comment counts, and nothing but white space may follow its line. Source: ECMA-426, section 11.1.2. */
function namedSourceMap(text: string): string | null {
  const at = text.lastIndexOf('sourceMappingURL=');
  if (at < 0 || !/(?:\/\/|\/\*)[#@][\t ]{0,8}$/.test(text.slice(Math.max(0, at - 12), at))) return null;
  const start = at + 'sourceMappingURL='.length;
  const length = text.slice(start).search(/[\s*'"`]|$/);
  return length === 0 ? null : text.slice(start, start + length);
}

const QUOTE = 34;
const APOSTROPHE = 39;
const BACKTICK = 96;
const SLASH = 47;
const STAR = 42;
const BACKSLASH = 92;
const NEWLINE = 10;
const BRACE_OPEN = 123;
const BRACE_CLOSE = 125;
const DOLLAR = 36;

const TEMPLATE = /`(?:\$\{([A-Za-z_$][\w$]{0,60})\})?([^`\\$]{0,2000})`/y;
const REGEXP = /\/(?:[^\\/[\n]|\\.|\[(?:[^\]\\\n]|\\.){0,400}\]){1,600}\/[dgimsuvy]{0,8}/y;
const REGEXP_USE = /^\.(?:test|exec|source|flags|lastIndex|global)\b/;
const KEYWORD = /(?:^|[^\w$.])(?:return|typeof|case|in|of|delete|void|throw|new|else|do|await|yield)$/;

/** Every text that stands whole in a script, in order; comments, regular expressions and templates with more than a leading name are passed over. */
function eachText(text: string, visit: (found: FoundText) => void): void {
  /** How many braces are open in each `${` we are inside of. */
  const templates: number[] = [];
  let previous = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code <= 32) continue;
    if (code === QUOTE || code === APOSTROPHE) {
      const end = closing(text, at, code);
      if (end > at) {
        visit({ value: unescapeText(text.slice(at + 1, end)), start: at, end: end + 1, base: undefined });
        at = end;
      }
    } else if (code === BACKTICK) {
      TEMPLATE.lastIndex = at;
      const match = TEMPLATE.exec(text);
      if (match === null) at = templateEnd(text, at + 1, templates);
      else {
        visit({ value: match[2] ?? '', start: at, end: TEMPLATE.lastIndex, base: match[1] });
        at = TEMPLATE.lastIndex - 1;
      }
    } else if (code === SLASH) {
      const next = text.charCodeAt(at + 1);
      if (next === SLASH) at = orEnd(text.indexOf('\n', at), text);
      else if (next === STAR) at = orEnd(text.indexOf('*/', at + 2), text) + 1;
      else at = regexpEnd(text, at, previous) ?? at;
      if (next === SLASH || next === STAR) continue;
    } else if (templates.length > 0) {
      const open = templates.length - 1;
      if (code === BRACE_OPEN) templates[open] = (templates[open] ?? 0) + 1;
      if (code === BRACE_CLOSE) {
        const braces = (templates[open] ?? 0) - 1;
        templates[open] = braces;
        if (braces < 0) {
          templates.pop();
          at = templateEnd(text, at + 1, templates);
        }
      }
    }
    previous = code;
  }
}

const orEnd = (at: number, text: string) => (at < 0 ? text.length : at);

/** Index of the closing quote, or -1: a text does not run over the end of its line. */
function closing(text: string, start: number, quote: number): number {
  for (let at = start + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === quote) return at;
    if (code === BACKSLASH) at++;
    else if (code === NEWLINE) return -1;
  }
  return -1;
}

/** Index of the template's end, or of the `{` behind a `$`, which is then open. */
function templateEnd(text: string, start: number, templates: number[]): number {
  for (let at = start; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === BACKTICK) return at;
    if (code === BACKSLASH) at++;
    else if (code === DOLLAR && text.charCodeAt(at + 1) === BRACE_OPEN) {
      templates.push(0);
      return at + 1;
    }
  }
  return text.length;
}

/** Index of a regular expression's last character when one begins here; undefined for a division. */
function regexpEnd(text: string, at: number, previous: number): number | undefined {
  const char = String.fromCharCode(previous);
  const wordBefore = /[\w$]/.test(char) && !KEYWORD.test(text.slice(Math.max(0, at - 12), at).trimEnd());
  if (wordBefore || char === ']' || char === '"' || char === "'" || char === '`') return undefined;
  REGEXP.lastIndex = at;
  if (!REGEXP.test(text)) return undefined;
  const end = REGEXP.lastIndex;
  // Behind `)` and `}` both may stand; only what is used like a regular expression is one.
  if ((char === ')' || char === '}') && !REGEXP_USE.test(text.slice(end, end + 12))) return undefined;
  return end - 1;
}

const ESCAPE = /\\(?:u\{([0-9a-f]{1,6})\}|u([0-9a-f]{4})|x([0-9a-f]{2})|(\r\n|[^ux]))/gi;
const PLAIN: Readonly<Record<string, string>> = {
  n: '\n',
  r: '\r',
  t: '\t',
  b: '\b',
  f: '\f',
  v: '\v',
  '0': '\0',
  '\n': '',
  '\r\n': '',
};

function unescapeText(text: string): string {
  if (!text.includes('\\')) return text;
  return text.replace(ESCAPE, (_, braced?: string, four?: string, two?: string, char?: string) => {
    const hex = braced ?? four ?? two;
    if (hex === undefined) return PLAIN[char ?? ''] ?? char ?? '';
    const code = Number.parseInt(hex, 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : '\ufffd';
  });
}
