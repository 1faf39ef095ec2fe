import type { Given } from '../model/given.ts';
import { parseUrl } from '../parsers/url.ts';

/** Scheme, host and port that stand for the portal: the canonical host when the owner has named one. */
export function canonicalOrigin({ url, canonicalHost }: Given): string {
  const given = new URL(url); // checked when the target file was read
  return canonicalHost === null || canonicalHost === given.hostname || canonicalHost === given.host
    ? given.origin
    : `${given.protocol}//${canonicalHost}`;
}

export const canonicalHostOf = (given: Given): string => new URL(canonicalOrigin(given)).hostname;

export function isOnTarget({ hosts, url }: Given, wanted: string): boolean {
  const parsed = parseUrl(wanted);
  if (parsed === undefined || !parsed.scheme.startsWith('http')) return false;
  return [...hosts.map(({ host }) => host), new URL(url).hostname].includes(parsed.hostname);
}

/** The same name with `www.` or without it. */
export const siblingOf = (host: string): string => (host.startsWith('www.') ? host.slice(4) : `www.${host}`);

/** `host:port`, as the wire counts it. */
export function endpointOf(url: string): string {
  const { hostname, port, protocol } = new URL(url);
  return `${hostname}:${port === '' ? (protocol === 'https:' ? 443 : 80) : port}`;
}
