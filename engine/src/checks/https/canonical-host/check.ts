import { defineCheck, type Finding, fail, notVerified, pass } from '../../../model/check.ts';
import type { Given } from '../../../model/given.ts';
import { isNonEmpty } from '../../../model/non-empty.ts';
import { ofKind, type Sighting } from '../../../model/observation.ts';
import { parseUrl } from '../../../parsers/url.ts';
import { type Answer, originAt, withoutQuery } from '../../answers.ts';
import { allEntries, entriesOf, publishedHosts } from '../../subjects.ts';
import { isTwin, mainHostOf } from '../main-host.ts';
import { oneFindingEach } from '../one-finding-each.ts';
import { isPermanent, losesPath, shown } from '../redirects.ts';

type ProblemId =
  | 'hosts-split'
  | 'redirect-loop'
  | 'redirect-chain-long'
  | 'redirect-temporary-to-canonical'
  | 'redirect-loses-path';

/** One hop to https, one to the canonical host. Source: LR-065. */
const HOPS_MAX = 2;

const CANONICAL_IN = {
  nginx: [
    'server {',
    '  listen 443 ssl;',
    '  server_name www.portal.example;',
    '  return 301 https://portal.example$request_uri;',
    '}',
  ],
  apache: [
    '<VirtualHost *:443>',
    '  ServerName www.portal.example',
    '  Redirect permanent / https://portal.example/',
    '</VirtualHost>',
  ],
  caddy: ['www.portal.example {', '  redir https://portal.example{uri} permanent', '}'],
  cloudflare: [
    'Rules → Redirect Rules → Redirect from WWW to root:',
    'Request URL  https://www.portal.example/*  →  https://portal.example/ and the wildcard, 301, Preserve query string: on',
  ],
  vercel: ['Settings → Domains → www.portal.example → Edit → Redirect to portal.example, 308'],
  netlify: ['Domain management → set portal.example as the primary domain; the others redirect to it.'],
  next: [
    'In next.config.js:',
    "async redirects() { return [{ source: '/:path*', has: [{ type: 'host', value: 'www.portal.example' }], destination: 'https://portal.example/:path*', permanent: true }]; }",
  ],
  express: [
    'Before everything else:',
    "app.use((req, res, next) => (req.hostname === 'portal.example' ? next() : res.redirect(308, 'https://portal.example' + req.originalUrl)));",
  ],
} as const;

export default defineCheck({
  id: 'canonical-host',
  criterion: 'https',
  title: 'Every way in leads to one canonical host',
  why: 'A portal that answers at two addresses has two sessions per person: signed in here, a stranger there. Links, cookies and single sign-on break between them.',
  harms: ['account-takeover', 'downtime'],
  requirements: ['LR-061', 'LR-065', 'LR-066', 'LR-067'],
  sources: ['OWASP ASVS 5.0, 3.5.4', 'RFC 9110, sections 15.4.2 and 15.4.9', 'RFC 6596'],
  standards: { asvs: ['3.5.4'], top10: ['A02'], cwe: [], mvsp: ['2.2'] },
  cannotSee: [
    'Hosts that the target file does not name: old domains, addresses that the hosting company gave.',
    'Whether two marketing hosts show the same site: each may be a site of its own.',
    'Redirects that scripts make.',
  ],
  needs: ['http-exchange'],
  evidenceLivesDays: 7,
  problems: {
    'hosts-split': {
      severity: 'medium',
      says: 'serves the portal under its own name instead of leading to the canonical host',
      breaks:
        'Whoever signs in at one address is a stranger at the other, and a fix made at one of them is missed at the other.',
      fix: ['Redirect this host with 301 or 308 to the canonical host, path and query included.'],
      fixIn: CANONICAL_IN,
    },
    'redirect-loop': {
      severity: 'high',
      says: 'is redirected in a circle',
      breaks: 'Browsers give up: the portal cannot be reached this way.',
      fix: [
        'Look for two rules that undo each other: often the edge speaks http to a server that redirects to https, or one rule adds `www` and another takes it away.',
      ],
      fixIn: {
        ...CANONICAL_IN,
        cloudflare: [
          'SSL/TLS → Overview → Full (strict): with “Flexible”, a server that redirects to https never stops.',
        ],
        express: ["app.set('trust proxy', 1);", 'so that `req.secure` is true behind the proxy.'],
      },
    },
    'redirect-chain-long': {
      severity: 'low',
      says: `takes more than ${HOPS_MAX} redirects to the canonical host`,
      breaks: 'Each redirect costs a round trip, and each is one more rule that can break.',
      fix: ['Redirect http to https on the same host, then straight to the canonical host.'],
      fixIn: CANONICAL_IN,
    },
    'redirect-temporary-to-canonical': {
      severity: 'low',
      says: 'leads to the canonical host only for now (not 301 or 308)',
      breaks: 'Browsers and search engines keep the wrong address and ask there again each time.',
      fix: ['Answer with 301 or 308.'],
      fixIn: CANONICAL_IN,
    },
    'redirect-loses-path': {
      severity: 'low',
      says: 'forgets path or query on the way to the canonical host',
      breaks: 'Links from mails (invitations, password resets) end on the start page.',
      fix: ['Keep path and query in the redirect: nginx `$request_uri`, Express `req.originalUrl`.'],
      fixIn: CANONICAL_IN,
    },
  },
  unlock: 'Name the one host that all others should lead to (`canonicalHost` in the target file).',
  subjects(given, seen) {
    const hosts = publishedHosts(given, seen);
    const all = allEntries(hosts, given, seen);
    if (given.canonicalHost !== null || staysAtHome(given, seen)) return all;
    // Nobody has said which host is the canonical one, and the address we were given is not: others cannot be held to it.
    const main = mainHostOf(given);
    return entriesOf(
      'https',
      given.hosts.filter(({ host }) => host === main),
      given,
      seen,
    );
  },
  judge({ 'http-exchange': answers }, given) {
    const first = answers.find(({ hop }) => hop === 0);
    const start = first && parseUrl(first.url)?.hostname;
    if (start === undefined) return notVerified('the first answer is missing');
    const ends = answers.filter(({ chainEnd }) => chainEnd !== null);
    const findings = oneFindingEach([
      ...answers.flatMap((answer) => poorRedirect(answer, answers, given)),
      ...ends.flatMap((end) => wrongEnd(end, start, answers, given)),
    ]);
    if (isNonEmpty(findings)) return fail(findings);
    if (ends.length === 0) return notVerified('the redirects were not followed to their end');
    const because = ends.map((end) => doubtAbout(end, start, given)).find((doubt) => doubt !== undefined);
    return because === undefined ? pass(answers) : notVerified(because);
  },
});

