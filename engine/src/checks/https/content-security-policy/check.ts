import { defineCheck, type Evidence, type Finding, fail, notVerified, pass } from '../../../model/check.ts';
import { isNonEmpty } from '../../../model/non-empty.ts';
import { allowsNothing, effectiveDirective, type Policy, parsePolicies, scriptFacts } from '../../../parsers/csp.ts';
import { type Answer, answersLike, fieldEvidence, fieldValues, isOnTarget, isShownAsPage } from '../../answers.ts';
import { sendHeaderIn } from '../../header-recipes.ts';
import { pageSubjects, unknownRouteSubject } from '../../subjects.ts';
import { oneFindingEach } from '../one-finding-each.ts';
import { saysNothing, unclearBecause } from '../own-answers.ts';

type ProblemId =
  | 'csp-missing'
  | 'csp-report-only'
  | 'csp-allows-inline-script'
  | 'csp-allows-any-host'
  | 'csp-known-bypass-host'
  | 'csp-without-base-uri-or-object-src';

const HEADER = 'content-security-policy';
const REPORT_ONLY = 'content-security-policy-report-only';

const STRICT =
  "default-src 'self'; script-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
const strictIn = sendHeaderIn('Content-Security-Policy', STRICT);

const ADVICE = {
  next: [
    'In middleware.ts make a nonce per request and send it (Next reads it from the request header and puts it on its own scripts):',
    "script-src 'self' 'nonce-…' 'strict-dynamic'; object-src 'none'; base-uri 'none'",
  ],
  vite: [
    'A Vite build needs no inline script: leave out `unsafe-inline`.',
    "`script-src 'self'; object-src 'none'; base-uri 'none'`",
  ],
  express: [
    'With helmet, a nonce per request:',
    'helmet.contentSecurityPolicy({ directives: { scriptSrc: ["\'self\'", (req, res) => "\'nonce-" + res.locals.nonce + "\'"], objectSrc: ["\'none\'"], baseUri: ["\'none\'"] } })',
  ],
  nginx: [`add_header Content-Security-Policy "${STRICT}" always;`],
  cloudflare: [`Transform Rules → Modify Response Header: Set static  Content-Security-Policy  ${STRICT}`],
} as const;

export default defineCheck({
  id: 'content-security-policy',
  criterion: 'https',
  title: 'Pages tell browsers which scripts may run, so that injected ones do not',
  why: 'When somebody manages to slip text of their own into a page, this header is what keeps a browser from running it as a program in the name of your client.',
  harms: ['account-takeover', 'data-exposure'],
  requirements: ['LR-002', 'LR-097', 'LR-122'],
  sources: [
    'OWASP ASVS 5.0, 3.4.3',
    'W3C Content Security Policy Level 3, sections 6.7 and 8.3',
    'Weichselbaum et al., "CSP Is Dead, Long Live CSP", 2016',
  ],
  standards: { asvs: ['3.4.3'], top10: ['A02', 'A05'], cwe: [693, 79], mvsp: ['2.3'] },
  cannotSee: [
    'Pages behind sign-in.',
    'Error pages that something in front of the portal answers by itself, such as an edge that refuses a broken address.',
    'A policy in a meta element. It is no substitute: it cannot forbid framing, and what stands before it runs.',
    'Whether a nonce is a new one with every answer.',
    'Whether an allowed host of your own serves files that others uploaded.',
  ],
  needs: ['http-exchange'],
  evidenceLivesDays: 7,
  problems: {
    'csp-missing': {
      severity: 'medium',
      says: 'came without a Content-Security-Policy header',
      breaks:
        'Text that somebody slips into this page runs as a program and acts with the session of whoever opens it.',
      fix: [
        'Send the header with every page, errors included. Begin with `Content-Security-Policy-Report-Only`, mend what it reports, then enforce it.',
      ],
      fixIn: strictIn,
    },
    'csp-report-only': {
      severity: 'medium',
      says: 'came with a content security policy that only reports and stops nothing',
      breaks: 'Injected scripts run all the same; the browser merely mentions it.',
      fix: [
        'Send the same policy as `Content-Security-Policy`. A second, stricter one may stay in report-only beside it.',
      ],
      fixIn: strictIn,
    },
    'csp-allows-inline-script': {
      severity: 'medium',
      says: 'came with a content security policy that lets scripts within the page run',
      breaks: 'The usual injection is a script within the page, and this policy lets it run.',
      fix: [
        "Take `'unsafe-inline'` out of `script-src`, or give inline scripts a nonce or hash: browsers then ignore `'unsafe-inline'`.",
        'Name `script-src` or `default-src`: a policy that has neither restricts no script.',
      ],
      fixIn: ADVICE,
    },
    'csp-allows-any-host': {
      severity: 'medium',
      says: 'came with a content security policy that takes scripts from anywhere',
      breaks: 'An attacker loads the script from a server of their own, and the policy agrees.',
      fix: ["Name the hosts instead of `*`, `https:` or `data:`, or use a nonce with `'strict-dynamic'`."],
      fixIn: ADVICE,
    },
    'csp-known-bypass-host': {
      severity: 'low',
      says: "came with a content security policy that trusts a host of anybody's scripts",
      breaks: 'On such a host lies a script that runs whatever it is told, so that the policy can be walked around.',
      fix: [
        "Serve the library from your own host, or name the exact file, or use a nonce or hash with `'strict-dynamic'`.",
      ],
      fixIn: ADVICE,
    },
    'csp-without-base-uri-or-object-src': {
      severity: 'low',
      says: 'came with a content security policy that leaves base-uri or object-src open',
      breaks:
        "An injected `<base>` sends the page's own relative script addresses to another server; `<object>` brings in content that no other rule covers.",
      fix: ["Add `base-uri 'none'` and `object-src 'none'`. The first inherits nothing from `default-src`."],
      fixIn: {
        ...ADVICE,
        express: ['helmet.contentSecurityPolicy({ directives: { baseUri: ["\'none\'"], objectSrc: ["\'none\'"] } })'],
      },
    },
  },
  unlock: 'Let us open the start page, and let an error be provoked.',
  subjects: (given, seen) => [...pageSubjects(given, seen), unknownRouteSubject(given)],
  judge({ 'http-exchange': answers }, given) {
    const shown = answers.filter((answer) => isShownAsPage(answer) && isOnTarget(answer.url, given));
    const findings = oneFindingEach(shown.filter((answer) => !saysNothing(answer)).flatMap(problemsOf));
    if (isNonEmpty(findings)) return fail(findings);
    const unclear = shown.find((answer) => saysNothing(answer) && problemsOf(answer).length > 0);
    return unclear === undefined ? pass(answers) : notVerified(unclearBecause(unclear));
  },
});

