import { defineCheck, type Finding, fail, notVerified, pass } from '../../../model/check.ts';
import { isNonEmpty } from '../../../model/non-empty.ts';
import type { ObservationOf } from '../../../model/observation.ts';
import { classOfTlsSuite, tlsSuiteName } from '../../../parsers/tls-suites.ts';
import { tlsEndpoints } from '../../subjects.ts';
import { oneFindingEach } from '../one-finding-each.ts';

type ProblemId = 'weak-suite-accepted' | 'legacy-suite-accepted';
type Offer = ObservationOf<'tls-offer'>;

/** Names in one finding; the rest is counted. Ours: what a reader takes in. */
const NAMED_MAX = 6;

const SUITES_IN = {
  nginx: [
    'ssl_ciphers ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-RSA-AES256-GCM-SHA384:ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305;',
    'ssl_prefer_server_ciphers off;',
  ],
  apache: [
    'SSLCipherSuite ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-RSA-AES256-GCM-SHA384:ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305',
  ],
  caddy: ['Remove `ciphers` from the `tls` block: the suites that Caddy picks itself are sound.'],
  cloudflare: [
    'SSL/TLS → Edge Certificates → Cipher suites → Modern (with Advanced Certificate Manager). Without it:',
    'SSL/TLS → Edge Certificates → Minimum TLS Version: TLS 1.2 takes away the weak ones, TLS 1.3 the legacy ones too.',
  ],
  cloudfront: ['ViewerCertificate:', '  MinimumProtocolVersion: TLSv1.2_2021'],
  vercel: [
    'Suites cannot be set at Vercel and are sound: what we met stands in front of it. Let the DNS lead to Vercel itself.',
  ],
  next: ['TLS ends in front of Next.js: set the suites there (nginx, Cloudflare).'],
  express: [
    'Best let a proxy end TLS. Where Node does it itself:',
    "https.createServer({ key, cert, ciphers: 'TLS_AES_128_GCM_SHA256:TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256:ECDHE+AESGCM:ECDHE+CHACHA20' }, app)",
  ],
} as const;

export default defineCheck({
  id: 'tls-suites',
  criterion: 'https',
  title: 'Every accepted cipher suite is strong and forward secret',
  why: 'A cipher suite is the lock on each connection. One weak lock that is still accepted can be chosen by whoever sits in between.',
  harms: ['data-exposure', 'account-takeover'],
  requirements: ['LR-014'],
  sources: [
    'OWASP ASVS 5.0, 12.1.2',
    'RFC 9325, sections 4.1 and 4.2',
    'RFC 7465',
    'Mozilla Server Side TLS 6.0, intermediate',
  ],
  standards: { asvs: ['12.1.2'], top10: ['A04'], cwe: [326, 327], mvsp: ['2.2', '2.8'] },
  cannotSee: [
    'Groups and key sizes of the key agreement.',
    'The connection between the edge and the server behind it.',
    'Whether the server prefers the strongest suite: clients of today choose well among strong ones.',
  ],
  needs: ['tls-offer'],
  evidenceLivesDays: 7,
  problems: {
    'weak-suite-accepted': {
      severity: 'high',
      says: 'accepts cipher suites that are broken (no encryption, no proof of who answers, export keys, RC4, DES or 3DES)',
      breaks: 'Whoever sits in between gets a connection that can be read or forged.',
      fix: ['Allow only ECDHE suites with AES-GCM or ChaCha20-Poly1305, at everything that ends TLS for this host.'],
      fixIn: SUITES_IN,
    },
    'legacy-suite-accepted': {
      severity: 'low',
      says: 'accepts legacy cipher suites (CBC, or no forward secrecy)',
      breaks:
        'Traffic recorded today can be read once the key of the server leaks, and CBC suites have had one attack after the other.',
      fix: [
        'Leave out every suite that is not ECDHE with AES-GCM or ChaCha20-Poly1305; all browsers since 2015 speak these.',
      ],
      fixIn: SUITES_IN,
    },
  },
  unlock: 'Name a host that answers on port 443.',
  subjects: tlsEndpoints,
  judge({ 'tls-offer': offers }) {
    const findings = oneFindingEach(offers.flatMap(poorSuites));
    if (isNonEmpty(findings)) return fail(findings);
    const because = offers.map(gapIn).find((gap) => gap !== undefined);
    return because === undefined ? pass(offers) : notVerified(because);
  },
});

function poorSuites({ id, subject, suites }: Offer): Finding<ProblemId>[] {
  const found = (problem: ProblemId, codes: readonly number[], at: number): Finding<ProblemId> => ({
    problem,
    subject,
    detail: namesOf(codes),
    evidence: [{ observation: id, pointer: `/suites/${at}/accepted` }],
  });
  return suites.flatMap(({ version, accepted }, at) => {
    const weak = accepted.filter((code) => classOfTlsSuite(code) === 'weak');
    // Versions before TLS 1.2 know nothing better: there the version is the problem (tls-versions).
    const isOfToday = version === 'TLSv1.2' || version === 'TLSv1.3';
    const legacy = isOfToday ? accepted.filter((code) => classOfTlsSuite(code) === 'legacy') : [];
    return [
      ...(weak.length > 0 ? [found('weak-suite-accepted', weak, at)] : []),
      ...(legacy.length > 0 ? [found('legacy-suite-accepted', legacy, at)] : []),
    ];
  });
}

function namesOf(codes: readonly number[]): string {
  const names = [...codes].sort((a, b) => a - b).map(tlsSuiteName);
  const more = names.length - NAMED_MAX;
  return names.slice(0, NAMED_MAX).join(', ') + (more > 0 ? ` and ${more} more` : '');
}

/** Why the list of accepted suites may be longer than what we saw. */
function gapIn({ versions, suites }: Offer): string | undefined {
  const accepted = versions.filter(({ is }) => is === 'accepted');
  if (accepted.length === 0) return 'no version of TLS was accepted';
  const unanswered = versions.find(({ is }) => is === 'unanswered');
  if (unanswered !== undefined) return `no answer to ${unanswered.version}`;
  const cut = accepted.find(({ version }) => {
    const list = suites.find((one) => one.version === version);
    return list === undefined || !list.complete || list.accepted.length === 0;
  });
  return cut && `the suites of ${cut.version} were not listed to the end`;
}
