import { createHash, type X509Certificate } from 'node:crypto';
import type { Certificate, Obstacle } from '../../model/observation.ts';
import { parseCertificate } from '../../parsers/x509.ts';
import { defineProbe, mark } from '../probe.ts';
import { CHAIN_HANDSHAKES_MAX, serverNameOf, type TlsAction, tlsActions } from '../tls-offer/endpoints.ts';
import { shakeHands } from './shake-hands.ts';
import { chainOf } from './trust.ts';

const ID = 'tls-chain';

/** Longest wait for a whole handshake, ms. Ours: many times what a slow server needs. */
const HANDSHAKE_MS_MAX = 10_000;

/** The certificates an endpoint sends, as it sends them. It takes bad ones on purpose: judging them is a check's work. */
export default defineProbe<TlsAction>({
  id: ID,
  stage: 'outside',
  effect: 'looks',
  budgetMs: 20_000,
  templates: ({ hosts }) => [
    {
      id: ID,
      says: 'TLS handshake with {host}:443, to read the certificates',
      unit: 'handshakes',
      ceiling: CHAIN_HANDSHAKES_MAX * hosts.length,
    },
  ],
  plan: (view) => tlsActions(view, ID, 'TLS handshake with'),
  async *run({ host, port, address, subjects: [subject] }, context, signal) {
    const obstacle = (reason: Obstacle['reason'], detail: string): Obstacle => ({
      kind: 'obstacle',
      ...mark(context, subject, `obstacle: ${subject} ${ID}`),
      reason,
      detail: detail.slice(0, 300),
    });
    const socket = await context.wire.connect({ template: ID, host, port, address }, signal);
    const handshake = await shakeHands(socket, serverNameOf(host), HANDSHAKE_MS_MAX, signal);
    if (handshake.is === 'failed') {
      yield obstacle(handshake.reason, handshake.detail);
      return;
    }
    const sent = handshake.sent.map(factsOf);
    if (sent.length === 0) {
      yield obstacle('malformed', 'the server sent no certificate');
      return;
    }
    const unread = sent.indexOf(undefined);
    if (unread >= 0) {
      yield obstacle('malformed', `certificate ${unread + 1} of ${sent.length} cannot be read`);
      return;
    }
    yield {
      kind: 'tls-chain',
      ...mark(context, subject, `${subject} ${ID}`),
      host,
      port,
      address,
      protocol: handshake.protocol,
      sent: sent.filter((facts) => facts !== undefined),
      ...chainOf(handshake.sent, context.trust),
    };
  },
});

function factsOf({ raw }: X509Certificate): Certificate | undefined {
  const facts = parseCertificate(raw);
  return facts && { ...facts, fingerprint: createHash('sha256').update(raw).digest('hex') };
}
