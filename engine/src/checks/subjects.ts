import type { Given, TargetHost } from '../model/given.ts';
import { ofKind, type Sighting } from '../model/observation.ts';
import {
  apiSubject,
  assetSubject,
  corsSubject,
  echoSubject,
  entrySubject,
  errorSubject,
  pageSubject,
  tlsSubject,
} from '../model/subject.ts';
import { parseUrl } from '../parsers/url.ts';
import { isHtml, isOnTarget, isRedirect } from './answers.ts';

const unique = (texts: readonly string[]) => [...new Set(texts)];

/** Subjects that were tried, seen or not, whose names begin so; `path ` for all exposed paths. */
export function triedSubjects(seen: readonly Sighting[], prefix: string): string[] {
  return unique(seen.map(({ subject }) => subject).filter((subject) => subject.startsWith(prefix)));
}

/** Scheme, host and port that stand for the portal. */
export function canonicalOrigin({ url, canonicalHost }: Given): string {
  const given = parseUrl(url);
  if (given === undefined || canonicalHost === null || canonicalHost === given.hostname) return given?.origin ?? url;
  return `${given.scheme}://${canonicalHost}`;
}

/** The given paths at the canonical host: where a visitor begins. */
export function startPages(given: Given): string[] {
  return unique(['/', ...given.paths].map((path) => `${canonicalOrigin(given)}${path}`));
}

/** Queries of one path that are read: lists have any number of filters and pages. */
const QUERIES_PER_PATH_MAX = 3;

/** Every page a stranger can walk to: where visitors begin, what was tried, and what seen pages link and redirect to. */
export function pageSubjects(given: Given, seen: readonly Sighting[]): string[] {
  const found = seen.flatMap((one) => {
    if (one.kind === 'page') return one.links;
    return one.kind === 'http-exchange' && one.purpose === 'page' && one.redirectTo !== null ? [one.redirectTo] : [];
  });
  const pages = new Set(startPages(given));
  const queries = new Map<string, number>();
  for (const url of found) {
    const parsed = parseUrl(url);
    if (parsed === undefined || parsed.hasUserinfo || !isOnTarget(url, given) || A_FILE.test(parsed.path)) continue;
    const page = withoutFragment(parsed);
    const path = `${parsed.origin}${parsed.path}`;
    const before = queries.get(path) ?? 0;
    if (pages.has(page) || (parsed.query !== '' && before >= QUERIES_PER_PATH_MAX)) continue;
    if (parsed.query !== '') queries.set(path, before + 1);
    pages.add(page);
  }
  return unique([...[...pages].map(pageSubject), ...triedSubjects(seen, pageSubject(''))]);
}

/** Links to these are downloads, not pages. */
const A_FILE =
  /\.(?:avif|bmp|css|csv|docx?|gif|gz|ico|jpe?g|js|json|map|mjs|mp[34]|odt|pdf|png|pptx?|rss|svg|tar|ttf|txt|wasm|web[mp]|woff2?|xlsx?|xml|zip)$/i;

/**
 * Pages of which something of a kind is to be read. Left out are those that answered, with nothing in the way, and were no
 * HTML: a redirect without a body, a download.
 */
export function htmlPageSubjects(given: Given, seen: readonly Sighting[], kind: 'page' | 'asset' = 'page'): string[] {
  const bySubject = Map.groupBy(seen, ({ subject }) => subject);
  return pageSubjects(given, seen).filter((subject) => {
    const own = bySubject.get(subject) ?? [];
    const answers = ofKind('http-exchange', own);
    const isExpected = own.some((one) => one.kind === kind || one.kind === 'obstacle');
    return isExpected || answers.length === 0 || !answers.every(isAnswerWithoutPage);
  });
}

/** A whole answer that holds no page, so that nothing of one is to be read there. */
export const isAnswerWithoutPage = (one: Sighting): boolean =>
  one.kind === 'http-exchange' && one.status < 500 && one.status !== 429 && (isRedirect(one) || !isHtml(one));

/** Every text that a seen page or file loads, and every source map that one names, wherever it lies. */
export function assetSubjects(seen: readonly Sighting[]): string[] {
  const ofPages = ofKind('page', seen).flatMap(({ scripts, styles }) => [...scripts, ...styles].map(({ url }) => url));
  const ofAssets = ofKind('asset', seen).flatMap(({ loads, sourceMap }) =>
    sourceMap === null || sourceMap === 'inline' ? loads : [...loads, sourceMap],
  );
  const loaded = [...ofPages, ...ofAssets].flatMap((url) => {
    const parsed = parseUrl(url);
    return parsed === undefined || !parsed.scheme.startsWith('http') || A_PICTURE.test(parsed.path)
      ? []
      : [withoutFragment(parsed)];
  });
  return unique([...loaded.map(assetSubject), ...triedSubjects(seen, assetSubject(''))]);
}

