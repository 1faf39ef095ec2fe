import type { Evidence } from '../model/check.ts';
import type { Given } from '../model/given.ts';
import type { ObservationOf } from '../model/observation.ts';
import { parseContentType } from '../parsers/content-type.ts';
import { parseUrl } from '../parsers/url.ts';

export type Answer = ObservationOf<'http-exchange'>;

/** All values of a header field, in wire order; names are the same in any letter case (RFC 9110, section 5.1). */
export function fieldValues({ responseHeaders }: Answer, name: string): string[] {
  return responseHeaders.filter(([field]) => field.toLowerCase() === name).map(([, value]) => value);
}

/** Where a header field stands in an answer; the whole list when it is not there, which is then what counts. */
export function fieldEvidence({ id, responseHeaders }: Answer, name: string): Evidence {
  const index = responseHeaders.findIndex(([field]) => field.toLowerCase() === name);
  return { observation: id, pointer: index < 0 ? '/responseHeaders' : `/responseHeaders/${index}/1` };
}

/** Browsers follow it and show nothing of its body. */
export const isRedirect = ({ status, redirectTo }: Answer): boolean =>
  status >= 300 && status < 400 && redirectTo !== null;

/** Kinds of content that are HTML (extractors/content-kind.ts). */
const HTML_KINDS: readonly string[] = [
  'html',
  'spa-shell',
  'directory-listing',
  'php-info',
  'server-status',
  'graphql-playground',
];

/** The body is HTML, whatever it is called. */
export const isHtml = ({ content }: Answer): boolean => HTML_KINDS.includes(content);

/** A browser shows the answer as a page, whatever its status. Without a type it guesses, so what it would guess counts. */
export function isShownAsPage(answer: Answer): boolean {
  if (isRedirect(answer) || answer.bodyBytes === 0) return false;
  const [type] = fieldValues(answer, 'content-type').map(parseContentType);
  return type === undefined ? isHtml(answer) : type.essence === 'text/html' || type.essence === 'application/xhtml+xml';
}

/**
 * The kind of answer at its host. What is wrong with all answers of a kind has one cause, so a finding is named after it:
 * servers set headers for pages, files, API answers, redirects and errors, not for one address.
 */
export function answersLike(answer: Answer): string {
  return `${kindOf(answer)} of ${hostOf(answer.url)}`;
}

function kindOf(answer: Answer): string {
  if (answer.status >= 400) return 'errors';
  if (isRedirect(answer)) return 'redirects';
  if (answer.purpose === 'asset') return 'files';
  if (answer.purpose === 'api' || answer.content === 'json') return 'API answers';
  return isHtml(answer) || answer.bodyBytes === 0 ? 'pages' : 'files';
}

/** The host that an address names, for a reader. */
export const hostOf = (url: string): string => parseUrl(url)?.hostname ?? '';

/** Scheme and host that an address names, for a reader. */
export const originAt = (url: string): string => parseUrl(url)?.origin ?? '';

/** An address, or a subject that ends with one, without query and fragment: `/list?page=2` is the page `/list`. */
export const withoutQuery = (url: string): string => url.split(/[?#]/, 1)[0] ?? url;

/** The address is a web address on a host of the target. */
export function isOnTarget(url: string, { hosts, url: own }: Given): boolean {
  const parsed = parseUrl(url);
  if (parsed === undefined || !parsed.scheme.startsWith('http')) return false;
  return [...hosts.map(({ host }) => host), parseUrl(own)?.hostname].includes(parsed.hostname);
}

/** The owner has signed that this address is meant for everybody. A trailing `*` stands for any rest. */
export function isSignedPublic(url: string, given: Given): boolean {
  return given.public.some((line) =>
    line.url.endsWith('*') ? url.startsWith(line.url.slice(0, -1)) : url === line.url,
  );
}

/** Words for what went wrong, for the state of a service and for the pages of a list: a body with nothing else tells nothing of anybody. */
const WORDS_OF_STATE =
  /^(?:status|ok|success|healthy?|version|release|build|commit|code|time|timestamp|uptime|env|environment|ttl|expires(?:_?(?:in|at))?|csrf_?token|total|counts?|pages?|limit|offset|size|per_?page|page_?size|cursor|next|prev(?:ious)?|error|errors|err|message|messages|msg|detail|details|title|type|instance|reason|hint|path|method|error_?(?:id|code|description|message|type)|request_?id|trace_?id|correlation_?id|documentation_?url|status_?(?:code|text))$/i;

/** Every text, number and filled list of a JSON body stands under such a word. False when there is no JSON. */
export function tellsOnlyState(bodyShape: string | null): boolean {
  if (bodyShape === null) return false;
  const leaves = [
    ...bodyShape.matchAll(/(?:([^{}[\],:|]{1,80}):)?(?:(?:string|number)(?![\w:])|\[(?!\])(?:string|number)?)/g),
  ];
  return leaves.every(([, key]) => key !== undefined && WORDS_OF_STATE.test(key));
}
