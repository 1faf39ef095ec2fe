import { defineCheck, type Finding, fail, notVerified, pass } from '../../../model/check.ts';
import { isNonEmpty } from '../../../model/non-empty.ts';
import type { ObservationOf } from '../../../model/observation.ts';
import { tlsEndpoints } from '../../subjects.ts';
import { oneFindingEach } from '../one-finding-each.ts';
import { RENEW_CERTIFICATE_IN } from '../renew-certificate-in.ts';

type ProblemId =
  | 'certificate-expired'
  | 'certificate-not-yet-valid'
  | 'certificate-expires-soon'
  | 'certificate-lives-too-long';
type Chain = ObservationOf<'tls-chain'>;

const DAY_MS = 86_400_000;

/** Days that should be left. Source: LR-014. */
const DAYS_LEFT_MIN = 21;

/**
 * Share of its lifetime that should be left where that is fewer days: certificates of 47 and of 6 days are sound, and
 * renewal begins at this point. Sources: CA/Browser Forum SC-081v3; Let's Encrypt, integration guide ("renew at two thirds").
 */
const SHARE_LEFT_MIN = 1 / 3;

/** Longest lifetime by day of issue, newest first. Source: CA/Browser Forum Baseline Requirements 6.3.2, ballots SC-031 and SC-081v3. */
const LIFETIME_DAYS_MAX: readonly (readonly [since: string, days: number])[] = [
  ['2029-03-15', 47],
  ['2027-03-15', 100],
  ['2026-03-15', 200],
  ['2020-09-01', 398],
  ['2018-03-01', 825],
];

export default defineCheck({
  id: 'certificate-dates',
  criterion: 'https',
  title: 'The certificate is in date, with time left to renew it',
  why: 'On the day a certificate runs out the portal is down for everybody, whatever else works.',
  harms: ['downtime', 'account-takeover'],
  requirements: ['LR-014'],
  sources: [
    'OWASP ASVS 5.0, 12.2.2',
    'RFC 5280, section 4.1.2.5',
    'CA/Browser Forum ballot SC-081v3',
    'CA/Browser Forum Baseline Requirements, 6.3.2',
  ],
  standards: { asvs: ['12.2.2'], top10: ['A04'], cwe: [298, 324], mvsp: ['2.2'] },
  cannotSee: [
    'Whether renewal is automatic: only that there is time left.',
    'Dates of intermediates: they belong to the authority, and a chain that needs an expired one leads to no root.',
  ],
  needs: ['tls-chain'],
  evidenceLivesDays: 7,
  problems: {
    'certificate-expired': {
      severity: 'high',
      says: 'shows a certificate that has expired',
      breaks: 'Browsers keep everybody out, and integrations fail at once.',
      fix: ['Renew the certificate now, then have it renewed by itself, and be alerted when that fails.'],
      fixIn: RENEW_CERTIFICATE_IN,
    },
    'certificate-not-yet-valid': {
      severity: 'high',
      says: 'shows a certificate that is not valid yet',
      breaks: 'Browsers keep everybody out until its first day.',
      fix: ['Serve the former certificate until then; look at the clock of whatever issued this one.'],
      fixIn: RENEW_CERTIFICATE_IN,
    },
    'certificate-expires-soon': {
      severity: 'medium',
      says: 'shows a certificate that should have been renewed by now',
      breaks: 'Renewal seems to have stopped; when the certificate runs out, the portal is down.',
      fix: [
        'Look at the log of the last renewal and repeat it by hand.',
        'Renew when two thirds of the lifetime are over, at the latest three weeks before the end, and alert on failure.',
      ],
      fixIn: RENEW_CERTIFICATE_IN,
    },
    'certificate-lives-too-long': {
      severity: 'medium',
      says: 'shows a certificate that is valid for longer than browsers accept',
      breaks: 'Safari and Chrome refuse it as if it were forged.',
      fix: [
        'Get a certificate with a lifetime of today: 200 days at most, from 2027-03-15 on 100, from 2029-03-15 on 47.',
      ],
      fixIn: RENEW_CERTIFICATE_IN,
    },
  },
  unlock: 'Name a host that answers on port 443.',
  subjects: tlsEndpoints,
  judge({ 'tls-chain': chains }, { judgedAt }) {
    if (chains.some(({ sent }) => sent.length === 0)) return notVerified('no certificate was sent');
    const findings = oneFindingEach(chains.flatMap((chain) => wrongDates(chain, Date.parse(judgedAt))));
    return isNonEmpty(findings) ? fail(findings) : pass(chains);
  },
});

function wrongDates({ id, subject, sent, trust }: Chain, now: number): Finding<ProblemId>[] {
  const [leaf] = sent;
  if (leaf === undefined) return [];
  const [from, to] = [Date.parse(leaf.notBefore), Date.parse(leaf.notAfter)];
  const found = (problem: ProblemId, pointer: string, detail: string): Finding<ProblemId> => ({
    problem,
    subject,
    detail,
    evidence: [{ observation: id, pointer: `/sent/0/${pointer}` }],
  });
  const until = `until ${leaf.notAfter.slice(0, 10)}`;
  const most = lifetimeMost(leaf.notBefore);
  // What no browser trusts anyway is bound by no rule of theirs.
  const livesTooLong = trust !== 'untrusted' && to - from > most * DAY_MS;
  const leftMin = Math.min(DAYS_LEFT_MIN * DAY_MS, (to - from) * SHARE_LEFT_MIN);
  return [
    ...(now > to ? [found('certificate-expired', 'notAfter', until)] : []),
    ...(now < from ? [found('certificate-not-yet-valid', 'notBefore', `from ${leaf.notBefore.slice(0, 10)}`)] : []),
    ...(now <= to && to - now < leftMin
      ? [found('certificate-expires-soon', 'notAfter', `${until}, of ${days(to - from)} days`)]
      : []),
    ...(livesTooLong
      ? [found('certificate-lives-too-long', 'notAfter', `${days(to - from)} days, ${most} allowed`)]
      : []),
  ];
}

const days = (ms: number) => Math.round(ms / DAY_MS);

const lifetimeMost = (notBefore: string) =>
  LIFETIME_DAYS_MAX.find(([since]) => notBefore >= since)?.[1] ?? Number.POSITIVE_INFINITY;
