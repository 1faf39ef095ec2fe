import { type ParsedUrl, parseUrl, queryPairs } from '../../parsers/url.ts';

/** Redirects that browsers and search engines remember. Source: RFC 9110, sections 15.4.2 and 15.4.9. */
export const isPermanent = (status: number): boolean => status === 301 || status === 308;

/** Longest address shown in a finding, in characters. Ours: a line and a half of a report. */
const SHOWN_CHARACTERS_MAX = 160;
export const shown = (url: string): string =>
  url.length > SHOWN_CHARACTERS_MAX ? `${url.slice(0, SHOWN_CHARACTERS_MAX)}…` : url;

/**
 * Whether a redirect forgets where the visitor wanted to go: a deeper path ends at the start page, or the query is gone.
 * A redirect to another page on purpose (`/app` to `/login`) forgets nothing that we could know of.
 */
export function losesPath(from: string, to: string): boolean {
  const [asked, sent] = [parseUrl(from), parseUrl(to)];
  if (asked === undefined || sent === undefined) return false;
  if (asked.path !== '/' && sent.path === '/' && sent.query === '') return true;
  return withoutSlash(asked) === withoutSlash(sent) && !keepsQuery(asked, sent);
}

const withoutSlash = ({ path }: ParsedUrl) => path.replace(/\/$/, '').toLowerCase();

function keepsQuery(asked: ParsedUrl, sent: ParsedUrl): boolean {
  const names = new Set(queryPairs(sent.query).map(([name]) => name));
  return queryPairs(asked.query).every(([name]) => names.has(name));
}