/** Every path of the given address ends on its own host. */
function staysAtHome(given: Given, seen: readonly Sighting[]): boolean {
  const main = mainHostOf(given);
  const own = new Set(
    entriesOf(
      'https',
      given.hosts.filter(({ host }) => host === main),
      given,
      seen,
    ),
  );
  const ends = ofKind('http-exchange', seen).filter(({ subject, chainEnd }) => own.has(subject) && chainEnd !== null);
  return ends.length > 0 && ends.every(({ url }) => parseUrl(url)?.hostname === main);
}

/** Whether this host is one more name of the portal, and no site of its own. */
function belongsToMain(host: string, given: Given): boolean {
  const role = given.hosts.find((one) => one.host === host)?.role;
  const main = mainHostOf(given);
  return host === main || role === 'app' || (role === 'marketing' && isTwin(host, main));
}

/** `at` is where the cause lies: the host, or the one address that is lost or runs in a circle. */
const found = (
  problem: ProblemId,
  at: string,
  { id }: Answer,
  pointer: string,
  detail: string,
): Finding<ProblemId> => ({ problem, subject: at, detail, evidence: [{ observation: id, pointer }] });

/** A redirect over https that leads from one name of the portal to its main one. Those over http are the business of plain-http. */
function poorRedirect(answer: Answer, answers: readonly Answer[], given: Given): Finding<ProblemId>[] {
  const { url, redirectTo, status } = answer;
  const [from, to] = [parseUrl(url), parseUrl(redirectTo ?? '')];
  const main = mainHostOf(given);
  if (redirectTo === null || from?.scheme !== 'https' || from.hostname === main || to?.hostname !== main) return [];
  if (!belongsToMain(from.hostname, given)) return [];
  const detail = `${status} from ${shown(url)} to ${shown(redirectTo)}`;
  // What the visitor asked for, not where a detour led.
  const asked = answers.find((one) => parseUrl(one.url)?.scheme === 'https') ?? answer;
  return [
    ...(isPermanent(status) ? [] : [found('redirect-temporary-to-canonical', from.origin, answer, '/status', detail)]),
    ...(losesPath(asked.url, redirectTo)
      ? [found('redirect-loses-path', withoutQuery(asked.url), answer, '/redirectTo', detail)]
      : []),
  ];
}

function wrongEnd(end: Answer, start: string, answers: readonly Answer[], given: Given): Finding<ProblemId>[] {
  const at = parseUrl(end.url);
  const began = originAt((answers.find(({ hop }) => hop === 0) ?? end).url);
  const ring = `back to ${shown(end.redirectTo ?? end.url)}`;
  if (end.chainEnd === 'loop') return [found('redirect-loop', withoutQuery(end.url), end, '/redirectTo', ring)];
  if (end.chainEnd === 'too-long')
    return [found('redirect-chain-long', began, end, '/hop', `not there after ${end.hop + 1} redirects`)];
  // Redirects on the spot, say to the sign-in page, are the application's own affair.
  const arrival = Math.min(...answers.filter(({ url }) => parseUrl(url)?.origin === at?.origin).map(({ hop }) => hop));
  const isSplit =
    belongsToMain(start, given) && at?.hostname !== mainHostOf(given) && serves(end) && isCertain(start, given);
  return [
    ...(arrival > HOPS_MAX ? [found('redirect-chain-long', began, end, '/hop', `${arrival} redirects`)] : []),
    ...(isSplit ? [found('hosts-split', originAt(end.url), end, '/status', `${end.status} at ${shown(end.url)}`)] : []),
  ];
}

/** A page, or the question who is there. */
const serves = ({ chainEnd, status }: Answer) =>
  chainEnd === 'landed' && ((status >= 200 && status < 300) || status === 401 || status === 403);

/** Without a word of the owner only `www` and the bare domain are surely one portal: tenants may have hosts of their own. */
const isCertain = (start: string, given: Given) => given.canonicalHost !== null || isTwin(start, mainHostOf(given));

function doubtAbout(end: Answer, start: string, given: Given): string | undefined {
  const main = mainHostOf(given);
  const host = parseUrl(end.url)?.hostname ?? '';
  if (!belongsToMain(start, given) || host === main) return undefined;
  if (end.chainEnd === 'left-scope') return `${host} leads on to ${shown(end.redirectTo ?? 'another host')}`;
  if (given.canonicalHost === null)
    return `${start} ends at ${host}: name the canonical host in the target file, so that others can be held to it`;
  return `${host} answers ${end.status} and leads nowhere`;
}
