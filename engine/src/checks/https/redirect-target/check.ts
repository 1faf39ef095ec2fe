import { defineCheck, type Finding, fail, notVerified, pass } from '../../../model/check.ts';
import type { Given } from '../../../model/given.ts';
import { isNonEmpty } from '../../../model/non-empty.ts';
import { ofKind, type Sighting } from '../../../model/observation.ts';
import { entrySubject, pageSubject } from '../../../model/subject.ts';
import { parseUrl } from '../../../parsers/url.ts';
import { type Answer, fieldValues, isOnTarget, originAt, withoutQuery } from '../../answers.ts';
import { triedSubjects } from '../../subjects.ts';
import { mainHostOf } from '../main-host.ts';
import { oneFindingEach } from '../one-finding-each.ts';
import { isStandIn } from '../own-answers.ts';
import { shown } from '../redirects.ts';

type ProblemId = 'redirects-anywhere';

/** A host that is promised to belong to nobody, so only a lure of ours names it. Source: RFC 6761, section 6.4. */
const LURE = /[./\\=@][\w-]{1,63}\.invalid(?:[/\\?&#:]|$)/i;

export default defineCheck({
  id: 'redirect-target',
  criterion: 'https',
  title: 'The portal sends nobody to an address that a link names',
  why: 'A link that begins with your own domain and ends at somebody else’s is the best bait there is: people look at the beginning.',
  harms: ['account-takeover', 'email-spoofing'],
  requirements: ['LR-065'],
  sources: ['OWASP ASVS 5.0, 3.7.2', 'CWE-601', 'RFC 9110, section 17.9'],
  standards: { asvs: ['3.7.2'], top10: ['A01'], cwe: [601], mvsp: ['3.3'] },
  cannotSee: [
    'Redirects that follow only after signing in.',
    'Redirects that scripts or `<meta http-equiv=refresh>` make.',
    'Parameters with names of the portal’s own invention.',
  ],
  needs: ['http-exchange'],
  evidenceLivesDays: 7,
  problems: {
    'redirects-anywhere': {
      severity: 'medium',
      says: 'redirects to whatever host the link names',
      breaks:
        'An attacker mails a link to your own domain that ends on a copy of your sign-in page, or takes a sign-in code along.',
      fix: [
        'Take only paths as return addresses: they begin with one `/`, not with `//` or `/\\`, and resolve to your own origin.',
        'Where other hosts are needed, keep a list of them and compare whole origins.',
        'In redirects for plain HTTP and trailing slashes, name the host; never build the target from the path alone.',
      ],
      fixIn: {
        express: [
          "const target = new URL(String(req.query.next ?? '/'), 'https://portal.example');",
          "res.redirect(target.origin === 'https://portal.example' ? target.pathname + target.search : '/');",
        ],
        next: [
          "const target = new URL(searchParams.get('next') ?? '/', request.nextUrl.origin);",
          "redirect(target.origin === request.nextUrl.origin ? target.pathname + target.search : '/');",
        ],
        nginx: [
          'return 301 https://portal.example$request_uri;',
          '# not: return 301 $uri; and not: rewrite ^/(.*)/$ /$1 permanent;',
          'merge_slashes on;',
        ],
        cloudflare: [
          'Rules → Redirect Rules: write the target with its host, https://portal.example/…, never from the path alone.',
        ],
        vercel: ['In vercel.json, write `destination` with a fixed host or a path that begins with a fixed name.'],
        django: [
          'if not url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()}, require_https=True):',
          "    target = '/'",
        ],
      },
    },
  },
  unlock: 'Let us open the start page and the sign-in page.',
  subjects: (given, seen) => {
    const lures = triedSubjects(seen, entrySubject('')).filter((subject) => LURE.test(subject));
    return [...new Set([...metLures(seen), ...lures, ...unasked(given, seen, lures)])];
  },
  judge({ 'http-exchange': answers }, given) {
    const lured = answers.filter(({ purpose }) => purpose === 'redirect-target');
    if (!isNonEmpty(lured)) return notVerified('it was not asked to redirect');
    const findings = oneFindingEach(
      lured.flatMap((answer) =>
        targetsOf(answer)
          .filter(({ url }) => leadsAstray(answer, url) && !isOnTarget(url, given))
          .map(({ url, pointer }) => found(answer, url, pointer)),
      ),
    );
    if (isNonEmpty(findings)) return fail(findings);
    const unclear = lured.find((answer) => answer.status >= 500 || answer.status === 429 || isStandIn(answer));
    return unclear === undefined ? pass(lured) : notVerified(`it answered ${unclear.status}`);
  },
});

const metLures = (seen: readonly Sighting[]) =>
  ofKind('http-exchange', seen).flatMap(({ purpose, subject }) => (purpose === 'redirect-target' ? [subject] : []));

/** The sign-in page has to be asked; while none was found, it may be any page that could not be read. */
function unasked(given: Given, seen: readonly Sighting[], lures: readonly string[]): string[] {
  const pages = ofKind('page', seen);
  const [signIn] = pages.flatMap(({ url, hasPasswordField, status }) => {
    const at = hasPasswordField && status === 200 ? parseUrl(url) : undefined;
    return at?.hostname === mainHostOf(given) ? [entrySubject(`${at.origin}${at.path}`)] : [];
  });
  if (signIn !== undefined) return lures.some((subject) => subject.startsWith(`${signIn}?`)) ? [] : [signIn];
  if (pages.some(({ hasPasswordField }) => hasPasswordField)) return [];
  return ofKind('obstacle', seen)
    .map(({ subject }) => subject)
    .filter((subject) => subject.startsWith(pageSubject('')));
}

interface Target {
  readonly url: string;
  readonly pointer: string;
}

/** Where browsers go on to: Location, and Refresh (WHATWG HTML, "shared declarative refresh steps"). */
function targetsOf(answer: Answer): Target[] {
  const refreshed = fieldValues(answer, 'refresh').flatMap((value) => {
    const target = /^\s*\d{0,9}[\s;,]{0,9}(?:url\s*=\s*)?["']?([^"'\s]{1,2000})/i.exec(value)?.[1];
    const url = target && parseUrl(target, answer.url)?.href;
    return url ? [{ url, pointer: '/responseHeaders' }] : [];
  });
  return answer.redirectTo === null ? refreshed : [{ url: answer.redirectTo, pointer: '/redirectTo' }, ...refreshed];
}

/** The target's host is one that the request itself named, so whoever writes the link chooses it. */
function leadsAstray({ url }: Answer, target: string): boolean {
  const host = parseUrl(target)?.hostname;
  const asked = parseUrl(url);
  if (host === undefined || host === '' || asked === undefined || host === asked.hostname) return false;
  return `${asked.path}${asked.query}`.toLowerCase().includes(host);
}

/** A parameter is read at its page; a path is taken for the target by a rule of the whole host. */
const redirectorOf = (url: string) => (LURE.test(withoutQuery(url)) ? originAt(url) : withoutQuery(url));

const found = ({ id, url }: Answer, target: string, pointer: string): Finding<ProblemId> => ({
  problem: 'redirects-anywhere',
  subject: redirectorOf(url),
  detail: `${shown(url)} leads to ${shown(target)}`,
  evidence: [{ observation: id, pointer }],
});
