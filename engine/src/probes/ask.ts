import { parseUrl } from '../parsers/url.ts';
import type { Header, HttpRequest, RawAnswer } from './wire/wire.ts';

/** Bytes of a page or an API answer that are read. A portal's pages are far below it. */
export const PAGE_BYTES_MAX = 4_194_304;

/** A request as most probes make it: anonymous GET of a page-sized answer. */
export const get = (template: string, url: string, more: Partial<HttpRequest> = {}): HttpRequest => ({
  template,
  method: 'GET',
  url,
  address: null,
  headers: [],
  body: null,
  maxBytes: PAGE_BYTES_MAX,
  secret: false,
  ...more,
});

/** Fields a browser sends with a navigation; some portals answer other clients with other pages. */
export const AS_BROWSER: readonly Header[] = [
  ['Accept', 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8'],
  ['Accept-Language', 'en'],
];

/** Where an answer redirects to, as a browser would read it; null when it does not. */
export function redirectOf({ status, headers }: Pick<RawAnswer, 'status' | 'headers'>, url: string): string | null {
  if (![301, 302, 303, 307, 308].includes(status)) return null;
  const location = headerOf(headers, 'location');
  return location === undefined ? null : (parseUrl(utf8(location).trim(), url)?.href ?? null);
}

export const headerOf = (headers: readonly Header[], name: string): string | undefined =>
  headers.find(([one]) => one.toLowerCase() === name)?.[1];

/** Header values come as latin1, and browsers read addresses in them as UTF-8. */
const utf8 = (value: string) => Buffer.from(value, 'latin1').toString('utf8');
