import { defineCheck, type Finding, fail, notVerified, pass } from '../../../model/check.ts';
import { isNonEmpty } from '../../../model/non-empty.ts';
import { parseReferrerPolicy } from '../../../parsers/referrer-policy.ts';
import { type Answer, answersLike, fieldEvidence, fieldValues, isOnTarget, isShownAsPage } from '../../answers.ts';
import { sendHeaderIn } from '../../header-recipes.ts';
import { pageSubjects } from '../../subjects.ts';
import { oneFindingEach } from '../one-finding-each.ts';
import { saysNothing, unclearBecause } from '../own-answers.ts';

type ProblemId = 'referrer-policy-missing' | 'referrer-leaks';

const FIELD = 'referrer-policy';
/** These hand other sites the whole address. */
const LEAKING: readonly string[] = ['unsafe-url', 'no-referrer-when-downgrade'];

const soundIn = sendHeaderIn('Referrer-Policy', 'strict-origin-when-cross-origin');

export default defineCheck({
  id: 'referrer-policy',
  criterion: 'https',
  title: 'Other sites are not told the full address of the page a visitor came from',
  why: 'Addresses hold record numbers, search words and sometimes sign-in links; whoever is linked to or loaded from is told them unless the portal forbids it.',
  harms: ['data-exposure', 'account-takeover'],
  requirements: ['LR-002', 'LR-102', 'LR-122'],
  sources: ['OWASP ASVS 5.0, 3.4.5', 'W3C Referrer Policy, sections 3 and 8.1'],
  standards: { asvs: ['3.4.5', '14.2.1'], top10: ['A02'], cwe: [200, 598], mvsp: ['2.3'] },
  cannotSee: ['Pages behind sign-in, among them the page a password reset leads to.', 'A policy in a meta element.'],
  needs: ['http-exchange'],
  evidenceLivesDays: 7,
  problems: {
    'referrer-policy-missing': {
      severity: 'low',
      says: 'left it to the browser what other sites learn of the address',
      breaks:
        'Current browsers then tell other sites the host only, which is sound; old ones and some in-app browsers tell the whole address.',
      fix: [
        'Send `Referrer-Policy: strict-origin-when-cross-origin` with every page, and `no-referrer` where the address itself is a secret.',
      ],
      fixIn: soundIn,
    },
    'referrer-leaks': {
      severity: 'medium',
      says: 'gave the full address away to every site that is linked to or loaded from',
      breaks: 'Record numbers, search words and one-time links end up in the logs of other companies.',
      fix: [
        'Send `Referrer-Policy: strict-origin-when-cross-origin` or stricter. Of several words the last one that a browser knows counts.',
      ],
      fixIn: soundIn,
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

function problemsOf(answer: Answer): Finding<ProblemId>[] {
  const values = fieldValues(answer, FIELD);
  const policy = parseReferrerPolicy(values);
  const found = (problem: ProblemId, detail: string): Finding<ProblemId>[] => [
    {
      problem,
      subject: answersLike(answer),
      detail: `${detail} at ${answer.url}`.slice(0, 300),
      evidence: [fieldEvidence(answer, FIELD)],
    },
  ];
  if (policy === undefined)
    return found(
      'referrer-policy-missing',
      values.length > 0 ? `no known word: ${values.join(', ')}` : 'no such field',
    );
  return LEAKING.includes(policy) ? found('referrer-leaks', policy) : [];
}
