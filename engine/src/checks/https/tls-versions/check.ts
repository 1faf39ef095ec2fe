import { defineCheck, type Finding, fail, notVerified, pass } from '../../../model/check.ts';
import { isNonEmpty } from '../../../model/non-empty.ts';
import { type ObservationOf, TLS_VERSIONS, type TlsVersion } from '../../../model/observation.ts';
import { tlsEndpoints } from '../../subjects.ts';
import { oneFindingEach } from '../one-finding-each.ts';

type ProblemId = 'ssl3-accepted' | 'old-tls-accepted' | 'tls13-missing';
type Offer = ObservationOf<'tls-offer'>;

const VERSIONS_IN = {
  nginx: ['ssl_protocols TLSv1.2 TLSv1.3;'],
  apache: ['SSLProtocol -all +TLSv1.2 +TLSv1.3'],
  caddy: ['tls {', '  protocols tls1.2 tls1.3', '}'],
  cloudflare: [
    'SSL/TLS → Edge Certificates → Minimum TLS Version: TLS 1.2',
    'SSL/TLS → Edge Certificates → TLS 1.3: on',
  ],
  cloudfront: ['ViewerCertificate:', '  MinimumProtocolVersion: TLSv1.2_2021'],
  vercel: ['Vercel speaks TLS 1.2 and 1.3 only: what we met stands in front of it. Let the DNS lead to Vercel itself.'],
  next: ['TLS ends in front of Next.js: set the versions there (nginx, Cloudflare).'],
  express: [
    'Best let a proxy end TLS. Where Node does it itself:',
    "https.createServer({ key, cert, minVersion: 'TLSv1.2' }, app)",
  ],
} as const;

export default defineCheck({
  id: 'tls-versions',
  criterion: 'https',
  title: 'Only TLS 1.2 and TLS 1.3 are spoken',
  why: 'Older versions of TLS have known holes. Browsers left them in 2020, so all that still needs them is an attacker.',
  harms: ['data-exposure', 'account-takeover'],
  requirements: ['LR-014'],
  sources: ['OWASP ASVS 5.0, 12.1.1', 'RFC 8996', 'RFC 7568', 'RFC 9325, section 3.1'],
  standards: { asvs: ['12.1.1'], top10: ['A04'], cwe: [326, 327, 757], mvsp: ['2.2', '2.8'] },
  cannotSee: [
    'SSL 2.0.',
    'The connection between the edge and the server behind it.',
    'Addresses of the host that we were not led to.',
  ],
  needs: ['tls-offer'],
  evidenceLivesDays: 7,
  problems: {
    'ssl3-accepted': {
      severity: 'critical',
      says: 'accepts SSL 3.0',
      breaks: 'Somebody on the way decrypts session cookies byte by byte (POODLE).',
      fix: ['Switch SSL 3.0 off: allow TLS 1.2 and TLS 1.3 only, at everything that ends TLS for this host.'],
      fixIn: VERSIONS_IN,
    },
    'old-tls-accepted': {
      severity: 'high',
      says: 'accepts TLS 1.0 or TLS 1.1',
      breaks:
        'Somebody on the way pushes an old client down to a version with known attacks; card and security reviews fail here.',
      fix: ['Allow TLS 1.2 and TLS 1.3 only, at everything that ends TLS for this host.'],
      fixIn: VERSIONS_IN,
    },
    'tls13-missing': {
      severity: 'low',
      says: 'does not speak TLS 1.3',
      breaks: 'Connections start slower and miss the protection that the current version has built in.',
      fix: ['Switch TLS 1.3 on; OpenSSL has it since 1.1.1.'],
      fixIn: VERSIONS_IN,
    },
  },
  unlock: 'Name a host that answers on port 443.',
  subjects: tlsEndpoints,
  judge({ 'tls-offer': offers }) {
    const findings = oneFindingEach(offers.flatMap(wrongVersions));
    if (isNonEmpty(findings)) return fail(findings);

    const unknown = TLS_VERSIONS.filter((version) => offers.some((offer) => answerTo(offer, version) === 'unanswered'));
    if (unknown.length > 0) return notVerified(`no answer to ${unknown.map(spoken).join(', ')}`);
    if (offers.some((offer) => accepted(offer).length === 0)) return notVerified('no version of TLS was accepted');
    return pass(offers);
  },
});

const answerTo = ({ versions }: Offer, wanted: TlsVersion) =>
  versions.find(({ version }) => version === wanted)?.is ?? 'unanswered';

const accepted = (offer: Offer) => TLS_VERSIONS.filter((version) => answerTo(offer, version) === 'accepted');

const spoken = (version: TlsVersion) => version.replace('SSLv3', 'SSL 3.0').replace('TLSv', 'TLS ');

function wrongVersions(offer: Offer): Finding<ProblemId>[] {
  const all = accepted(offer);
  const old = all.filter((version) => version === 'TLSv1.0' || version === 'TLSv1.1');
  // A refusal counts only next to something that works.
  const lacks13 = all.includes('TLSv1.2') && answerTo(offer, 'TLSv1.3') === 'refused';
  return [
    ...(all.includes('SSLv3') ? [found('ssl3-accepted', offer, 'SSL 3.0')] : []),
    ...(old.length > 0 ? [found('old-tls-accepted', offer, old.map(spoken).join(', '))] : []),
    ...(lacks13 ? [found('tls13-missing', offer, `accepted: ${all.map(spoken).join(', ')}`)] : []),
  ];
}

const found = (problem: ProblemId, { id, subject }: Offer, detail: string): Finding<ProblemId> => ({
  problem,
  subject,
  detail,
  evidence: [{ observation: id, pointer: '/versions' }],
});
