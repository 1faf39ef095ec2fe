import { defineCheck, type Finding, fail, notVerified, pass } from '../../../model/check.ts';
import type { Given } from '../../../model/given.ts';
import { isNonEmpty } from '../../../model/non-empty.ts';
import { ofKind, type Sighting } from '../../../model/observation.ts';
import { type Hsts, parseHsts } from '../../../parsers/hsts.ts';
import { parseUrl } from '../../../parsers/url.ts';
import { type Answer, answersLike, fieldEvidence, fieldValues } from '../../answers.ts';
import { sendHeaderIn } from '../../header-recipes.ts';
import { answeredApiSubjects, entriesOf, pageSubjects, publishedHosts, unknownRouteSubject } from '../../subjects.ts';
import { oneFindingEach } from '../one-finding-each.ts';
import { overHttps, ownHttpsAnswers, saysNothing, unclearBecause } from '../own-answers.ts';

type ProblemId =
  | 'hsts-missing'
  | 'hsts-invalid'
  | 'hsts-short'
  | 'hsts-repeated'
  | 'hsts-without-subdomains'
  | 'hsts-preload-unfit';

const HSTS = 'strict-transport-security';

/** Shortest lifetime we accept: one year. Sources: OWASP ASVS 5.0, 3.4.1; hstspreload.org, submission requirements. */
const MAX_AGE_SECONDS_MIN = 31_536_000;

const HSTS_IN = sendHeaderIn('Strict-Transport-Security', 'max-age=63072000; includeSubDomains');
const SEND_IN = {
  ...HSTS_IN,
  cloudflare: [
    'SSL/TLS → Edge Certificates → HTTP Strict Transport Security → Max-Age 12 months or more, includeSubDomains',
  ],
  express: [
    'Before all routes, so that errors and redirects have it too:',
    'app.use(helmet.strictTransportSecurity({ maxAge: 63072000, includeSubDomains: true }));',
  ],
} as const;

export default defineCheck({
  id: 'hsts',
  criterion: 'https',
  title: 'Every https answer tells browsers to come by https only',
  why: 'With this header, browsers never ask your portal over plain HTTP again, so nobody can step in on the first request.',
  harms: ['account-takeover', 'data-exposure'],
  requirements: ['LR-014', 'LR-097'],
  sources: [
    'OWASP ASVS 5.0, 3.4.1',
    'OWASP ASVS 5.0, 3.7.3',
    'RFC 6797, sections 6.1 and 8.1',
    'hstspreload.org, submission requirements',
  ],
  standards: { asvs: ['3.4.1', '3.7.3'], top10: ['A02', 'A04'], cwe: [319, 523], mvsp: ['2.2'] },
  cannotSee: [
    'Answers behind sign-in.',
    'Whether a browser already knows the host, or has it on its preload list.',
    'Answers of the edge itself when it takes us for a robot, or when the server behind it is down.',
  ],
  needs: ['http-exchange'],
  evidenceLivesDays: 7,
  problems: {
    'hsts-missing': {
      severity: 'medium',
      says: 'came without Strict-Transport-Security',
      breaks:
        'On a foreign network the next visit may begin over plain HTTP, where somebody else answers in your place.',
      fix: [
        'Send `Strict-Transport-Security: max-age=63072000; includeSubDomains` with every https answer: pages, API, redirects and errors.',
      ],
      fixIn: SEND_IN,
    },
    'hsts-invalid': {
      severity: 'medium',
      says: 'came with a Strict-Transport-Security header that browsers drop',
      breaks: 'The header looks as if it protected, and browsers behave as if it were not there.',
      fix: [
        'Write it exactly so: `max-age=63072000; includeSubDomains`, a whole number of seconds, each directive once.',
      ],
      fixIn: SEND_IN,
    },
    'hsts-short': {
      severity: 'medium',
      says: 'came with Strict-Transport-Security for less than a year',
      breaks:
        'Who comes back after a while is unprotected on the first request; `max-age=0` takes the protection away.',
      fix: ['Set `max-age` to 31536000 (one year) or more.'],
      fixIn: SEND_IN,
    },
    'hsts-repeated': {
      severity: 'low',
      says: 'came with several Strict-Transport-Security headers',
      breaks: 'Browsers heed the first one only, and the preload list refuses hosts that send several.',
      fix: ['Set the header at one place only: at the edge or in the application.'],
      fixIn: {
        ...SEND_IN,
        nginx: [
          'proxy_hide_header Strict-Transport-Security;',
          'add_header Strict-Transport-Security "max-age=63072000; includeSubDomains" always;',
        ],
      },
    },
    'hsts-without-subdomains': {
      severity: 'low',
      says: 'came with Strict-Transport-Security that leaves subdomains out',
      breaks: 'A subdomain over plain HTTP, even one that does not exist, can set cookies for the portal.',
      fix: ['See that every subdomain speaks https, then add `includeSubDomains`.'],
      fixIn: SEND_IN,
    },
    'hsts-preload-unfit': {
      severity: 'low',
      says: 'asked for the preload list with a header that the list refuses',
      breaks: 'The portal is not on the list, though its header says so; browsers protect nobody on the first visit.',
      fix: ['Send `max-age=31536000` or more together with `includeSubDomains` and `preload`, or leave `preload` out.'],
      fixIn: SEND_IN,
    },
  },
  unlock: 'Name a host that answers on port 443.',
  subjects: (given, seen) => [
    ...new Set([
      ...entriesOf('https', publishedHosts(given, seen), given, seen),
      ...overHttps([...pageSubjects(given, seen), ...answeredApiSubjects(given, seen)]),
      unknownRouteSubject(given),
      ...otherAnswers(given, seen),
    ]),
  ],
  judge({ 'http-exchange': answers }, given) {
    const own = ownHttpsAnswers(answers, given);
    const findings = oneFindingEach(own.filter((answer) => !saysNothing(answer)).flatMap(wrongPolicy));
    if (isNonEmpty(findings)) return fail(findings);
    // Whether the portal failed, or what stands in front of it, is not to be told: without the header it proves nothing.
    const unclear = own.find((answer) => saysNothing(answer) && wrongPolicy(answer).length > 0);
    if (unclear !== undefined) return notVerified(unclearBecause(unclear));
    return isNonEmpty(own) ? pass(own) : notVerified('the portal itself answered nothing over https');
  },
});