/** Pictures, fonts and sound: nothing in them is run, and no secret is typed into them. */
const A_PICTURE = /\.(?:avif|bmp|eot|gif|ico|jpe?g|mp[34]|ogg|otf|png|svg|ttf|wav|web[mp]|woff2?)$/i;

const withoutFragment = ({ href, fragment }: { readonly href: string; readonly fragment: string }) =>
  href.slice(0, href.length - fragment.length);

/** The files of the target's own hosts. */
export function ownAssetSubjects(given: Given, seen: readonly Sighting[]): string[] {
  return assetSubjects(seen).filter((subject) => isOnTarget(subject.slice(assetSubject('').length), given));
}

/** Every call that seen pages and files make to the target, and the one that says who is signed in, made as a stranger would. */
export function apiSubjects(given: Given, seen: readonly Sighting[]): string[] {
  const pages = new Set(ofKind('page', seen).map(({ url }) => url));
  const calls = ofKind('asset', seen).flatMap((asset) =>
    asset.calls.flatMap((url) => {
      const parsed = parseUrl(url);
      return parsed === undefined || !isOnTarget(url, given) || pages.has(withoutFragment(parsed))
        ? []
        : [withoutFragment(parsed)];
    }),
  );
  const identity = given.identityPath === null ? [] : [`${canonicalOrigin(given)}${given.identityPath}`];
  return unique([...[...identity, ...calls].map((url) => apiSubject('GET', url)), ...triedSubjects(seen, 'api ')]);
}

/**
 * The calls of which the head of the answer is judged. What was left alone because fetching it might do something has no
 * answer, and its head says nothing that the others do not; what it holds is another question.
 */
export function answeredApiSubjects(given: Given, seen: readonly Sighting[]): string[] {
  const bySubject = Map.groupBy(seen, ({ subject }) => subject);
  return apiSubjects(given, seen).filter((subject) => {
    const own = bySubject.get(subject) ?? [];
    return own.length === 0 || !own.every((one) => one.kind === 'obstacle' && one.reason === 'not-allowed');
  });
}

/** A path that no portal has: how the application itself says that it found nothing. */
export const unknownRouteSubject = (given: Given): string =>
  errorSubject('an unknown route', `${canonicalOrigin(given)}/launch-ready/no-such-page`);

/** Every error that is provoked without knowing the portal, and those that were provoked besides. */
export function errorSubjects(given: Given, seen: readonly Sighting[]): string[] {
  const origin = canonicalOrigin(given);
  return unique([
    unknownRouteSubject(given),
    errorSubject('a malformed escape', `${origin}/%zz`),
    errorSubject('a null byte', `${origin}/%00`),
    errorSubject('an over-long query', `${origin}/`),
    errorSubject('an unknown type', `${origin}/`),
    ...triedSubjects(seen, 'error from '),
  ]);
}

/** A token in each carrier, at the start page and wherever else it was sent. */
export function echoSubjects(given: Given, seen: readonly Sighting[]): string[] {
  const start = ['header', 'query', 'cookie'].map((carrier) => echoSubject(carrier, `${canonicalOrigin(given)}/`));
  return unique([...start, ...triedSubjects(seen, 'echo of a ')]);
}

const CORS_SUBJECT = /^cross-origin call from (\S+) at (\S+)$/;

/** The origin that a call pretended to come from. */
export const originOf = (subject: string): string | undefined => CORS_SUBJECT.exec(subject)?.[1];

/** Each foreign origin at each address that was called with any of them; the call that says who is signed in comes first. */
export function corsSubjects(given: Given, seen: readonly Sighting[]): string[] {
  const origin = canonicalOrigin(given);
  const tried = triedSubjects(seen, 'cross-origin call from ');
  const known = tried.flatMap((subject) => CORS_SUBJECT.exec(subject)?.[2] ?? []);
  const first = given.identityPath === null ? [] : [`${origin}${given.identityPath}`];
  const urls = unique([...first, ...known]);
  return unique([
    ...(urls.length > 0 ? urls : [`${origin}/`]).flatMap((url) =>
      foreignOrigins(origin).map((foreign) => corsSubject(foreign, url)),
    ),
    ...tried,
  ]);
}

