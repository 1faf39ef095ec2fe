import { secretSpans } from '../parsers/secret-scan.ts';
import { parseSetCookie, redactedCookieValue } from '../parsers/set-cookie.ts';

const REDACTED = '(redacted)';
const MASKED = '(masked)';
const HEADER_CHARACTERS_MAX = 8192;
const URL_CHARACTERS_MAX = 2048;

/** Header fields whose values are settings, never secrets. */
const KEPT = new Set([
  'accept-ranges',
  'access-control-allow-credentials',
  'access-control-allow-headers',
  'access-control-allow-methods',
  'access-control-allow-origin',
  'access-control-expose-headers',
  'access-control-max-age',
  'age',
  'allow',
  'alt-svc',
  'cache-control',
  'cdn-cache-control',
  'cf-cache-status',
  'cf-mitigated',
  'clear-site-data',
  'connection',
  'content-encoding',
  'content-language',
  'content-length',
  'content-security-policy',
  'content-security-policy-report-only',
  'content-type',
  'cross-origin-embedder-policy',
  'cross-origin-opener-policy',
  'cross-origin-resource-policy',
  'date',
  'expires',
  'last-modified',
  'origin-agent-cluster',
  'permissions-policy',
  'pragma',
  'ratelimit',
  'ratelimit-limit',
  'ratelimit-policy',
  'ratelimit-remaining',
  'ratelimit-reset',
  'referrer-policy',
  'retry-after',
  'server',
  'strict-transport-security',
  'surrogate-control',
  'transfer-encoding',
  'vary',
  'via',
  'x-aspnet-version',
  'x-aspnetmvc-version',
  'x-cache',
  'x-cache-hits',
  'x-content-type-options',
  'x-dns-prefetch-control',
  'x-download-options',
  'x-frame-options',
  'x-generator',
  'x-nextjs-cache',
  'x-permitted-cross-domain-policies',
  'x-powered-by',
  'x-proxy-cache',
  'x-ratelimit-limit',
  'x-ratelimit-remaining',
  'x-ratelimit-reset',
  'x-robots-tag',
  'x-varnish-cache',
  'x-vercel-cache',
  'x-xss-protection',
]);
/** Fields that hold an address. */
const ADDRESSES = new Set(['location', 'content-location', 'sourcemap', 'x-sourcemap', 'refresh']);

/** A header field's value as it may be stored. What is not known to be a setting loses its value. */
export function redactHeader(name: string, value: string): string {
  const field = name.toLowerCase();
  if (field === 'set-cookie') return redactSetCookie(value);
  if (ADDRESSES.has(field)) return maskUrl(value);
  // The kind of challenge is a setting; nonces and realms may not be.
  if (field === 'www-authenticate') return /^[A-Za-z][\w-]{0,30}/.exec(value)?.[0] ?? REDACTED;
  if (field === 'content-disposition') return /^\s{0,5}(?:attachment|inline)/i.exec(value)?.[0].trim() ?? REDACTED;
  return KEPT.has(field) ? maskSecrets(plain(value).slice(0, HEADER_CHARACTERS_MAX)) : REDACTED;
}

const COOKIE_ATTRIBUTE =
  /^\s{0,20}(?:secure|httponly|partitioned|priority|samesite|domain|path|max-age|expires)\s{0,20}(?:=|$)/i;

function redactSetCookie(value: string): string {
  const cookie = parseSetCookie(value);
  if ('invalid' in cookie) return REDACTED;
  const attributes = value
    .split(';')
    .slice(1)
    .filter((part) => COOKIE_ATTRIBUTE.test(part))
    .map((part) => `; ${part.trim().slice(0, 1100)}`);
  const kept = `${redactedCookieValue(cookie.valueBytes)}${attributes.join('')}`;
  return cookie.name === '' ? kept : `${cookie.name.slice(0, 200)}=${kept}`;
}

const SECRET_NAME =
  /^(?:.{0,40}[_.-])?(?:access_?token|api_?key|apikey|assertion|auth|authorization|code|code_verifier|credential|csrf|email|hash|id_?token|invite|jwt|key|key-pair-id|login_?hint|magic|nonce|otp|pass|passwd|password|policy|pwd|refresh_?token|reset|secret|security-token|session|session_?id|sid|sig|signature|state|ticket|token|token_?hash|verifier|x-amz-.{1,30})$/i;
/** What follows them in a path opens something for whoever holds it. */
const OPENERS =
  /^(?:accept|activate|activation|auth|callback|confirm|confirmation|download|invitations?|invites?|join|links?|login|magic|magic-link|onboarding|password|recover|recovery|reset|reset-password|set-password|share|shared|signed|sso|token|tokens|unsubscribe|verify|verification|verify-email)$/i;
