import { ofKind } from '../../model/observation.ts';
import { parseUrl } from '../../parsers/url.ts';
import type { View } from '../probe.ts';
import { canonicalHostOf, canonicalOrigin, isOnTarget, siblingOf } from '../target-urls.ts';

/** Pages read in one run. */
export const PAGES_MAX = 40;
/** Pages beyond that which are still named as not looked at. */
export const PAGES_NAMED_MAX = 200;
/** Queries of one path that are read: lists have any number of filters and pages. */
const QUERIES_PER_PATH_MAX = 3;

/**
 * The pages a visitor comes to without signing in: the start page, the given paths, and what links and redirects lead to,
 * nearest first. A later round only adds to the end, so that a page keeps its place.
 */
export function wantedPages({ given, seen }: Pick<View, 'given' | 'seen'>): readonly string[] {
  const found = seen.flatMap((one) => {
    if (one.kind === 'page') return one.links;
    if (one.kind === 'http-exchange' && one.purpose === 'page' && one.redirectTo !== null) return [one.redirectTo];
    return [];
  });
  const wanted = new Set<string>([...namedPages(given), ...otherDoors({ given, seen })]);
  const queries = new Map<string, number>();
  for (const url of found) {
    const page = pageUrl(url);
    if (page === null || wanted.has(page) || !isOnTarget(given, page) || isFile(page)) continue;
    const [path = ''] = page.split('?', 1);
    const count = queries.get(path) ?? 0;
    if (count >= QUERIES_PER_PATH_MAX) continue;
    queries.set(path, count + 1);
    wanted.add(page);
    if (wanted.size >= PAGES_NAMED_MAX) break;
  }
  return [...wanted];
}

/** Where the operator says that visitors begin. */
export const namedPages = (given: View['given']): string[] =>
  ['/', ...given.paths].map((path) => `${canonicalOrigin(given)}${path}`);

/** Start pages of the target's other hosts that people open, once it is known that they exist. */
function otherDoors({ given, seen }: Pick<View, 'given' | 'seen'>): string[] {
  const canonical = canonicalHostOf(given);
  const existing = new Set(
    ofKind('dns-answer', seen).flatMap(({ host, type, is }) =>
      is === 'found' && (type === 'A' || type === 'AAAA') ? [host] : [],
    ),
  );
  return given.hosts
    .filter(({ host, role }) => (role === 'app' || role === 'admin') && existing.has(host))
    .filter(({ host }) => host !== canonical && siblingOf(host) !== canonical)
    .map(({ host }) => `https://${host}/`);
}

/** Every wanted page was looked at, or something stood in the way. */
export function pagesAreSettled(view: Pick<View, 'given' | 'seen'>, subjectOf: (url: string) => string): boolean {
  const subjects = new Set(view.seen.map(({ subject }) => subject));
  return wantedPages(view).every((url) => subjects.has(subjectOf(url)));
}

/** Sign-in pages first: they are where most of a portal's questions are asked. */
export function signInPage({ seen }: Pick<View, 'seen'>): string | null {
  const pages = ofKind('page', seen).filter(({ hasPasswordField, status }) => hasPasswordField && status === 200);
  return pages.map(({ url }) => url).sort()[0] ?? null;
}

function pageUrl(url: string): string | null {
  const parsed = parseUrl(url);
  return parsed === undefined || parsed.hasUserinfo
    ? null
    : parsed.href.slice(0, parsed.href.length - parsed.fragment.length);
}

const isFile = (url: string) =>
  /\.(?:avif|bmp|css|csv|docx?|gif|gz|ico|jpe?g|js|json|map|mjs|mp[34]|odt|pdf|png|pptx?|rss|svg|tar|ttf|txt|wasm|web[mp]|woff2?|xlsx?|xml|zip)$/i.test(
    parseUrl(url)?.path ?? '',
  );