/** Nobody's, a sandboxed frame's, one that begins and one that ends like ours, and ours without TLS. */
function foreignOrigins(origin: string): string[] {
  const host = parseUrl(origin)?.hostname ?? '';
  return [
    'https://lr-foreign.invalid',
    'null',
    `https://${host}.evil.invalid`,
    `https://evil-${host}`,
    `http://${host}`,
  ];
}

/**
 * The hosts that have an address, or may have one. Only a host that was told to have neither A nor AAAA, and that
 * answered nothing all the same, is left out: silence of the DNS leaves it in. "No such record" alone is not being told,
 * for resolvers say it of failures too: the name has to be denied, or to show some other record.
 */
export function publishedHosts({ hosts }: Given, seen: readonly Sighting[]): readonly TargetHost[] {
  const answers = ofKind('dns-answer', seen);
  const met = new Set([
    ...ofKind('http-exchange', seen).map(({ url }) => parseUrl(url)?.hostname),
    ...[...ofKind('tls-offer', seen), ...ofKind('tls-chain', seen)].map(({ host }) => host),
  ]);
  const hasNoAddress = (host: string) => {
    const own = answers.filter((answer) => answer.host === host);
    const told = (type: 'A' | 'AAAA') => own.some((one) => one.type === type && one.is !== 'found');
    const isAnswered = own.some(({ is }) => is === 'no-such-name' || is === 'found');
    const isFound = own.some(({ type, is }) => (type === 'A' || type === 'AAAA') && is === 'found');
    return told('A') && told('AAAA') && isAnswered && !isFound;
  };
  return hosts.filter(({ host }) => met.has(host) || !hasNoAddress(host));
}

/** Every way in over one scheme: each host with each path, and whatever else was tried there as an entry. */
export function entriesOf(
  scheme: 'http' | 'https',
  hosts: readonly TargetHost[],
  { paths }: Pick<Given, 'paths'>,
  seen: readonly Sighting[],
): string[] {
  const origins = hosts.map(({ host }) => `${scheme}://${host}`);
  const tried = ofKind('http-exchange', seen).filter(({ purpose, hop, url }) => {
    const origin = parseUrl(url)?.origin;
    return purpose === 'entry' && hop === 0 && origin !== undefined && origins.includes(origin);
  });
  return unique([
    ...hosts.flatMap(({ host }) =>
      paths.flatMap((path) =>
        familiesOf(host, seen).map((family) => entrySubject(`${scheme}://${host}${path}`, family)),
      ),
    ),
    ...tried.map(({ subject }) => subject),
  ]);
}

/** IPv6 is expected where the DNS names such an address, IPv4 unless the DNS names IPv6 alone. */
function familiesOf(host: string, seen: readonly Sighting[]): ('IPv4' | 'IPv6')[] {
  const found = (type: 'A' | 'AAAA') =>
    ofKind('dns-answer', seen).find((answer) => answer.host === host && answer.type === type)?.is;
  const only6 = found('AAAA') === 'found' && found('A') !== undefined && found('A') !== 'found';
  return [...(only6 ? [] : ['IPv4' as const]), ...(found('AAAA') === 'found' ? ['IPv6' as const] : [])];
}

/**
 * Every way in over http and https. Where port 80 is closed there is no way in over http, so such entries are left out;
 * those over https stay expected, so a host that answers nothing at all is never left out.
 */
export function allEntries(hosts: readonly TargetHost[], given: Given, seen: readonly Sighting[]): string[] {
  const bySubject = Map.groupBy(seen, ({ subject }) => subject);
  const isClosed = (subject: string) => {
    const own = bySubject.get(subject) ?? [];
    return own.length > 0 && own.every((one) => one.kind === 'obstacle' && one.reason === 'refused');
  };
  return [
    ...entriesOf('https', hosts, given, seen),
    ...entriesOf('http', hosts, given, seen).filter((subject) => !isClosed(subject)),
  ];
}

/** Every TLS endpoint: the port of HTTPS (RFC 9110, section 4.2.2) at each host, and others that were met. */
export function tlsEndpoints(given: Given, seen: readonly Sighting[]): string[] {
  const met = [...ofKind('tls-offer', seen), ...ofKind('tls-chain', seen)].map(({ subject }) => subject);
  return unique([...publishedHosts(given, seen).map(({ host }) => tlsSubject(host, 443)), ...met]);
}
