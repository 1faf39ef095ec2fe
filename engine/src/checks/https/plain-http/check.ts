import { defineCheck, type Finding, fail, notVerified, pass } from '../../../model/check.ts';
import type { Given } from '../../../model/given.ts';
import { isNonEmpty } from '../../../model/non-empty.ts';
import { removesCookie, setCookies } from '../../../parsers/set-cookie.ts';
import { parseUrl } from '../../../parsers/url.ts';
import { type Answer, fieldValues, hostOf, originAt, withoutQuery } from '../../answers.ts';
import { allEntries, publishedHosts } from '../../subjects.ts';
import { isEdgeCookie } from '../cookie-names.ts';
import { oneFindingEach } from '../one-finding-each.ts';
import { isStandIn } from '../own-answers.ts';
import { isPermanent, losesPath, shown } from '../redirects.ts';

type ProblemId =
  | 'plain-http-serves'
  | 'plain-http-in-chain'
  | 'plain-http-cookie'
  | 'plain-http-not-redirected'
  | 'plain-http-redirect-temporary'
  | 'plain-http-redirect-elsewhere'
  | 'plain-http-path-lost';

/** One redirect for everything, in the words of each stack. */
const REDIRECT_IN = {
  nginx: ['server {', '  listen 80;', '  listen [::]:80;', '  return 301 https://$host$request_uri;', '}'],
  apache: ['<VirtualHost *:80>', '  Redirect permanent / https://portal.example/', '</VirtualHost>'],
  caddy: ['Name the host without a scheme or port, and Caddy redirects by itself:', 'portal.example { … }'],
  cloudflare: ['SSL/TLS → Edge Certificates → Always Use HTTPS: on', 'SSL/TLS → Overview → Full (strict)'],
  vercel: [
    'Vercel redirects http to https with 308 by itself:',
    'let the DNS of the host lead to Vercel only, and remove any proxy of your own in front of it.',
  ],
  netlify: ['Domain management → HTTPS → Force HTTPS'],
  fly: ['In fly.toml:', '[http_service]', '  force_https = true'],
  cloudfront: ['In each cache behaviour:', 'ViewerProtocolPolicy: redirect-to-https'],
  express: [
    'Before everything else:',
    "app.set('trust proxy', 1);",
    "app.use((req, res, next) => (req.secure ? next() : res.redirect(308, 'https://portal.example' + req.originalUrl)));",
  ],
  next: [
    'Redirect in front of Next.js (nginx, Cloudflare, Vercel). Where nothing is in front, in next.config.js:',
    "async redirects() { return [{ source: '/:path*', has: [{ type: 'header', key: 'x-forwarded-proto', value: 'http' }], destination: 'https://portal.example/:path*', permanent: true }]; }",
  ],
  django: ['SECURE_SSL_REDIRECT = True', "SECURE_PROXY_SSL_HEADER = ('HTTP_X_FORWARDED_PROTO', 'https')"],
  rails: ['config.force_ssl = true'],
} as const;

export default defineCheck({
  id: 'plain-http',
  criterion: 'https',
  title: 'Nothing is served over plain HTTP; every request is sent on to https',
  why: 'Anybody on the same network can read and change what travels over plain HTTP. One such page is enough to take over a login.',
  harms: ['account-takeover', 'data-exposure'],
  requirements: ['LR-014', 'LR-060', 'LR-065', 'LR-066', 'LR-097'],
  sources: [
    'OWASP ASVS 5.0, 12.2.1',
    'OWASP ASVS 5.0, 4.1.2',
    'OWASP ASVS 5.0, 3.3.1',
    'RFC 9110, sections 15.4.2 and 15.4.9',
    'RFC 6797, section 7.2',
    'hstspreload.org, submission requirements',
  ],
  standards: { asvs: ['12.2.1', '4.1.2', '3.3.1'], top10: ['A04', 'A02'], cwe: [319, 614], mvsp: ['2.2', '2.8'] },
  cannotSee: [
    'Ports other than 80 and 443.',
    'A port 80 that is closed to us and open to others: where it refuses us, the host is judged on its https side alone.',
    'Paths that were not tried: each host is tried with the paths of the target file.',
    'That a redirect also meets requests that change something: only GET is sent.',
  ],
  needs: ['http-exchange'],
  evidenceLivesDays: 7,
  problems: {
    'plain-http-serves': {
      severity: 'high',
      says: 'serves content over plain HTTP',
      breaks: 'Somebody on the same network reads the page, changes its sign-in form and takes the password.',
      fix: [
        'Redirect every request on port 80 with 301 or 308 to the same address over https, before the application sees it.',
        'An API should refuse plain HTTP instead of redirecting it, so that clients notice their mistake.',
      ],
      fixIn: REDIRECT_IN,
    },
    'plain-http-in-chain': {
      severity: 'medium',
      says: 'leads to an address over plain http',
      breaks: 'On the unprotected hop an attacker answers instead and sends the visitor to a copy of the portal.',
      fix: [
        'Redirect http to https on the same host first, then from host to host over https only.',
        'Look for redirects in the application that are built with `http://`: behind a proxy it has to trust `X-Forwarded-Proto`.',
      ],
      fixIn: REDIRECT_IN,
    },
    'plain-http-cookie': {
      severity: 'medium',
      says: 'is set over plain HTTP',
      breaks: 'Whoever listens on the network reads the cookie, or sets one of their own choice.',
      fix: ['Redirect plain HTTP before the application runs, so that no session or cookie is ever begun there.'],
      fixIn: REDIRECT_IN,
    },
    'plain-http-not-redirected': {
      severity: 'low',
      says: 'answers plain HTTP with an error instead of leading to https',
      breaks: 'A visitor who types the address without https sees an error, and never learns that the portal is there.',
      fix: ['Redirect every request on port 80 with 301 or 308 to the same address over https, or close the port.'],
      fixIn: REDIRECT_IN,
    },
    'plain-http-redirect-temporary': {
      severity: 'low',
      says: 'redirects to https only for now (not 301 or 308)',
      breaks: 'Browsers ask over plain HTTP again each time, and each time somebody else may answer.',
      fix: ['Answer with 301 or 308.'],
      fixIn: REDIRECT_IN,
    },
    'plain-http-redirect-elsewhere': {
      severity: 'low',
      says: 'redirects from plain HTTP to another host at once, skipping https on its own',
      breaks:
        'Browsers never see the HSTS header of this host, so its first request stays unprotected; the preload list refuses such hosts.',
      fix: ['Redirect to https on the same host first, and from there to the canonical host.'],
      fixIn: REDIRECT_IN,
    },
    'plain-http-path-lost': {
      severity: 'low',
      says: 'forgets path or query when it redirects to https',
      breaks: 'Links from mails (invitations, password resets) end on the start page.',
      fix: ['Keep path and query in the redirect: nginx `$request_uri`, Express `req.originalUrl`.'],
      fixIn: REDIRECT_IN,
    },
  },
  subjects: (given, seen) => allEntries(publishedHosts(given, seen), given, seen),
  judge({ 'http-exchange': answers }, given) {
    const plain = answers.filter(({ url }) => parseUrl(url)?.scheme === 'http');
    const findings = oneFindingEach([
      ...plain.filter((answer) => !isUnclear(answer)).flatMap((answer) => wrongOverHttp(answer, given)),
      ...answers.filter((answer) => !plain.includes(answer)).flatMap(backToHttp),
    ]);
    if (isNonEmpty(findings)) return fail(findings);
    const unclear = plain.find(isUnclear);
    return unclear === undefined ? pass(answers) : notVerified(`plain HTTP was answered ${unclear.status}`);
  },
});

