/** A Strict-Transport-Security field as a browser reads it, or why the browser drops it. */
export type Hsts =
  | { readonly maxAgeSeconds: number; readonly includeSubDomains: boolean; readonly preload: boolean }
  | { readonly invalid: string };

const FIELD_CHARACTERS_MAX = 2048;
const TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]{1,256}";
/** One directive, up to the next semicolon. Empty directives are allowed. */
const DIRECTIVE = new RegExp(
  `[ \\t]{0,256}(?:(${TOKEN})(?:[ \\t]{0,256}=[ \\t]{0,256}(?:(${TOKEN})|"([^"\\\\]{0,256})"))?[ \\t]{0,256})?(?:;|$)`,
  'y',
);

/**
 * Reads one Strict-Transport-Security field value by its grammar: RFC 6797, section 6.1.
 * A browser heeds only the first such field of an answer (section 8.1), so each is read on its own.
 */
export function parseHsts(value: string): Hsts {
  if (value.length > FIELD_CHARACTERS_MAX) return { invalid: 'the field is longer than any real one' };
  const directives = new Map<string, string | null>();
  for (let at = 0; at < value.length; at = DIRECTIVE.lastIndex) {
    DIRECTIVE.lastIndex = at;
    const match = DIRECTIVE.exec(value);
    if (match === null) return { invalid: `not a list of directives from character ${at + 1} on` };
    const name = match[1]?.toLowerCase();
    if (name === undefined) continue;
    if (directives.has(name)) return { invalid: `${cut(name)} is given more than once` };
    directives.set(name, match[2] ?? match[3] ?? null);
  }
  const maxAge = directives.get('max-age');
  if (maxAge === undefined) return { invalid: 'max-age is missing' };
  if (maxAge === null || !/^\d{1,256}$/.test(maxAge)) return { invalid: 'max-age is not a number of seconds' };
  // A value on it breaks the grammar of section 6.1.2; a browser may then drop the whole field.
  if ((directives.get('includesubdomains') ?? null) !== null) return { invalid: 'includeSubDomains takes no value' };
  return {
    maxAgeSeconds: Math.min(Number(maxAge), Number.MAX_SAFE_INTEGER),
    includeSubDomains: directives.has('includesubdomains'),
    preload: directives.has('preload'),
  };
}

const cut = (name: string) => (name.length > 40 ? `${name.slice(0, 40)}…` : name);