const URL_PARTS =
  /^([A-Za-z][A-Za-z0-9+.-]{0,30}:)?(?:\/\/(?:[^/?#@]{0,500}@)?([^/?#]{0,300}))?([^?#]{0,4096})(?:\?([^#]{0,4096}))?(?:#(.{0,4096}))?/s;

/** An address, absolute or relative, without what it would let its finder do. Applied twice, it changes nothing more. */
export function maskUrl(url: string): string {
  const [, scheme = '', host, path = '', query, fragment] = URL_PARTS.exec(plain(url).trim()) ?? [];
  if (/^(?:data|javascript|blob|mailto):$/i.test(scheme)) return `${scheme}${MASKED}`;
  const segments = path.split('/');
  const maskedPath = segments.map((segment, at) => maskSegment(segment, segments[at - 1] ?? '')).join('/');
  const shown = [
    scheme,
    host === undefined ? '' : `//${host}`,
    maskedPath,
    query === undefined ? '' : `?${query.split('&').map(maskPair).join('&')}`,
    fragment === undefined ? '' : `#${maskFragment(fragment)}`,
  ].join('');
  return maskSecrets(shown).slice(0, URL_CHARACTERS_MAX);
}

function maskSegment(segment: string, before: string): string {
  if (OPENERS.test(before) && segment.length >= 12 && /\d/.test(segment) && !/\.[a-z0-9]{2,5}$/i.test(segment))
    return MASKED;
  return isOpaque(segment, 24) && !UUID.test(segment) && !/\.[a-z0-9]{2,5}$/i.test(segment) ? MASKED : segment;
}

function maskPair(pair: string): string {
  const at = pair.indexOf('=');
  if (at < 0) return isOpaque(pair, 16) ? MASKED : pair;
  const name = pair.slice(0, at);
  const value = pair.slice(at + 1);
  const hidden =
    value !== '' && (SECRET_NAME.test(name) || (isOpaque(value, 16) && !UUID.test(value)) || /@|%40/.test(value));
  return hidden ? `${name}=${MASKED}` : pair;
}

const maskFragment = (fragment: string) =>
  fragment.includes('=') ? fragment.split('&').map(maskPair).join('&') : isOpaque(fragment, 16) ? MASKED : fragment;

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** A text that nobody would choose as a name: long, of one piece, letters and digits in no order. */
function isOpaque(text: string, longer: number): boolean {
  if (text.length < longer || !/^[\w.~+/%=-]{1,8192}$/.test(text)) return false;
  if (/^eyJ[\w-]{5,}/.test(text)) return true;
  const digits = text.replace(/\D/g, '').length;
  return (
    digits >= 3 &&
    new Set(text).size >= 8 &&
    !/^[\d.:TZ+-]{1,40}$/.test(text) &&
    !/^[a-z]{2,20}(?:-[a-z]{2,20}){2,}/.test(text)
  );
}

/** Formats that are meant to be seen would still say whose they are: all are masked. */
function maskSecrets(text: string): string {
  let masked = '';
  let done = 0;
  for (const [start, end] of secretSpans(text)) {
    masked += `${text.slice(done, start)}${MASKED}`;
    done = end;
  }
  return `${masked}${text.slice(done)}`;
}

const EMAIL = /[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,6}/g;
const NAMED_SECRET =
  /\b((?:[\w-]{0,30}[_-])?(?:password|passwd|pwd|secret|token|api_?key|authorization|cookie|session(?:_?id)?|credential)["']{0,2}\s{0,3}[:=]\s{0,3}["']{0,2}(?:Bearer |Basic )?)[^\s"',;&<>]{3,2000}/gi;
const LONG = /[A-Za-z0-9_+/=-]{20,4096}/g;
/** What is masked must be seen whole before it is cut. */
const AHEAD = 600;

/** Text around a place, fit to be stored: on one line, without what could be used or could name a person, at most `max` characters. */
export function excerpt(text: string, at: number, max: number): string {
  const line = text.lastIndexOf('\n', at - 1) + 1;
  const start = at - line <= 120 ? Math.min(line, at) : at;
  const shown = plain(maskSecrets(text.slice(start, at + max + AHEAD)))
    .replace(NAMED_SECRET, `$1${MASKED}`)
    .replace(EMAIL, MASKED)
    // A path of a file is long too; it has slashes and few digits between them.
    .replace(LONG, (word) => (word.split('/').some((part) => isOpaque(part, 20)) ? MASKED : word))
    .replace(/\s{2,}/g, ' ')
    .trim();
  return shown.length <= max ? shown : `${shown.slice(0, Math.max(0, max - 1))}…`;
}

/** Without characters that could steer a terminal or turn the direction of writing. */
function plain(text: string): string {
  return text.replace(/[\p{Cc}\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/gu, ' ');
}
