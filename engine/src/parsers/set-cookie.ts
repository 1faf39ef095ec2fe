/** A cookie as a browser would store it. Its value is never given back, only its length. */
export interface SetCookie {
  readonly name: string;
  readonly valueBytes: number;
  /** Name and value together: what the limit of 4096 bytes is about (RFC 6265bis, section 5.6). */
  readonly bytes: number;
  readonly secure: boolean;
  readonly httpOnly: boolean;
  /** Null when it is not set, or set to a word that browsers do not know. */
  readonly sameSite: 'Strict' | 'Lax' | 'None' | null;
  /** Lower case, without a leading dot; null when only the host itself gets the cookie. */
  readonly domain: string | null;
  /** Null when it is not set or does not begin with a slash: then the directory of the request counts. */
  readonly path: string | null;
  readonly maxAgeSeconds: number | null;
  /** UTC, `2030-01-31T12:00:00Z`; null when it is not set or no date. */
  readonly expires: string | null;
  readonly partitioned: boolean;
  readonly prefix: '__Host-' | '__Secure-' | '__Http-' | '__Host-Http-' | null;
  /** False when the name's prefix promises what the attributes do not keep: browsers then drop the cookie. */
  readonly prefixKept: boolean;
}

const FIELD_CHARACTERS_MAX = 16_384;
/** Longer attribute values are ignored. Source: RFC 6265bis, section 5.6. */
const ATTRIBUTE_BYTES_MAX = 1024;

/** What stands for a value in a redacted field. It keeps the length, because the size of a cookie is judged. */
export const redactedCookieValue = (bytes: number): string => `(redacted, ${bytes} bytes)`;
const REDACTED = /^\(redacted, (\d{1,7}) bytes\)$/;

/** Reads one Set-Cookie field value as browsers do: RFC 6265bis, section 5.6. */
export function parseSetCookie(field: string): SetCookie | { readonly invalid: string } {
  if (field.length > FIELD_CHARACTERS_MAX) return { invalid: 'the field is longer than browsers accept' };
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that make browsers drop the cookie
  if (/[\x00-\x08\x0a-\x1f\x7f]/.test(field)) return { invalid: 'the field holds control characters' };
  const [pair = '', ...rest] = field.split(';');
  const sign = pair.indexOf('=');
  const name = sign < 0 ? '' : pair.slice(0, sign).trim();
  const value = pair.slice(sign + 1).trim();
  if (name === '' && value === '') return { invalid: 'the field has neither name nor value' };
  const valueBytes = Number(REDACTED.exec(value)?.[1] ?? utf8Bytes(value));
  const attributes = readAttributes(rest);
  const maxAge = attributes.get('max-age');
  const path = attributes.get('path');
  const domain = attributes.get('domain')?.replace(/^\./, '').toLowerCase();
  const cookie = {
    name,
    valueBytes,
    bytes: utf8Bytes(name) + valueBytes,
    secure: attributes.has('secure'),
    httpOnly: attributes.has('httponly'),
    sameSite: SAME_SITE[attributes.get('samesite')?.toLowerCase() ?? ''] ?? null,
    domain: domain === undefined || domain === '' ? null : domain,
    path: path?.startsWith('/') ? path : null,
    maxAgeSeconds: maxAge !== undefined && /^-?\d{1,256}$/.test(maxAge) ? secondsOf(maxAge) : null,
    expires: cookieDate(attributes.get('expires') ?? ''),
    partitioned: attributes.has('partitioned'),
  };
  const prefix = PREFIXES.find((one) => name.toLowerCase().startsWith(one.toLowerCase())) ?? null;
  return { ...cookie, prefix, prefixKept: prefix === null || keepsPrefix(prefix, cookie, path) };
}

/** A cookie together with the answer that set it. */
export interface SeenCookie<From> extends SetCookie {
  readonly from: From;
  /** JSON Pointer to the header field inside the answer. */
  readonly pointer: string;
}

