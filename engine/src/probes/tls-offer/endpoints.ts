import { isIP } from 'node:net';
import { ofKind } from '../../model/observation.ts';
import { tlsSubject } from '../../model/subject.ts';
import type { Action, View } from '../probe.ts';

/** The port of HTTPS (RFC 9110, section 4.2.2). */
const HTTPS_PORT = 443;

/** Handshakes of all probes together that one endpoint has to bear, retries included. Source: what `looks` allows without a proof of ownership. */
export const HANDSHAKES_PER_ENDPOINT_MAX = 60;
/** Of these, one and its two retries are for reading the certificates. */
export const CHAIN_HANDSHAKES_MAX = 3;

/** A TLS endpoint of the target. */
export interface TlsAction extends Action {
  readonly host: string;
  readonly port: number;
  readonly address: string | null;
}

/** One action for each host that has, as far as we know, an address. */
export function tlsActions({ given, seen }: View, probe: string, says: string): TlsAction[] {
  const gone = new Map<string, Set<string>>();
  for (const { host, type, is } of ofKind('dns-answer', seen)) {
    if (is === 'no-such-name') gone.set(host, (gone.get(host) ?? new Set()).add(type));
  }
  const hosts = new Set(given.hosts.map(({ host }) => host));
  return [...hosts]
    .filter((host) => !(gone.get(host)?.has('A') && gone.get(host)?.has('AAAA')))
    .map((host) => ({
      id: `${probe} ${host}:${HTTPS_PORT}`,
      template: probe,
      subjects: [tlsSubject(host, HTTPS_PORT)],
      endpoint: `${host}:${HTTPS_PORT}`,
      says: `${says} ${host}:${HTTPS_PORT}`,
      host,
      port: HTTPS_PORT,
      address: null,
    }));
}

/** The name for SNI; null for an address, which must not be sent (RFC 6066, section 3). */
export function serverNameOf(host: string): string | null {
  return isIP(host.replace(/^\[(.*)\]$/, '$1')) === 0 ? host : null;
}
