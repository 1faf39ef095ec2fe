import type { Given } from '../../model/given.ts';
import { parseUrl } from '../../parsers/url.ts';
import type { Answer } from '../answers.ts';

/**
 * What the subject's own host answered over https. Where a redirect leads to another host, that one is judged by its
 * own entry; where the edge took us for a robot, or stood in for a dead server, its answer says nothing of the portal.
 */
export function ownHttpsAnswers(answers: readonly Answer[], { hosts }: Given): readonly Answer[] {
  const first = answers.find(({ hop }) => hop === 0) ?? answers[0];
  const own = first && parseUrl(first.url)?.hostname;
  return answers.filter((answer) => {
    const at = parseUrl(answer.url);
    const isOwn = at?.scheme === 'https' && at.hostname === own && hosts.some(({ host }) => host === own);
    return isOwn && !isStandIn(answer);
  });
}

/** Header fields with which edges mark a challenge or a block. Sources: the documentation of Cloudflare, AWS WAF, Vercel and DataDome. */
const KEPT_OUT = new Set(['cf-mitigated', 'x-amzn-waf-action', 'x-vercel-mitigated', 'x-datadome', 'x-sucuri-block']);

/** An answer of the edge, not of the portal: a challenge, or 502, 503, 504 (RFC 9110, section 15.6). */
export const isStandIn = ({ status, responseHeaders }: Answer): boolean =>
  (status >= 502 && status <= 504) || responseHeaders.some(([name]) => KEPT_OUT.has(name.toLowerCase()));

/** Not an answer from which the portal could be judged: a stand-in's, a refusal to answer so often, or a failing server's. */
export const saysNothing = (answer: Answer): boolean =>
  isStandIn(answer) || answer.status === 429 || answer.status >= 500;

/** Why such an answer proves nothing. */
export const unclearBecause = ({ status }: Answer): string =>
  `it was answered ${status}, and not as the portal answers otherwise`;

/** Subjects that are asked over https: what is linked over plain HTTP is the business of plain-http. */
export const overHttps = (subjects: readonly string[]): readonly string[] =>
  subjects.filter((subject) => !/ http:\/\//.test(subject));
