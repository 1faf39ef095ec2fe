/** What a Cache-Control field lets caches do. Source: RFC 9111, section 5.2.2. */
export interface CacheControl {
  readonly noStore: boolean;
  /** Without a list of field names: the whole answer must be asked for again. */
  readonly noCache: boolean;
  /** Without a list of field names: no shared cache may keep it. */
  readonly private: boolean;
  readonly public: boolean;
  readonly mustRevalidate: boolean;
  readonly immutable: boolean;
  readonly maxAgeSeconds: number | null;
  readonly sharedMaxAgeSeconds: number | null;
}

const FIELD_CHARACTERS_MAX = 4096;
/** A directive, up to the next comma outside quotes. */
const DIRECTIVE =
  /[ \t]{0,64}([!#$%&'*+.^_`|~0-9A-Za-z-]{1,64})(?:=(?:"([^"]{0,1024})"?|([^,"]{0,1024})))?[^,]{0,1024}(?:,|$)/y;

/** Reads all Cache-Control field values of one answer together. An age that is no number counts as 0 (section 4.2.1). */
export function parseCacheControl(values: readonly string[]): CacheControl {
  const text = values.join(',').slice(0, FIELD_CHARACTERS_MAX);
  const found = new Map<string, string | null>();
  for (let at = 0; at < text.length; ) {
    DIRECTIVE.lastIndex = at;
    const match = DIRECTIVE.exec(text);
    at = match === null ? at + 1 : DIRECTIVE.lastIndex;
    const name = match?.[1]?.toLowerCase();
    if (name === undefined) continue;
    const value = match?.[2] ?? match?.[3]?.trim() ?? null;
    found.set(name, stricter(name, found.get(name), value));
  }
  const age = (name: string) => {
    const value = found.get(name);
    if (value === undefined) return null;
    return value !== null && /^\d{1,10}$/.test(value) ? Number(value) : 0;
  };
  return {
    noStore: found.has('no-store'),
    noCache: found.get('no-cache') === null,
    private: found.get('private') === null,
    public: found.has('public'),
    mustRevalidate: found.has('must-revalidate') || found.has('proxy-revalidate'),
    immutable: found.has('immutable'),
    maxAgeSeconds: age('max-age'),
    sharedMaxAgeSeconds: age('s-maxage'),
  };
}

/** Of two ages the shorter, of a bare directive and one with a list of fields the bare one. */
function stricter(name: string, before: string | null | undefined, now: string | null): string | null {
  if (before === undefined) return now;
  if (!name.endsWith('age')) return before === null ? null : now;
  return Number(before) <= Number(now) ? before : now;
}
