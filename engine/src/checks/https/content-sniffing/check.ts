import { defineCheck, type Finding, fail, notVerified, pass } from '../../../model/check.ts';
import { isNonEmpty } from '../../../model/non-empty.ts';
import { parseUrl } from '../../../parsers/url.ts';
import { type Answer, answersLike, fieldEvidence, fieldValues, isOnTarget, isRedirect } from '../../answers.ts';
import { sendHeaderIn } from '../../header-recipes.ts';
import { answeredApiSubjects, ownAssetSubjects, pageSubjects, unknownRouteSubject } from '../../subjects.ts';
import { oneFindingEach } from '../one-finding-each.ts';
import { saysNothing, unclearBecause } from '../own-answers.ts';

type ProblemId = 'nosniff-missing';

export default defineCheck({
  id: 'content-sniffing',
  criterion: 'https',
  title: 'Browsers take every answer for what it says it is',
  why: 'Without this header a browser may guess, and run a file that a client uploaded as a program of your portal.',
  harms: ['account-takeover', 'data-exposure'],
  requirements: ['LR-002', 'LR-097', 'LR-122'],
  sources: ['OWASP ASVS 5.0, 3.4.4', 'WHATWG Fetch, section 3.6 (X-Content-Type-Options)'],
  standards: { asvs: ['3.4.4'], top10: ['A02'], cwe: [693, 430], mvsp: ['2.3'] },
  cannotSee: ['Answers to signed-in visitors, above all the files they upload.'],
  needs: ['http-exchange'],
  evidenceLivesDays: 7,
  problems: {
    'nosniff-missing': {
      severity: 'low',
      says: 'came without X-Content-Type-Options: nosniff',
      breaks:
        'A browser that guesses the type can be led to run an uploaded text or picture as a script of the portal.',
      fix: ['Send `X-Content-Type-Options: nosniff` with every answer: pages, files, API answers and errors.'],
      fixIn: sendHeaderIn('X-Content-Type-Options', 'nosniff'),
    },
  },
  unlock: 'Let us open the start page, and let an error be provoked.',
  subjects: (given, seen) => [
    ...pageSubjects(given, seen),
    ...ownAssetSubjects(given, seen),
    ...answeredApiSubjects(given, seen),
    unknownRouteSubject(given),
  ],
  judge({ 'http-exchange': answers }, given) {
    const open = answers.filter(
      (answer) => hasBody(answer) && isOnTarget(answer.url, given) && !forbidsSniffing(answer),
    );
    const findings = oneFindingEach(open.filter((answer) => !saysNothing(answer)).map(found));
    if (isNonEmpty(findings)) return fail(findings);
    const [unclear] = open;
    return unclear === undefined ? pass(answers) : notVerified(unclearBecause(unclear));
  },
});

const found = (answer: Answer): Finding<ProblemId> => ({
  problem: 'nosniff-missing',
  subject: answersLike(answer),
  detail: `${parseUrl(answer.url)?.path ?? ''} answered ${answer.status}: ${
    fieldValues(answer, 'x-content-type-options').join(', ') || 'no such field'
  }`.slice(0, 200),
  evidence: [fieldEvidence(answer, 'x-content-type-options')],
});

const hasBody = (answer: Answer) => !isRedirect(answer) && answer.bodyBytes > 0;

/** Only the first word of all such fields counts: WHATWG Fetch, "determine nosniff". */
function forbidsSniffing(answer: Answer): boolean {
  const [first = ''] = fieldValues(answer, 'x-content-type-options').join(',').split(',');
  return first.trim().toLowerCase() === 'nosniff';
}