/** A failing or a tired server does not tell what it does otherwise. */
const isUnclear = (answer: Answer) => answer.status >= 500 || answer.status === 429 || isStandIn(answer);

/** The cause lies where the answer came from, whatever path was asked for and wherever the visitor began. */
const found = (problem: ProblemId, answer: Answer, pointer: string, detail: string): Finding<ProblemId> => ({
  problem,
  subject: problem === 'plain-http-path-lost' ? withoutQuery(answer.url) : originAt(answer.url),
  detail: `${detail}${overIPv6(answer)}`,
  evidence: [{ observation: answer.id, pointer }],
});

/** IPv6 is often another listener, with settings of its own. */
const overIPv6 = ({ subject }: Answer) => (subject.endsWith(' over IPv6') ? ' (over IPv6)' : '');

function wrongOverHttp(answer: Answer, given: Given): Finding<ProblemId>[] {
  return [...cookiesOf(answer), ...(answer.redirectTo === null ? unredirected(answer, given) : redirected(answer))];
}

const cookiesOf = (answer: Answer): Finding<ProblemId>[] =>
  setCookies(answer)
    .filter((cookie) => !removesCookie(cookie) && !isEdgeCookie(cookie.name))
    .map(({ name, pointer }) => ({
      problem: 'plain-http-cookie',
      subject: `cookie ${name.slice(0, 100)} of ${hostOf(answer.url)}`,
      detail: `Set-Cookie at ${shown(answer.url)}`,
      evidence: [{ observation: answer.id, pointer }],
    }));

function unredirected(answer: Answer, { hosts }: Given): Finding<ProblemId>[] {
  const { status, bodyBytes, url } = answer;
  const detail = `${status} at ${shown(url)}, ${bodyBytes} bytes`;
  if (status >= 200 && status < 300 && bodyBytes > 0) return [found('plain-http-serves', answer, '/status', detail)];
  const asksForPassword = fieldValues(answer, 'www-authenticate').some((value) => /^\s*basic\b/i.test(value));
  if (asksForPassword) return [found('plain-http-serves', answer, '/status', `${detail}, asks for a password`)];
  const host = parseUrl(url)?.hostname;
  const role = hosts.find((one) => one.host === host)?.role;
  // What no person types into a browser should refuse plain HTTP: ASVS 5.0, 4.1.2.
  const refusesRightly = status >= 400 && (role === 'api' || role === 'assets');
  return refusesRightly ? [] : [found('plain-http-not-redirected', answer, '/status', detail)];
}

function redirected(answer: Answer): Finding<ProblemId>[] {
  const { url, status, redirectTo } = answer;
  const [from, to] = [parseUrl(url), parseUrl(redirectTo ?? '')];
  const detail = `${status} from ${shown(url)} to ${shown(redirectTo ?? '')}`;
  if (to === undefined || to.scheme !== 'https') return [found('plain-http-in-chain', answer, '/redirectTo', detail)];
  return [
    ...(isPermanent(status) ? [] : [found('plain-http-redirect-temporary', answer, '/status', detail)]),
    ...(to.hostname === from?.hostname ? [] : [found('plain-http-redirect-elsewhere', answer, '/redirectTo', detail)]),
    ...(losesPath(url, to.href) ? [found('plain-http-path-lost', answer, '/redirectTo', detail)] : []),
  ];
}

function backToHttp(answer: Answer): Finding<ProblemId>[] {
  if (answer.redirectTo === null || parseUrl(answer.redirectTo)?.scheme !== 'http') return [];
  const detail = `${shown(answer.url)} leads to ${shown(answer.redirectTo)}`;
  return [found('plain-http-in-chain', answer, '/redirectTo', detail)];
}
