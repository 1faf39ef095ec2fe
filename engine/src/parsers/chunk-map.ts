/** Longest expression we read, in characters. The largest real maps hold some thousand chunks. */
const EXPRESSION_CHARACTERS_MAX = 400_000;
const CHUNKS_MAX = 5000;
const NESTING_MAX = 40;
const ARMS_MAX = 5000;

/** `a + b`, `map[id]`, `map[id] || id`, `id === 7 ? a : b`: all that bundlers write to name a chunk's file. */
type Term =
  | { readonly is: 'text'; readonly text: string }
  | { readonly is: 'id' }
  | { readonly is: 'map'; readonly map: ReadonlyMap<string, string> }
  | { readonly is: 'sum'; readonly terms: readonly Term[] }
  | { readonly is: 'either'; readonly terms: readonly Term[] }
  | { readonly is: 'choice'; readonly arms: ReadonlyMap<string, Term>; readonly rest: Term };

interface Reader {
  readonly text: string;
  readonly end: number;
  at: number;
  depth: number;
  readonly ids: Set<string>;
}

const HEAD =
  /\s{0,20}(?:function\s{0,5}[\w$]{0,60}\(([\w$]{1,60})\)\s{0,20}\{\s{0,20}return\b|\(?([\w$]{1,60})\)?\s{0,20}=>\s{0,20}(?:\{\s{0,20}return\b)?)/y;

/**
 * The files that a bundler's chunk-naming function can name: webpack's `__webpack_require__.u = id => …`, read and not run.
 * `at` is where the function begins. Source: webpack, lib/runtime/GetChunkFilenameRuntimeModule.js.
 */
export function chunkFiles(text: string, at: number): string[] {
  HEAD.lastIndex = at;
  const head = HEAD.exec(text);
  const parameter = head?.[1] ?? head?.[2];
  if (parameter === undefined) return [];
  const reader: Reader = {
    text,
    at: HEAD.lastIndex,
    end: Math.min(text.length, at + EXPRESSION_CHARACTERS_MAX),
    depth: 0,
    ids: new Set(),
  };
  const term = readChoice(reader, parameter);
  if (term === undefined) return [];
  const files = [...reader.ids].slice(0, CHUNKS_MAX).flatMap((id) => fileOf(term, id) ?? []);
  return [...new Set(files)].filter((file) => file.includes('.') && file.length <= 500);
}

function fileOf(term: Term, id: string): string | undefined {
  switch (term.is) {
    case 'text':
      return term.text;
    case 'id':
      return id;
    case 'map':
      return term.map.get(id);
    case 'either':
      return term.terms.map((one) => fileOf(one, id)).find((value) => value !== undefined);
    case 'choice':
      return fileOf(term.arms.get(id) ?? term.rest, id);
    case 'sum': {
      const values = term.terms.map((one) => fileOf(one, id));
      return values.includes(undefined) ? undefined : values.join('');
    }
  }
}

const COMPARED =
  /\s{0,20}(?:([\w$]{1,60})\s{0,5}={2,3}\s{0,5}([\w$]{1,60}|"[^"\n]{1,100}")|"([^"\n]{1,100})"\s{0,5}={2,3}\s{0,5}([\w$]{1,60}))\s{0,20}\?/y;

function readChoice(reader: Reader, parameter: string): Term | undefined {
  const arms = new Map<string, Term>();
  while (arms.size < ARMS_MAX) {
    const match = take(reader, COMPARED);
    if (match === undefined) break;
    const sides = [match[1], match[2], match[3], match[4]].filter((side) => side !== undefined);
    const id = sides.find((side) => side !== parameter)?.replaceAll('"', '');
    const arm = readSum(reader, parameter);
    if (id === undefined || arm === undefined || take(reader, /\s{0,20}:/y) === undefined) return undefined;
    reader.ids.add(id);
    arms.set(id, arm);
  }
  const rest = readSum(reader, parameter);
  if (arms.size === 0 || rest === undefined) return rest;
  return { is: 'choice', arms, rest };
}

function readSum(reader: Reader, parameter: string): Term | undefined {
  const terms: Term[] = [];
  do {
    const term = readEither(reader, parameter);
    if (term === undefined) return undefined;
    terms.push(term);
  } while (take(reader, /\s{0,20}\+/y) !== undefined);
  const [only] = terms;
  return only !== undefined && terms.length === 1 ? only : { is: 'sum', terms };
}

function readEither(reader: Reader, parameter: string): Term | undefined {
  const terms: Term[] = [];
  do {
    const term = readTerm(reader, parameter);
    if (term === undefined) return undefined;
    terms.push(term);
  } while (take(reader, /\s{0,20}(?:\|\||\?\?)/y) !== undefined);
  return { is: 'either', terms };
}

const TEXT = /\s{0,20}(?:"([^"\\\n]{0,500})"|'([^'\\\n]{0,500})'|`([^`\\$]{0,500})`)/y;

function readTerm(reader: Reader, parameter: string): Term | undefined {
  const text = take(reader, TEXT);
  if (text !== undefined) return { is: 'text', text: text[1] ?? text[2] ?? text[3] ?? '' };
  if (take(reader, /\s{0,20}\(/y) !== undefined) {
    if (++reader.depth > NESTING_MAX) return undefined;
    const inner = readChoice(reader, parameter);
    reader.depth--;
    if (take(reader, /\s{0,20}\)/y) === undefined) return undefined;
    take(reader, INDEX);
    return inner;
  }
  if (take(reader, /\s{0,20}\{/y) !== undefined) return readMap(reader);
  // `r.p`, the public path, goes before the whole name; the caller knows it.
  if (take(reader, /\s{0,20}[\w$]{1,60}\.p\b/y) !== undefined) return { is: 'text', text: '' };
  const name = take(reader, /\s{0,20}([\w$]{1,60})/y)?.[1];
  return name === parameter ? { is: 'id' } : undefined;
}

/** `{…}[e]` or `({…})[e]`: a map stands for its value at the chunk's id. */
const INDEX = /\s{0,20}\[\s{0,20}[\w$]{1,60}\s{0,20}\]/y;
const ENTRY =
  /\s{0,20}(?:([\w$]{1,100})|"([^"\\\n]{1,200})"|'([^'\\\n]{1,200})')\s{0,20}:\s{0,20}(?:"([^"\\\n]{0,300})"|'([^'\\\n]{0,300})')\s{0,20},?/y;

function readMap(reader: Reader): Term | undefined {
  const map = new Map<string, string>();
  for (let match = take(reader, ENTRY); match !== undefined; match = take(reader, ENTRY)) {
    const id = match[1] ?? match[2] ?? match[3] ?? '';
    // `1e3` is how minifiers write the id 1000.
    const plain = /^\d{1,9}e\d$/.test(id) ? String(Number(id)) : id;
    map.set(plain, match[4] ?? match[5] ?? '');
    reader.ids.add(plain);
  }
  if (take(reader, /\s{0,20}\}/y) === undefined) return undefined;
  take(reader, INDEX);
  return { is: 'map', map };
}

function take(reader: Reader, pattern: RegExp): RegExpExecArray | undefined {
  if (reader.at >= reader.end) return undefined;
  pattern.lastIndex = reader.at;
  const match = pattern.exec(reader.text);
  if (match === null) return undefined;
  reader.at = pattern.lastIndex;
  return match;
}
