import { defineCheck, type Finding, fail, notVerified, pass } from '../../../model/check.ts';
import { isNonEmpty } from '../../../model/non-empty.ts';
import { removesCookie, type SeenCookie, setCookies } from '../../../parsers/set-cookie.ts';
import { type Answer, hostOf } from '../../answers.ts';
import { entriesOf, pageSubjects, publishedHosts } from '../../subjects.ts';
import { COOKIE_IN } from '../cookie-in.ts';
import { isEdgeCookie, isRequestToken, looksLikeSession } from '../cookie-names.ts';
import { oneFindingEach } from '../one-finding-each.ts';
import { overHttps, ownHttpsAnswers } from '../own-answers.ts';
import { shown } from '../redirects.ts';

type ProblemId =
  | 'cookie-without-secure'
  | 'cookie-samesite-none-insecure'
  | 'cookie-prefix-broken'
  | 'cookie-too-large'
  | 'cookie-for-all-subdomains';

/** Name and value together. Sources: OWASP ASVS 5.0, 3.3.5; RFC 6265bis, section 5.6. */
const COOKIE_BYTES_MAX = 4096;

export default defineCheck({
  id: 'anonymous-cookies',
  criterion: 'https',
  title: 'Cookies that anybody is given travel over https only, and browsers keep them',
  why: 'Many portals begin the session before sign-in. A cookie that travels once over plain HTTP can be read, or put there by somebody else.',
  harms: ['account-takeover'],
  requirements: ['LR-069', 'LR-097'],
  sources: [
    'OWASP ASVS 5.0, 3.3.1',
    'OWASP ASVS 5.0, 3.3.2',
    'OWASP ASVS 5.0, 3.3.3',
    'OWASP ASVS 5.0, 3.3.5',
    'RFC 6265bis, sections 4.1.3 and 5.6',
  ],
  standards: {
    asvs: ['3.3.1', '3.3.2', '3.3.3', '3.3.5'],
    top10: ['A02', 'A07'],
    cwe: [614, 1275],
    mvsp: ['2.2', '3.3'],
  },
  cannotSee: [
    'Cookies that scripts set.',
    'Cookies that are given only after signing in: see session-cookie.',
    'What a cookie is for: whether a script has to read it is not judged here.',
    'Cookies of edges and load balancers are left to those who set them.',
  ],
  needs: ['http-exchange'],
  evidenceLivesDays: 7,
  problems: {
    'cookie-without-secure': {
      severity: 'medium',
      says: 'can travel over plain HTTP',
      breaks: 'A link to http://… is enough to have the browser show the cookie to everybody on the way.',
      fix: ['Add `Secure` where the cookie is set.'],
      fixIn: COOKIE_IN,
    },
    'cookie-samesite-none-insecure': {
      severity: 'low',
      says: 'says SameSite=None without Secure, so browsers drop it',
      breaks: 'What the cookie is for does not work, and where an old browser keeps it, it travels over plain HTTP.',
      fix: ['Add `Secure`; use `SameSite=None` only where other sites embed the portal, else `Lax`.'],
      fixIn: COOKIE_IN,
    },
    'cookie-prefix-broken': {
      severity: 'medium',
      says: 'breaks what its name promises (`__Host-`, `__Secure-`), so browsers drop it',
      breaks: 'What the cookie is for does not work, and where an old browser keeps it, its name protects nothing.',
      fix: ['`__Host-` needs `Secure`, `Path=/` and no `Domain`; `__Secure-` needs `Secure`.'],
      fixIn: COOKIE_IN,
    },
    'cookie-too-large': {
      severity: 'low',
      says: 'is larger than the 4096 bytes that browsers keep',
      breaks: 'Browsers drop the cookie without a word, and what depends on it fails for some people only.',
      fix: ['Keep the data on the server and put only an identifier into the cookie.'],
      fixIn: COOKIE_IN,
    },
    'cookie-for-all-subdomains': {
      severity: 'medium',
      says: 'looks like a session and is sent to every subdomain',
      breaks:
        'A forgotten or taken-over subdomain, or that of another tenant, receives the session of everybody who visits it.',
      fix: ['Leave `Domain` out, so that only the host itself gets the cookie; better still, name it `__Host-…`.'],
      fixIn: COOKIE_IN,
    },
  },
  unlock: 'Let us open the start page.',
  subjects: (given, seen) => [
    ...new Set([
      ...entriesOf('https', publishedHosts(given, seen), given, seen),
      ...overHttps(pageSubjects(given, seen)),
    ]),
  ],
  judge({ 'http-exchange': answers }, given) {
    const own = ownHttpsAnswers(answers, given);
    const cookies = own.flatMap(setCookies).filter((one) => !removesCookie(one) && !isEdgeCookie(one.name));
    const findings = oneFindingEach(cookies.flatMap(wrongCookie));
    if (isNonEmpty(findings)) return fail(findings);
    // A stranger who is given no cookie at all is given no bad one.
    return isNonEmpty(own) ? pass(own) : notVerified('the portal itself answered nothing over https');
  },
});

function wrongCookie(cookie: SeenCookie<Answer>): Finding<ProblemId>[] {
  const { name, from, pointer, bytes } = cookie;
  const found = (problem: ProblemId, detail: string): Finding<ProblemId> => ({
    problem,
    subject: `cookie ${name.slice(0, 100)} of ${hostOf(from.url)}`,
    detail: `${detail} at ${shown(from.url)}`,
    evidence: [{ observation: from.id, pointer }],
  });
  const reach = insecurity(cookie);
  const spread = cookie.domain !== null && (looksLikeSession(name) || isRequestToken(name));
  return [
    ...(reach === undefined ? [] : [found(reach, attributesOf(cookie))]),
    ...(bytes > COOKIE_BYTES_MAX ? [found('cookie-too-large', `${bytes} bytes`)] : []),
    ...(spread ? [found('cookie-for-all-subdomains', `Domain=${cookie.domain?.slice(0, 100)}`)] : []),
  ];
}

/** One cause, one finding: a broken prefix and a refused SameSite=None say more than the missing Secure behind them. */
function insecurity({ prefixKept, sameSite, secure }: SeenCookie<Answer>): ProblemId | undefined {
  if (!prefixKept) return 'cookie-prefix-broken';
  if (secure) return undefined;
  return sameSite === 'None' ? 'cookie-samesite-none-insecure' : 'cookie-without-secure';
}

const attributesOf = ({ secure, httpOnly, sameSite, domain, path }: SeenCookie<Answer>) =>
  [
    ...(secure ? ['Secure'] : []),
    ...(httpOnly ? ['HttpOnly'] : []),
    ...(sameSite === null ? [] : [`SameSite=${sameSite}`]),
    ...(domain === null ? [] : [`Domain=${domain.slice(0, 100)}`]),
    ...(path === null ? [] : [`Path=${path.slice(0, 100)}`]),
  ].join('; ') || 'no attributes';
