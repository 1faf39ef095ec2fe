import { defineCheck, fail, notVerified, pass } from '../../../model/check.ts';
import { isNonEmpty } from '../../../model/non-empty.ts';
import { matchesHost } from '../../../parsers/x509.ts';
import { tlsEndpoints } from '../../subjects.ts';
import { oneFindingEach } from '../one-finding-each.ts';
import { RENEW_CERTIFICATE_IN } from '../renew-certificate-in.ts';

/** Names shown in one finding. Ours: enough to see whose certificate it is. */
const NAMED_MAX = 5;

export default defineCheck({
  id: 'certificate-names',
  criterion: 'https',
  title: 'The certificate names the host it stands for',
  why: 'A certificate proves who answers. One that names somebody else proves nothing, and every browser says so in red.',
  harms: ['account-takeover', 'downtime'],
  requirements: ['LR-014', 'LR-066'],
  sources: ['OWASP ASVS 5.0, 12.2.2', 'RFC 9525, section 6'],
  standards: { asvs: ['12.2.2'], top10: ['A04'], cwe: [297], mvsp: ['2.2'] },
  cannotSee: ['Hosts that the target file does not name.', 'Names that are only needed at other addresses of a host.'],
  needs: ['tls-chain'],
  evidenceLivesDays: 7,
  problems: {
    'certificate-name-mismatch': {
      severity: 'high',
      says: 'shows a certificate that does not name this host',
      breaks: 'Visitors get a warning in place of the portal; who clicks it away cannot tell it from a copy.',
      fix: [
        'Issue the certificate for every host that is reached: the bare domain, `www`, and each subdomain.',
        'A wildcard stands for one level only: `*.portal.example` covers neither `portal.example` nor `a.b.portal.example`.',
      ],
      fixIn: RENEW_CERTIFICATE_IN,
    },
  },
  unlock: 'Name a host that answers on port 443.',
  subjects: tlsEndpoints,
  judge({ 'tls-chain': chains }) {
    if (chains.some(({ sent }) => sent.length === 0)) return notVerified('no certificate was sent');
    // The common name has counted for nothing since RFC 9525, so a certificate without names fits no host.
    const findings = oneFindingEach(
      chains
        .filter(({ sent, host }) => !matchesHost(sent[0]?.names ?? [], host))
        .map(({ id, subject, sent }) => ({
          problem: 'certificate-name-mismatch' as const,
          subject,
          detail: `named: ${namesOf(sent[0]?.names ?? [])}`,
          evidence: [{ observation: id, pointer: '/sent/0/names' }] as const,
        })),
    );
    return isNonEmpty(findings) ? fail(findings) : pass(chains);
  },
});

function namesOf(names: readonly string[]): string {
  if (names.length === 0) return 'nothing';
  const more = names.length - NAMED_MAX;
  const shown = names.slice(0, NAMED_MAX).map((name) => name.slice(0, 60));
  return shown.join(', ') + (more > 0 ? ` and ${more} more` : '');
}
