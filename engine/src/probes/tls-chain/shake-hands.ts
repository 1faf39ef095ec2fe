import { constants, type X509Certificate } from 'node:crypto';
import type { Socket } from 'node:net';
import tls from 'node:tls';
import type { ObstacleReason } from '../../model/observation.ts';
import { troubleOf } from '../wire/trouble-of.ts';

export type Handshake =
  | { readonly is: 'done'; readonly protocol: string; readonly sent: readonly X509Certificate[] }
  | { readonly is: 'failed'; readonly reason: ObstacleReason; readonly detail: string };

/** A chain of more certificates than this is read no further. Source: OpenSSL's own limit for verification is 100. */
const SENT_MAX = 100;

/** Takes any certificate and any strength, since it wants to see and trusts nothing. The connection is given up in any case. */
export function shakeHands(
  socket: Socket,
  serverName: string | null,
  answerMs: number,
  signal: AbortSignal,
): Promise<Handshake> {
  return new Promise((resolve, reject) => {
    const secure = tls.connect({
      socket,
      ...(serverName === null ? {} : { servername: serverName }),
      rejectUnauthorized: false,
      // Weak keys, old versions and old habits must not hide the certificate that goes with them.
      ciphers: 'DEFAULT:@SECLEVEL=0',
      minVersion: 'TLSv1',
      minDHSize: 1,
      secureOptions: constants.SSL_OP_LEGACY_SERVER_CONNECT,
      ALPNProtocols: ['h2', 'http/1.1'],
    });
    let early: readonly X509Certificate[] = [];
    let earlyProtocol = 'unknown';
    const over = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
      secure.destroy();
      socket.destroy();
    };
    const end = (handshake: Handshake) => {
      over();
      resolve(handshake);
    };
    const failWith = (cause: Error) => {
      try {
        end({ is: 'failed', ...tellWhy(cause) });
      } catch (unknown) {
        over();
        reject(unknown);
      }
    };
    const onAbort = () => end({ is: 'failed', reason: 'timed-out', detail: `no TLS handshake within ${answerMs} ms` });
    const timer = setTimeout(onAbort, answerMs);
    signal.addEventListener('abort', onAbort, { once: true });
    // Up to TLS 1.2 a server that wants a certificate of ours breaks off. By the time the keys are made, it has shown its own.
    secure.on('keylog', (line) => {
      if (early.length > 0 || !line.toString('latin1').startsWith('CLIENT_RANDOM ')) return;
      early = sentOver(secure);
      earlyProtocol = protocolOf(secure);
    });
    secure.once('secureConnect', () =>
      end({ is: 'done', protocol: protocolOf(secure), sent: early.length > 0 ? early : sentOver(secure) }),
    );
    secure.on('error', (cause) => {
      if (early.length > 0) end({ is: 'done', protocol: earlyProtocol, sent: early });
      else failWith(cause);
    });
    secure.once('close', () => end({ is: 'failed', reason: 'reset', detail: 'closed during the TLS handshake' }));
    if (signal.aborted) onAbort();
  });
}

const protocolOf = (secure: tls.TLSSocket) => secure.getProtocol() ?? 'unknown';

/**
 * `getPeerCertificate(true)` fills the chain up from the trust store; this walk shows what came over the wire, in its order.
 * Once for each connection: Node takes the leaf out of OpenSSL's list, so that a second walk finds fewer.
 */
function sentOver(secure: tls.TLSSocket): X509Certificate[] {
  const sent: X509Certificate[] = [];
  let next = secure.getPeerX509Certificate();
  while (next !== undefined && sent.length < SENT_MAX) {
    sent.push(next);
    next = next.issuerCertificate;
  }
  return sent;
}

/** OpenSSL's words for what it cannot do, in ours. */
const TROUBLE: readonly (readonly [code: RegExp, reason: ObstacleReason, detail: string])[] = [
  [/^(?:ECONNRESET|EPIPE|ECONNABORTED)$/, 'reset', 'the connection was reset during the TLS handshake'],
  [
    /UNSUPPORTED_PROTOCOL|ALERT_PROTOCOL_VERSION|WRONG_SSL_VERSION/,
    'malformed',
    'only versions of TLS are spoken that are too old to read the certificate with (SSLv3 or older)',
  ],
  [/WRONG_VERSION_NUMBER|HTTP_REQUEST|PACKET_LENGTH_TOO_LONG/, 'malformed', 'the answer to a TLS handshake is no TLS'],
  [
    /NO_CIPHERS_AVAILABLE|ALERT_HANDSHAKE_FAILURE|NO_SHARED_CIPHER|WRONG_CIPHER_RETURNED|UNKNOWN_CIPHER_RETURNED/,
    'malformed',
    'no suite in common: only suites are taken that are too old to read the certificate with',
  ],
  [/ALERT_UNRECOGNIZED_NAME|UNRECOGNIZED_NAME/, 'refused', 'the server does not know this name'],
  [/CERTIFICATE_REQUIRED/, 'refused', 'the server wants a client certificate'],
];

function tellWhy(cause: Error): { reason: ObstacleReason; detail: string } {
  const code = 'code' in cause && typeof cause.code === 'string' ? cause.code : '';
  const known = TROUBLE.find(([shape]) => shape.test(code));
  if (known !== undefined) return { reason: known[1], detail: `${known[2]} (${code})` };
  const { reason, message } = troubleOf(cause, 'TLS handshake');
  return { reason, detail: message };
}
