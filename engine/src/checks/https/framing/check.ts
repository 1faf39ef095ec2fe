import { defineCheck, type Finding, fail, notVerified, pass } from '../../../model/check.ts';
import { isNonEmpty } from '../../../model/non-empty.ts';
import { type Policy, parsePolicies } from '../../../parsers/csp.ts';
import { type Answer, answersLike, fieldEvidence, fieldValues, isOnTarget, isShownAsPage } from '../../answers.ts';
import { sendHeaderIn } from '../../header-recipes.ts';
import { pageSubjects } from '../../subjects.ts';
import { oneFindingEach } from '../one-finding-each.ts';
import { saysNothing, unclearBecause } from '../own-answers.ts';

type ProblemId = 'page-can-be-framed';

export default defineCheck({
  id: 'framing',
  criterion: 'https',
  title: 'No other site can show the portal inside a page of its own',
  why: 'A page that can be framed can be laid invisibly under another one, so that your client clicks in the portal without knowing it.',
  harms: ['account-takeover', 'broken-access-control'],
  requirements: ['LR-002', 'LR-097', 'LR-122'],
  sources: [
    'OWASP ASVS 5.0, 3.4.6',
    'W3C Content Security Policy Level 3, section 6.4.2 (frame-ancestors)',
    'WHATWG HTML, "The X-Frame-Options header"',
  ],
  standards: { asvs: ['3.4.6'], top10: ['A02'], cwe: [1021], mvsp: ['2.3'] },
  cannotSee: [
    'Pages behind sign-in.',
    'Pages that are meant to be shown inside partner sites: name those sites in `frame-ancestors`.',
  ],
  needs: ['http-exchange'],
  evidenceLivesDays: 7,
  problems: {
    'page-can-be-framed': {
      severity: 'medium',
      says: 'can be shown inside a page of any other site',
      breaks: 'An attacker lays the page under a harmless-looking one and has the visitor click its buttons.',
      fix: [
        "Add `frame-ancestors 'none'` (or `'self'`, or the partner sites by name) to the Content-Security-Policy header of every page.",
        '`X-Frame-Options: DENY` does the same for old browsers. `ALLOW-FROM` is ignored by browsers.',
      ],
      fixIn: sendHeaderIn('Content-Security-Policy', "frame-ancestors 'none'"),
    },
  },
  unlock: 'Let us open the start page.',
  subjects: pageSubjects,
  judge({ 'http-exchange': answers }, given) {
    const shown = answers.filter((answer) => isShownAsPage(answer) && isOnTarget(answer.url, given));
    const findings = oneFindingEach(shown.filter((answer) => !saysNothing(answer)).flatMap(problemsOf));
    if (isNonEmpty(findings)) return fail(findings);
    const unclear = shown.find((answer) => saysNothing(answer) && problemsOf(answer).length > 0);
    return unclear === undefined ? pass(answers) : notVerified(unclearBecause(unclear));
  },
});

interface Opening {
  readonly field: string;
  readonly detail: string;
}

function problemsOf(answer: Answer): Finding<ProblemId>[] {
  const open = opening(answer);
  if (open === null) return [];
  return [
    {
      problem: 'page-can-be-framed',
      subject: answersLike(answer),
      detail: `${open.detail} at ${answer.url}`.slice(0, 300),
      evidence: [fieldEvidence(answer, open.field)],
    },
  ];
}

/** What lets any site frame the answer, or null. Where a policy names `frame-ancestors`, browsers ignore X-Frame-Options. */
function opening(answer: Answer): Opening | null {
  const field = 'content-security-policy';
  const ancestors = parsePolicies(fieldValues(answer, field)).flatMap(ancestorsOf);
  if (ancestors.length > 0)
    return ancestors.every((sources) => sources.some(isAnySite))
      ? { field, detail: `frame-ancestors ${ancestors[0]?.join(' ')}` }
      : null;

  const options = fieldValues(answer, 'x-frame-options');
  const words = new Set(options.flatMap((value) => value.split(',')).map((word) => word.trim().toLowerCase()));
  // Two words that contradict each other forbid, as long as one of them is known: WHATWG HTML.
  const forbids = words.has('deny') || words.has('sameorigin') || (words.size > 1 && words.has('allowall'));
  if (forbids) return null;
  return {
    field: 'x-frame-options',
    detail:
      options.length > 0 ? `X-Frame-Options ${options.join(', ')}` : 'neither frame-ancestors nor X-Frame-Options',
  };
}

const ancestorsOf = (policy: Policy): (readonly string[])[] => {
  const sources = policy.get('frame-ancestors');
  return sources === undefined ? [] : [sources];
};

const isAnySite = (source: string) => /^(?:\*|[a-z][a-z0-9+.-]{0,30}:(?:\/\/\*)?)(?::\*)?$/i.test(source);