/** Whatever else was answered over https: files, and errors that were provoked. Every class of answer has to have the header. */
const otherAnswers = (given: Given, seen: readonly Sighting[]) =>
  ofKind('http-exchange', seen)
    .filter(
      ({ purpose, status, url }) =>
        (purpose === 'error' || (purpose === 'asset' && status < 400)) && isOwnHttps(url, given),
    )
    .map(({ subject }) => subject);

function isOwnHttps(url: string, { hosts }: Given): boolean {
  const at = parseUrl(url);
  return at?.scheme === 'https' && hosts.some(({ host }) => host === at.hostname);
}

function wrongPolicy(answer: Answer): Finding<ProblemId>[] {
  const values = fieldValues(answer, HSTS);
  const found = (problem: ProblemId, detail: string): Finding<ProblemId> => ({
    problem,
    subject: answersLike(answer),
    detail: `${detail} at ${answer.url}`.slice(0, 300),
    evidence: [fieldEvidence(answer, HSTS)],
  });
  // Browsers heed the first one only: RFC 6797, section 8.1.
  const [first] = values;
  if (first === undefined) return [found('hsts-missing', `${answer.status}`)];
  return [
    ...wrongValue(parseHsts(first), first, found),
    ...(values.length > 1 ? [found('hsts-repeated', `${values.length} headers`)] : []),
  ];
}

function wrongValue(
  policy: Hsts,
  value: string,
  found: (problem: ProblemId, detail: string) => Finding<ProblemId>,
): Finding<ProblemId>[] {
  if ('invalid' in policy) return [found('hsts-invalid', `${policy.invalid}: ${value}`)];
  const isShort = policy.maxAgeSeconds < MAX_AGE_SECONDS_MIN;
  const isUnfit = policy.preload && (isShort || !policy.includeSubDomains);
  return [
    ...(isShort ? [found('hsts-short', value)] : []),
    ...(policy.includeSubDomains ? [] : [found('hsts-without-subdomains', value)]),
    ...(isUnfit ? [found('hsts-preload-unfit', value)] : []),
  ];
}
