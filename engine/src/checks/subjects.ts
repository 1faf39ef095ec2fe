import type { Given } from '../model/given.ts';
import { ofKind, type Sighting } from '../model/observation.ts';
import { apiSubject, assetSubject, errorSubject, pageSubject } from '../model/subject.ts';
import { parseUrl } from '../parsers/url.ts';
import { isOnTarget } from './answers.ts';

const unique = (texts: readonly string[]) => [...new Set(texts)];

/** Subjects that were tried, seen or not, whose names begin so; `path ` for all exposed paths. */
export function triedSubjects(seen: readonly Sighting[], prefix: string): string[] {
  return unique(seen.map(({ subject }) => subject).filter((subject) => subject.startsWith(prefix)));
}

/** The given paths at the canonical host: where a visitor begins. */
export function startPages({ url, canonicalHost, paths }: Given): string[] {
  const given = parseUrl(url);
  if (given === undefined) return [url];
  const host = canonicalHost === null || canonicalHost === given.hostname ? given.host : canonicalHost;
  return unique(['/', ...paths].map((path) => `${given.scheme}://${host}${path}`));
}

/**
 * Every page a stranger can walk to: where visitors begin, what was tried, and what seen pages link and redirect to.
 * A link with a query is named only once it was tried: lists have any number of filters and pages.
 */
export function pageSubjects(given: Given, seen: readonly Sighting[]): string[] {
  const linked = ofKind('page', seen).flatMap(({ links }) => links);
  const redirected = ofKind('http-exchange', seen).flatMap(({ purpose, redirectTo }) =>
    purpose === 'page' && redirectTo !== null ? [redirectTo] : [],
  );
  const pages = [...linked, ...redirected].flatMap((url) => {
    const parsed = parseUrl(url);
    const isPage = parsed !== undefined && parsed.query === '' && isOnTarget(url, given) && !A_FILE.test(parsed.path);
    return isPage ? [`${parsed.origin}${parsed.path}`] : [];
  });
  return unique([...[...startPages(given), ...pages].map(pageSubject), ...triedSubjects(seen, pageSubject(''))]);
}

/** Links to these are downloads, not pages. */
const A_FILE =
  /\.(?:avif|bmp|css|csv|docx?|gif|gz|ico|jpe?g|js|json|map|mjs|mp[34]|odt|pdf|png|pptx?|rss|svg|tar|ttf|txt|wasm|web[mp]|woff2?|xlsx?|xml|zip)$/i;

/** Every file that a seen page or file loads, and every source map that one names, wherever it lies. */
export function assetSubjects(seen: readonly Sighting[]): string[] {
  const ofPages = ofKind('page', seen).flatMap(({ scripts, styles }) => [...scripts, ...styles].map(({ url }) => url));
  const ofAssets = ofKind('asset', seen).flatMap(({ loads, sourceMap }) =>
    sourceMap === null || sourceMap === 'inline' ? loads : [...loads, sourceMap],
  );
  return unique([...[...ofPages, ...ofAssets].map(assetSubject), ...triedSubjects(seen, assetSubject(''))]);
}

/** The files of the target's own hosts. */
export function ownAssetSubjects(given: Given, seen: readonly Sighting[]): string[] {
  return assetSubjects(seen).filter((subject) => isOnTarget(subject.slice(assetSubject('').length), given));
}

/** Every call that seen pages and files make to the target, made as a stranger would. */
export function apiSubjects(given: Given, seen: readonly Sighting[]): string[] {
  const calls = ofKind('asset', seen).flatMap((asset) => asset.calls.filter((url) => isOnTarget(url, given)));
  return unique([...calls.map((url) => apiSubject('GET', url)), ...triedSubjects(seen, 'api ')]);
}

/** Every error that was provoked; without any, one at the target's own address. */
export function errorSubjects(given: Given, seen: readonly Sighting[]): string[] {
  const tried = triedSubjects(seen, 'error from ');
  return tried.length > 0 ? tried : [errorSubject('an unknown page', given.url)];
}
