/** What we use of the WHATWG URL parser. It neither waits nor reaches out, so a pure folder may name it. */
interface UrlRecord {
  readonly href: string;
  readonly origin: string;
  readonly protocol: string;
  readonly username: string;
  readonly password: string;
  readonly host: string;
  readonly hostname: string;
  readonly port: string;
  readonly pathname: string;
  readonly search: string;
  readonly hash: string;
}
declare const URL: new (text: string, base?: string) => UrlRecord;

/** Longer texts are no addresses: data URLs and the like. Servers commonly refuse above 8 KiB (RFC 9110, section 4.1). */
const URL_CHARACTERS_MAX = 8192;

/** A parsed address. Source: WHATWG URL, section 4. */
export interface ParsedUrl {
  readonly href: string;
  readonly origin: string;
  /** Without the colon: `https`. */
  readonly scheme: string;
  /** Host name and, unless it is the scheme's own, port. */
  readonly host: string;
  readonly hostname: string;
  readonly port: number;
  readonly path: string;
  /** With its question mark, or empty. */
  readonly query: string;
  /** With its hash, or empty. */
  readonly fragment: string;
  readonly hasUserinfo: boolean;
}

const DEFAULT_PORTS: Readonly<Record<string, number>> = { http: 80, https: 443, ws: 80, wss: 443, ftp: 21 };

/** The address that a text stands for, or undefined when it is none. */
export function parseUrl(text: string, base?: string): ParsedUrl | undefined {
  if (text.length > URL_CHARACTERS_MAX) return undefined;
  try {
    const url = base === undefined ? new URL(text) : new URL(text, base);
    const scheme = url.protocol.slice(0, -1);
    return {
      href: url.href,
      origin: url.origin,
      scheme,
      host: url.host,
      hostname: url.hostname,
      port: url.port === '' ? (DEFAULT_PORTS[scheme] ?? 0) : Number(url.port),
      path: url.pathname,
      query: url.search,
      fragment: url.hash,
      hasUserinfo: url.username !== '' || url.password !== '',
    };
  } catch {
    return undefined;
  }
}

const REACHABLE = new Set(['http', 'https', 'ws', 'wss']);

/** Absolute form of a reference that a browser would fetch, without its fragment; undefined for data:, mailto: and nonsense. */
export function resolveUrl(reference: string, base: string): string | undefined {
  const url = parseUrl(reference.trim(), base);
  if (url === undefined || !REACHABLE.has(url.scheme) || url.hostname === '') return undefined;
  return url.fragment === '' ? url.href.replace(/#$/, '') : url.href.slice(0, -url.fragment.length);
}

/** Same host name, whatever scheme and port. */
export function sameHost(one: string, other: string): boolean {
  const a = parseUrl(one);
  return a !== undefined && a.hostname !== '' && a.hostname === parseUrl(other)?.hostname;
}

/** Same scheme, host and port (RFC 6454, section 5). An opaque origin is never the same. */
export function sameOrigin(one: string, other: string): boolean {
  const a = parseUrl(one);
  return a !== undefined && a.origin !== 'null' && a.origin === parseUrl(other)?.origin;
}

/** Addresses of this machine itself, which browsers trust over plain HTTP. Source: W3C Secure Contexts, section 3.1. */
export function isLoopback(hostname: string): boolean {
  return /^(?:(?:[a-z0-9-]{1,63}\.){0,4}localhost\.?|127\.\d{1,3}\.\d{1,3}\.\d{1,3}|\[::1\])$/.test(hostname);
}

/** Names and values of a query as they stand in it, neither decoded nor merged. */
export function queryPairs(query: string): (readonly [name: string, value: string])[] {
  return query
    .replace(/^\?/, '')
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair) => {
      const at = pair.indexOf('=');
      return at < 0 ? [pair, ''] : [pair.slice(0, at), pair.slice(at + 1)];
    });
}

/**
 * The address that a reference would be fetched from in plain text, by a page that itself came securely; else undefined.
 * Loopback counts as secure (W3C Mixed Content, section 4.1), and so does whatever merely inherits the page's scheme.
 */
export function insecureUrl(reference: string, base: string): string | undefined {
  const url = parseUrl(reference.trim(), base.replace(/^http:/i, 'https:').replace(/^ws:/i, 'wss:'));
  if (url === undefined || (url.scheme !== 'http' && url.scheme !== 'ws') || isLoopback(url.hostname)) return undefined;
  return url.href;
}