/** Every cookie that an answer sets, in wire order; fields that browsers drop are left out. */
export function setCookies<From extends { readonly responseHeaders: readonly (readonly [string, string])[] }>(
  from: From,
): SeenCookie<From>[] {
  return from.responseHeaders.flatMap(([field, value], index) => {
    if (field.toLowerCase() !== 'set-cookie') return [];
    const cookie = parseSetCookie(value);
    return 'invalid' in cookie ? [] : [{ ...cookie, from, pointer: `/responseHeaders/${index}` }];
  });
}

/** True for a field that only removes a cookie: its value is empty or its lifetime is over at once. */
export function removesCookie(cookie: SetCookie): boolean {
  if (cookie.maxAgeSeconds !== null) return cookie.maxAgeSeconds <= 0;
  return cookie.expires !== null && cookie.expires < '1980';
}

const SAME_SITE: Readonly<Record<string, SetCookie['sameSite']>> = { strict: 'Strict', lax: 'Lax', none: 'None' };
/** Longest first: one begins like another. Source: RFC 6265bis, section 4.1.3. */
const PREFIXES = ['__Host-Http-', '__Host-', '__Secure-', '__Http-'] as const;

type Kept = Pick<SetCookie, 'secure' | 'httpOnly' | 'domain'>;
function keepsPrefix(prefix: (typeof PREFIXES)[number], cookie: Kept, path: string | undefined): boolean {
  if (!cookie.secure) return false;
  if (prefix.includes('Http') && !cookie.httpOnly) return false;
  return !prefix.startsWith('__Host-') || (cookie.domain === null && path === '/');
}

/** The last of several attributes of one name counts. */
function readAttributes(parts: readonly string[]): ReadonlyMap<string, string> {
  const attributes = new Map<string, string>();
  for (const part of parts) {
    const sign = part.indexOf('=');
    const name = (sign < 0 ? part : part.slice(0, sign)).trim().toLowerCase();
    const value = sign < 0 ? '' : part.slice(sign + 1).trim();
    if (name !== '' && utf8Bytes(value) <= ATTRIBUTE_BYTES_MAX) attributes.set(name, value);
  }
  return attributes;
}

const secondsOf = (digits: string) =>
  Math.max(-Number.MAX_SAFE_INTEGER, Math.min(Number(digits), Number.MAX_SAFE_INTEGER));

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** The lenient dates of cookies: RFC 6265bis, section 5.1.1. Unset parts or impossible ones make it no date. */
function cookieDate(text: string): string | null {
  let time: readonly string[] | undefined;
  let day: number | undefined;
  let month: number | undefined;
  let year: number | undefined;
  for (const token of text.slice(0, 256).split(/[\t\x20-/;-@[-`{-~]/)) {
    const clock: readonly string[] | null = /^(\d{1,2}):(\d{1,2}):(\d{1,2})(?:\D|$)/.exec(token);
    const monthAt = MONTHS.indexOf(token.slice(0, 3).toLowerCase());
    if (time === undefined && clock !== null) time = clock.slice(1, 4);
    else if (day === undefined && /^\d{1,2}(?:\D|$)/.test(token)) day = Number.parseInt(token, 10);
    else if (month === undefined && monthAt >= 0) month = monthAt + 1;
    else if (year === undefined && /^\d{2,4}(?:\D|$)/.test(token)) year = fullYear(Number.parseInt(token, 10));
  }
  if (time === undefined || day === undefined || month === undefined || year === undefined) return null;
  const [hour = 0, minute = 0, second = 0] = time.map(Number);
  if (day < 1 || day > 31 || year < 1601 || hour > 23 || minute > 59 || second > 59) return null;
  return `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}T${pad(hour, 2)}:${pad(minute, 2)}:${pad(second, 2)}Z`;
}

const fullYear = (year: number) => (year >= 100 ? year : year >= 70 ? year + 1900 : year + 2000);
const pad = (number: number, width: number) => String(number).padStart(width, '0');

function utf8Bytes(text: string): number {
  let bytes = 0;
  for (const char of text) {
    const code = char.codePointAt(0) ?? 0;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return bytes;
}
