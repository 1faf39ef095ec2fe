import type { ObstacleReason } from '../../model/observation.ts';
import { WireTrouble } from './wire.ts';

const REASONS: Readonly<Record<string, ObstacleReason>> = {
  ECONNREFUSED: 'refused',
  EHOSTUNREACH: 'no-route',
  EHOSTDOWN: 'no-route',
  ENETUNREACH: 'no-route',
  ENETDOWN: 'no-route',
  EADDRNOTAVAIL: 'no-route', // no address of this family here
  EAFNOSUPPORT: 'no-route',
  EACCES: 'no-route', // a firewall of ours
  EPERM: 'no-route',
  ECONNRESET: 'reset',
  ECONNABORTED: 'reset',
  EPIPE: 'reset',
  ETIMEDOUT: 'timed-out',
  HPE_HEADER_OVERFLOW: 'too-large',
  EPROTO: 'malformed',
  ERR_TLS_CERT_ALTNAME_INVALID: 'untrusted-certificate',
};

const SHAPES: readonly (readonly [code: RegExp, reason: ObstacleReason])[] = [
  [/^HPE_/, 'malformed'],
  [/^(Z_|ERR__?ERROR|ERR_?_BROTLI|BROTLI_|ZSTD_|ERR_ZSTD)/, 'malformed'],
  // The server said no to our handshake, in an alert.
  [/^ERR_SSL_.*ALERT/, 'refused'],
  [/^ERR_(SSL|OSSL)_/, 'malformed'],
  // Names of OpenSSL's X509_V_ERR codes, as Node gives them.
  [
    /^(CERT_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|CRL_|INVALID_|PATH_LENGTH_|HOSTNAME_MISMATCH|ERROR_IN_)/,
    'untrusted-certificate',
  ],
];

/** What a network error means for a run. Anything we do not know is our bug, so it is thrown on as it is. */
export function troubleOf(cause: unknown, at: string): WireTrouble {
  if (cause instanceof WireTrouble) return cause;
  const code = codeOf(cause);
  const reason = REASONS[code] ?? SHAPES.find(([shape]) => shape.test(code))?.[1];
  if (reason === undefined) throw cause;
  return new WireTrouble(reason, `${at}: ${code}`, { cause });
}

function codeOf(cause: unknown): string {
  return cause instanceof Error && 'code' in cause && typeof cause.code === 'string' ? cause.code : '';
}

const NO_CONNECTION = 'no connection within';
export const noConnection = (ms: number) => new WireTrouble('timed-out', `${NO_CONNECTION} ${ms} ms`);

/** Nothing was sent yet, so the next address may be tried. */
export const isUnconnected = ({ reason, message }: WireTrouble): boolean =>
  reason === 'refused' || reason === 'no-route' || (reason === 'timed-out' && message.startsWith(NO_CONNECTION));

/** The target's slowness or our own pace: either way it was not seen. */
export const stepOver = () => new WireTrouble('timed-out', 'the time for this step of the plan was over');
