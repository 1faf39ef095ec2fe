import { defineCheck, type Finding, fail, notVerified, pass } from '../../../model/check.ts';
import { isNonEmpty } from '../../../model/non-empty.ts';
import type { ObservationOf } from '../../../model/observation.ts';
import { tlsEndpoints } from '../../subjects.ts';
import { oneFindingEach } from '../one-finding-each.ts';
import { RENEW_CERTIFICATE_IN } from '../renew-certificate-in.ts';

type ProblemId = 'certificate-untrusted' | 'certificate-self-signed' | 'chain-incomplete' | 'chain-disordered';
type Chain = ObservationOf<'tls-chain'>;

export default defineCheck({
  id: 'certificate-trust',
  criterion: 'https',
  title: 'The certificate leads to a trusted root with what the server sends',
  why: 'Without a certificate that browsers trust, visitors see a warning, and learn to click it away: exactly what an attacker needs.',
  harms: ['account-takeover', 'data-exposure'],
  requirements: ['LR-014'],
  sources: ['OWASP ASVS 5.0, 12.2.2', 'RFC 8446, section 4.4.2', 'RFC 5280, section 6.1', 'RFC 9325, section 7.1'],
  standards: { asvs: ['12.2.2'], top10: ['A04'], cwe: [295], mvsp: ['2.2', '2.8'] },
  cannotSee: [
    'Whether the certificate was revoked.',
    'Root stores other than the one of this run; old phones know fewer roots.',
    'The certificate between the edge and the server behind it.',
    'Dates, names, keys: they have checks of their own.',
  ],
  needs: ['tls-chain'],
  evidenceLivesDays: 7,
  problems: {
    'certificate-untrusted': {
      severity: 'high',
      says: 'shows a certificate that leads to no root browsers trust',
      breaks: 'Every visitor gets a warning, and nobody can tell the portal from somebody in between.',
      fix: [
        'Get a certificate from a public authority (Let’s Encrypt, or the one of your platform) and let it renew by itself.',
        'Certificates of a company authority or of Cloudflare Origin CA are for servers behind an edge, never for visitors.',
      ],
      fixIn: RENEW_CERTIFICATE_IN,
    },
    'certificate-self-signed': {
      severity: 'high',
      says: 'shows a certificate that it signed itself',
      breaks: 'Anybody can make the same one; visitors cannot tell the portal from somebody in between.',
      fix: ['Get a certificate from a public authority (Let’s Encrypt, or the one of your platform).'],
      fixIn: RENEW_CERTIFICATE_IN,
    },
    'chain-incomplete': {
      severity: 'medium',
      says: 'does not send the intermediate certificate that leads to a root',
      breaks:
        'Some browsers help themselves, but apps, webhooks and other clients fail to connect, each for a reason hard to find.',
      fix: ['Give the server the full chain: leaf first, then every intermediate; `fullchain.pem`, not `cert.pem`.'],
      fixIn: {
        ...RENEW_CERTIFICATE_IN,
        cloudflare: ['Upload the custom certificate again with bundle method “Compatible”.'],
      },
    },
    'chain-disordered': {
      severity: 'low',
      says: 'sends certificates out of order, twice, or that belong to another chain',
      breaks: 'Strict clients refuse the connection, and every handshake carries dead weight.',
      fix: ['Send the leaf first, then each issuer once, in order; leave the rest out.'],
      fixIn: RENEW_CERTIFICATE_IN,
    },
  },
  unlock: 'Name a host that answers on port 443.',
  subjects: tlsEndpoints,
  judge({ 'tls-chain': chains }) {
    const findings = oneFindingEach(chains.flatMap(broken));
    if (isNonEmpty(findings)) return fail(findings);
    return chains.some(({ sent }) => sent.length === 0) ? notVerified('no certificate was sent') : pass(chains);
  },
});

function broken({ id, subject, sent, trust, misplaced }: Chain): Finding<ProblemId>[] {
  const [leaf] = sent;
  if (leaf === undefined) return [];
  const found = (problem: ProblemId, pointer: string, detail: string): Finding<ProblemId>[] => [
    { problem, subject, detail: detail.slice(0, 200), evidence: [{ observation: id, pointer }] },
  ];
  switch (trust) {
    case 'untrusted':
      return leaf.selfSigned
        ? found('certificate-self-signed', '/sent/0', leaf.subject)
        : found('certificate-untrusted', '/trust', `issued by ${leaf.issuer}`);
    case 'incomplete':
      return found('chain-incomplete', '/sent', `sent ${sent.length}; the issuer ${leaf.issuer} is not among them`);
    case 'sent':
      return misplaced > 0 ? found('chain-disordered', '/sent', `${misplaced} of ${sent.length} out of place`) : [];
  }
}
