import type { X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import tls, { type ConnectionOptions, type TLSSocket } from 'node:tls';
import { chainOf } from '../tls-chain/trust.ts';
import { WireTrouble } from './wire.ts';

/** Certificates followed from the leaf. Real chains have four at most. */
const CHAIN_MAX = 10;

/** What OpenSSL says of a certificate that is only too old or too new, by the machine's clock. */
const OF_THE_CLOCK = new Set(['CERT_HAS_EXPIRED', 'CERT_NOT_YET_VALID']);

export interface TrustAt {
  readonly host: string;
  /** Roots as PEM. */
  readonly roots: readonly string[];
  readonly now: Date;
}

/**
 * Connects, and hands the connection over once its certificate is known to be good at a given moment.
 * OpenSSL asks the machine's clock, and Node cannot tell it another; a rehearsal has its own.
 */
export function connectTrusted(
  options: ConnectionOptions,
  at: TrustAt,
  done: (cause: Error | null, socket?: TLSSocket) => void,
) {
  const socket = tls.connect({ ...options, rejectUnauthorized: false });
  const fail = (cause: Error) => {
    socket.destroy();
    done(cause);
  };
  socket.once('error', fail);
  socket.once('secureConnect', () => {
    socket.off('error', fail);
    const problem = whyUntrusted(socket, at);
    if (problem === null) done(null, socket);
    else fail(new WireTrouble('untrusted-certificate', `connecting: ${problem}`));
  });
  return socket;
}

function whyUntrusted(socket: TLSSocket, { host, roots, now }: TrustAt): string | null {
  const leaf = socket.getPeerX509Certificate();
  if (leaf === undefined) return 'no certificate was sent';
  const sent: X509Certificate[] = [];
  for (
    let one: X509Certificate | undefined = leaf;
    one !== undefined && sent.length < CHAIN_MAX;
    one = one.issuerCertificate
  ) {
    if (sent.some(({ fingerprint256 }) => fingerprint256 === one?.fingerprint256)) break;
    sent.push(one);
  }
  const named = isIP(host) === 0 ? leaf.checkHost(host, { subject: 'never' }) : leaf.checkIP(host);
  if (named === undefined) return 'ERR_TLS_CERT_ALTNAME_INVALID';
  if (sent.some(({ validToDate }) => validToDate < now)) return 'CERT_HAS_EXPIRED';
  if (sent.some(({ validFromDate }) => validFromDate > now)) return 'CERT_NOT_YET_VALID';
  if (socket.authorized) return null;
  const said = String(socket.authorizationError);
  return OF_THE_CLOCK.has(said) && chainOf(sent, roots).trust === 'sent' ? null : said;
}
