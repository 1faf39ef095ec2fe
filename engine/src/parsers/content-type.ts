/** A media type. Source: RFC 9110, section 8.3.1; WHATWG MIME Sniffing, section 4.4. */
export interface ContentType {
  /** Lower case, without parameters: `text/html`. */
  readonly essence: string;
  readonly charset: string | null;
  /** By lower-case name; the first of several counts. */
  readonly parameters: ReadonlyMap<string, string>;
}

const TOKEN = /^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,256}$/;
const FIELD_CHARACTERS_MAX = 2048;

/** Reads a Content-Type field value; undefined when it names no type, in which case a browser guesses. */
export function parseContentType(value: string): ContentType | undefined {
  if (value.length > FIELD_CHARACTERS_MAX) return undefined;
  const [first = '', ...rest] = value.split(';');
  const essence = first.trim().toLowerCase();
  const [type = '', subtype = '', ...more] = essence.split('/');
  if (!TOKEN.test(type) || !TOKEN.test(subtype) || more.length > 0) return undefined;
  const parameters = new Map<string, string>();
  for (const part of rest) {
    const sign = part.indexOf('=');
    const name = part.slice(0, Math.max(sign, 0)).trim().toLowerCase();
    const text = part.slice(sign + 1).trim();
    const plain = text.startsWith('"') ? text.slice(1, text.endsWith('"') && text.length > 1 ? -1 : undefined) : text;
    if (sign > 0 && TOKEN.test(name) && !parameters.has(name)) parameters.set(name, plain);
  }
  return { essence, charset: parameters.get('charset')?.toLowerCase() ?? null, parameters };
}

/** `application/json` and everything built on it (RFC 6839, section 3.1). */
export function isJsonType(essence: string): boolean {
  return essence === 'application/json' || essence === 'text/json' || essence.endsWith('+json');
}

/** The types that browsers run as script. Source: WHATWG MIME Sniffing, section 4.6. */
export function isScriptType(essence: string): boolean {
  return /^(?:text|application)\/(?:x-)?(?:java|ecma|j|live)script(?:1\.[0-5])?$/.test(essence);
}
