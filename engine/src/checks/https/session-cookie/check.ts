import { defineCheck, type Finding, fail, notVerified, pass } from '../../../model/check.ts';
import { isNonEmpty } from '../../../model/non-empty.ts';
import type { ObservationOf } from '../../../model/observation.ts';
import { signInSubject } from '../../../model/subject.ts';
import { parseSetCookie, removesCookie, type SetCookie } from '../../../parsers/set-cookie.ts';
import { COOKIE_IN } from '../cookie-in.ts';
import { isEdgeCookie, isRequestToken, looksLikeSession } from '../cookie-names.ts';
import { mainHostOf } from '../main-host.ts';
import { oneFindingEach } from '../one-finding-each.ts';

type ProblemId =
  | 'session-cookie-without-secure'
  | 'session-cookie-readable-by-script'
  | 'session-cookie-without-samesite'
  | 'session-cookie-for-all-subdomains';
type SignedIn = ObservationOf<'signed-in'>;

/**
 * A value that is shorter holds no session: 64 bits of chance are 11 characters of base64, and a preference is a word.
 * Source: OWASP Session Management Cheat Sheet, "at least 64 bits of entropy".
 */
const SESSION_BYTES_MIN = 11;

export default defineCheck({
  id: 'session-cookie',
  criterion: 'https',
  title: 'Session cookies stay away from scripts, plain HTTP, other sites and other subdomains',
  why: 'Whoever holds the session cookie is signed in as that person, without a password and past every second factor.',
  harms: ['account-takeover', 'data-exposure'],
  requirements: ['LR-069', 'LR-097'],
  sources: [
    'OWASP ASVS 5.0, 3.3.1',
    'OWASP ASVS 5.0, 3.3.2',
    'OWASP ASVS 5.0, 3.3.3',
    'OWASP ASVS 5.0, 3.3.4',
    'RFC 6265bis, section 5.6',
  ],
  standards: {
    asvs: ['3.3.1', '3.3.2', '3.3.3', '3.3.4'],
    top10: ['A02', 'A07'],
    cwe: [614, 1004, 1275],
    mvsp: ['2.2', '3.3'],
  },
  cannotSee: [
    'Sessions that are kept outside cookies: tokens in the storage of the browser.',
    'Cookies that are given only after a further step of signing in, and those that scripts set.',
    'Which of several unnamed cookies carries the session: each that could is held to the rules.',
    'Whether a session in a sound cookie also stands in a page or an answer.',
  ],
  needs: ['signed-in'],
  evidenceLivesDays: 7,
  problems: {
    'session-cookie-without-secure': {
      severity: 'high',
      says: 'can travel over plain HTTP',
      breaks: 'A link to http://… is enough to have the browser show the session to everybody on the way.',
      fix: ['Add `Secure` where the cookie is set; the prefix `__Host-` makes browsers insist on it.'],
      fixIn: COOKIE_IN,
    },
    'session-cookie-readable-by-script': {
      severity: 'high',
      says: 'can be read by any script on the page',
      breaks: 'One injected script, or one bad package, sends the session of every visitor to somebody else.',
      fix: ['Add `HttpOnly`. What scripts need to know, give them from the server, never the session itself.'],
      fixIn: COOKIE_IN,
    },
    'session-cookie-without-samesite': {
      severity: 'medium',
      says: 'does not say that requests from other sites go without it (SameSite)',
      breaks: 'Another site has the browser of a signed-in client send requests in their name.',
      fix: [
        'Set `SameSite=Lax`, or `Strict` where nobody comes by links from mails.',
        '`SameSite=None` only where other sites embed the portal, and then with tokens against forged requests.',
      ],
      fixIn: COOKIE_IN,
    },
    'session-cookie-for-all-subdomains': {
      severity: 'medium',
      says: 'is sent to every subdomain',
      breaks:
        'A forgotten or taken-over subdomain, or that of another tenant, receives the session of everybody who visits it.',
      fix: ['Leave `Domain` out, so that only the host itself gets the cookie; better still, name it `__Host-…`.'],
      fixIn: COOKIE_IN,
    },
  },
  unlock: 'Give test accounts in the target file (`accounts`), so that session cookies are seen.',
  subjects: ({ accounts }) => accounts.map(({ name }) => signInSubject(name)),
  judge({ 'signed-in': signIns }, given) {
    const set = signIns.flatMap((signIn) => cookiesOf(signIn, mainHostOf(given)));
    // Named ones first: where one is called a session, an unnamed cookie beside it may be anything.
    const named = set.filter(({ cookie }) => looksLikeSession(cookie.name));
    const able = set.filter(({ cookie }) => cookie.valueBytes >= SESSION_BYTES_MIN && !looksLikeSession(cookie.name));
    const sessions = named.length > 0 ? named : able;
    const findings = oneFindingEach(sessions.flatMap(wrongSession));
    if (isNonEmpty(findings)) return fail(findings);
    if (sessions.length === 0)
      return notVerified(set.length === 0 ? 'signing in set no cookie' : 'no cookie of the sign-in can hold a session');
    const doubtful = able.find((one) => !sessions.includes(one) && wrongSession(one).some(isSerious));
    return doubtful === undefined
      ? pass(signIns)
      : notVerified(
          `cookie ${doubtful.cookie.name.slice(0, 100)} could hold a session too, and is not protected as one`,
        );
  },
});

interface SetAtSignIn {
  readonly from: SignedIn;
  readonly host: string;
  readonly index: number;
  readonly cookie: SetCookie;
}

/** What the browser keeps of a sign-in. Tokens against forged requests have to be read by scripts; edges set their own. */
function cookiesOf(from: SignedIn, host: string): SetAtSignIn[] {
  return from.cookies.flatMap((field, index) => {
    const cookie = parseSetCookie(field);
    if ('invalid' in cookie || removesCookie(cookie)) return [];
    return isEdgeCookie(cookie.name) || isRequestToken(cookie.name) ? [] : [{ from, host, index, cookie }];
  });
}

function wrongSession({ from, host, index, cookie }: SetAtSignIn): Finding<ProblemId>[] {
  const found = (problem: ProblemId, detail: string): Finding<ProblemId> => ({
    problem,
    subject: `cookie ${cookie.name.slice(0, 100)} of ${host}`,
    detail: `${detail}, given to ${from.account}`,
    evidence: [{ observation: from.id, pointer: `/cookies/${index}` }],
  });
  const { secure, httpOnly, sameSite, domain } = cookie;
  const crossesSites = sameSite === null || sameSite === 'None';
  return [
    ...(secure ? [] : [found('session-cookie-without-secure', 'no Secure')]),
    ...(httpOnly ? [] : [found('session-cookie-readable-by-script', 'no HttpOnly')]),
    ...(crossesSites ? [found('session-cookie-without-samesite', `SameSite=${sameSite ?? ''}`)] : []),
    ...(domain === null ? [] : [found('session-cookie-for-all-subdomains', `Domain=${domain.slice(0, 100)}`)]),
  ];
}

/** What would matter most if the cookie were a session after all. */
const isSerious = ({ problem }: Finding<ProblemId>) =>
  problem === 'session-cookie-without-secure' || problem === 'session-cookie-readable-by-script';
