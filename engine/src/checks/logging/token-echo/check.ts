import { defineCheck, type Finding, fail, notVerified, pass } from '../../../model/check.ts';
import type { Given } from '../../../model/given.ts';
import { isNonEmpty } from '../../../model/non-empty.ts';
import { type Answer, isOnTarget } from '../../answers.ts';
import { echoSubjects } from '../../subjects.ts';

type ProblemId = 'token-echoed';

export default defineCheck({
  id: 'token-echo',
  criterion: 'logging',
  title: 'A token that is sent does not come back in the answer',
  why: 'What stands in an answer is kept in caches, logs and error trackers and read by every script of the page; a token that lies there can be used by others.',
  harms: ['account-takeover', 'data-exposure'],
  requirements: ['LR-024', 'LR-072', 'LR-102'],
  sources: ['OWASP ASVS 5.0, 14.2.6', 'OWASP ASVS 5.0, 16.2.5', 'OWASP WSTG 4.2, SESS-04'],
  standards: { asvs: ['14.2.6', '16.2.5'], top10: ['A09', 'A02'], cwe: [201, 598, 524], mvsp: ['3.3'] },
  cannotSee: [
    'Real tokens: a made-up one is sent, and the portal may treat a valid one otherwise.',
    'Tokens in forms and bodies, and answers to signed-in visitors.',
    'Tokens that come back in a form other than plain, JSON, URL or base64.',
  ],
  needs: ['http-exchange'],
  evidenceLivesDays: 7,
  problems: {
    'token-echoed': {
      severity: 'medium',
      says: 'comes back in the answer',
      breaks:
        'A sign-in or reset link opened by a client leaves its token where scripts, caches and other companies can read it.',
      fix: [
        'Do not write the query, the Authorization header or cookies into pages, JSON or headers.',
        'Use a token from a link once, then redirect to the same address without it.',
      ],
      fixIn: {
        next: [
          "Take `searchParams.token` on the server only, then redirect('/reset') without it; pass no `searchParams` on to client components.",
        ],
        vite: [
          "history.replaceState(null, '', location.pathname);",
          'as the first line of the page that takes the token.',
        ],
        express: ['Answer `{ error, errorId }`, never `req.headers`, `req.query` or `req.originalUrl`.'],
        nginx: ['In log_format write $uri, not $request_uri, and never $http_authorization.'],
        cloudflare: ['In the Worker: url.searchParams.delete("token") before the address is written anywhere.'],
        supabase: ['Use the PKCE flow: `flowType: "pkce"`. Then no token stands in the address.'],
      },
    },
  },
  unlock: 'Let a made-up token be sent to the start page.',
  subjects: echoSubjects,
  judge({ 'http-exchange': answers }, given) {
    const findings = answers.flatMap((answer) => {
      const hits = answer.hits.map((hit, index) => ({ ...hit, index }));
      const [first, ...more] = hits.filter(({ of, field }) => of === 'token' && !isKeptOnItsWay(field, answer, given));
      return first === undefined ? [] : [found(answer, [first, ...more])];
    });
    if (isNonEmpty(findings)) return fail(findings);
    const broken = answers.find(({ status }) => status >= 500);
    if (broken !== undefined) return notVerified(`the server failed with ${broken.status}`);
    return answers.some(({ bodyCut }) => bodyCut) ? notVerified('the answer was not read to its end') : pass(answers);
  },
});

/**
 * A redirect that keeps the query on a host of the target gives it to nobody new, and nobody reads its body, which repeats
 * the address. A cookie that is set again goes back to whoever sent it.
 */
function isKeptOnItsWay(field: string, { redirectTo }: Answer, given: Given): boolean {
  if (field === 'header set-cookie') return true;
  const isOfRedirect = field === 'header location' || field === 'body';
  return isOfRedirect && redirectTo !== null && isOnTarget(redirectTo, given);
}

interface Hit {
  readonly field: string;
  readonly encoding: string;
  readonly index: number;
}

const found = (answer: Answer, hits: readonly [Hit, ...Hit[]]): Finding<ProblemId> => {
  const at = ({ index }: Hit) => ({ observation: answer.id, pointer: `/hits/${index}` });
  const [first, ...more] = hits;
  return {
    problem: 'token-echoed',
    subject: answer.subject,
    detail: `status ${answer.status}, in ${[...new Set(hits.map(({ field }) => field))].join(', ')}`.slice(0, 200),
    evidence: [at(first), ...more.map(at)],
  };
};
