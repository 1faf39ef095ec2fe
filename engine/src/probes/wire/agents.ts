import http from 'node:http';
import https from 'node:https';
import { isIP } from 'node:net';
import tls from 'node:tls';
import type { RequestLine } from './request-line.ts';
import { connectTrusted } from './trusted-at.ts';

/** Idle connections kept per peer. Pacing keeps concurrency at about that. */
const IDLE_MAX = 4;

/** Kept connections, one pool per name, peer and trust, so that no answer comes from a connection made for another name. */
export interface Agents {
  readonly optionsFor: (
    line: RequestLine,
    peer: { readonly ip: string; readonly port: number },
    secret: boolean,
  ) => https.RequestOptions;
  readonly close: () => void;
}

/** Beyond that, the run's clock is not the machine's, and trust is judged by the run's, ms. */
const CLOCK_SKEW_MS_MAX = 60_000;

export function createAgents(trust: readonly string[], now: () => Date): Agents {
  const pools = new Map<string, http.Agent | https.Agent>();
  const poolFor = (line: RequestLine, peer: string, secret: boolean): http.Agent | https.Agent => {
    const key = `${line.scheme} ${line.host}:${line.port} ${peer} ${secret}`;
    const kept = pools.get(key);
    if (kept !== undefined) return kept;
    const settings = { keepAlive: true, maxFreeSockets: IDLE_MAX };
    const pool =
      line.scheme === 'http' ? new http.Agent(settings) : new https.Agent({ ...settings, ...tlsFor(line, secret) });
    if (line.scheme === 'https' && secret && Math.abs(now().getTime() - Date.now()) > CLOCK_SKEW_MS_MAX) {
      const roots = trust.length > 0 ? trust : tls.rootCertificates;
      // Without a socket given back at once, nothing is written before `done` is called.
      pool.createConnection = (options, done) => {
        // The cast holds: an agent for https hands on the options of a TLS connection.
        connectTrusted(options as tls.ConnectionOptions, { host: line.host, roots, now: now() }, (cause, socket) => {
          // The casts hold: Node calls back with an error or a socket, never both, as its own types fail to say.
          if (cause === null) done?.(null, socket as tls.TLSSocket);
          else done?.(cause, undefined as never);
        });
        return undefined;
      };
    }
    pools.set(key, pool);
    return pool;
  };
  const tlsFor = ({ host }: RequestLine, secret: boolean): tls.ConnectionOptions => ({
    servername: isIP(host) === 0 ? host : '',
    ...(trust.length > 0 ? { ca: [...trust] } : {}),
    checkServerIdentity: (_, certificate) => tls.checkServerIdentity(host, certificate),
    rejectUnauthorized: secret,
    // To look at a portal we take what it offers, however old: judging that is a check's work. Credentials only go over what Node trusts.
    ...(secret ? {} : { minVersion: 'TLSv1', ciphers: `${tls.DEFAULT_CIPHERS}:@SECLEVEL=0` }),
  });
  return {
    optionsFor: (line, peer, secret) => ({
      agent: poolFor(line, `${peer.ip}:${peer.port}`, secret),
      host: peer.ip,
      port: peer.port,
      ...(line.scheme === 'https' ? tlsFor(line, secret) : {}),
    }),
    close: () => {
      for (const pool of pools.values()) pool.destroy();
      pools.clear();
    },
  };
}