/** Only a script that runs already can make such an address. */
const MADE_BY_THE_PAGE = /^(?:blob|filesystem|mediastream):$/i;

function problemsOf(answer: Answer): Finding<ProblemId>[] {
  const found = (problem: ProblemId, detail: string, at: Evidence): Finding<ProblemId> => ({
    problem,
    subject: answersLike(answer),
    detail: `${detail} at ${answer.url}`.slice(0, 400),
    evidence: [at],
  });
  const policies = parsePolicies(fieldValues(answer, HEADER));
  if (policies.length === 0)
    return fieldValues(answer, REPORT_ONLY).length > 0
      ? [found('csp-report-only', 'only Content-Security-Policy-Report-Only', fieldEvidence(answer, REPORT_ONLY))]
      : [found('csp-missing', `${answer.status}, no such field`, fieldEvidence(answer, HEADER))];

  const at = fieldEvidence(answer, HEADER);
  const { allowsInline, allowsInlineHandlers, gadgetSources, ...facts } = scriptFacts(policies);
  const broadSources = facts.broadSources.filter((source) => !MADE_BY_THE_PAGE.test(source));
  const restrictsScripts = policies.some((policy) => effectiveDirective(policy, 'script-src-elem') !== undefined);
  const open = openDirectives(policies);
  return [
    ...(!restrictsScripts
      ? [found('csp-allows-inline-script', 'neither script-src nor default-src', at)]
      : allowsInline || allowsInlineHandlers
        ? [found('csp-allows-inline-script', allowsInline ? "'unsafe-inline'" : 'inline event handlers', at)]
        : []),
    ...(restrictsScripts && broadSources.length > 0 ? [found('csp-allows-any-host', broadSources.join(' '), at)] : []),
    // Where any host may serve scripts, the known ones are no news.
    ...(restrictsScripts && broadSources.length === 0 && gadgetSources.length > 0
      ? [found('csp-known-bypass-host', gadgetSources.join(' '), at)]
      : []),
    ...(open.length > 0 ? [found('csp-without-base-uri-or-object-src', `open: ${open.join(', ')}`, at)] : []),
  ];
}

/** A browser needs the consent of every policy, so one that closes a directive is enough. `'self'` closes it as far as others' content goes. */
function openDirectives(policies: readonly Policy[]): string[] {
  // Where no script may run at all, neither an injected base nor an object brings one in.
  if (policies.some(runsNoScript)) return [];
  return ['base-uri', 'object-src'].filter(
    (name) => !policies.some((policy) => isClosed(effectiveDirective(policy, name))),
  );
}

function runsNoScript(policy: Policy): boolean {
  const sources = effectiveDirective(policy, 'script-src-elem');
  return sources !== undefined && allowsNothing(sources);
}

const isClosed = (sources: readonly string[] | undefined) =>
  sources !== undefined &&
  (allowsNothing(sources) || sources.every((source) => ["'self'", "'none'"].includes(source.toLowerCase())));
