import { defineCheck, type Finding, fail, notVerified, pass } from '../../../model/check.ts';
import type { Given } from '../../../model/given.ts';
import { isNonEmpty, type NonEmpty } from '../../../model/non-empty.ts';
import type { ObservationOf } from '../../../model/observation.ts';
import { parsePolicies } from '../../../parsers/csp.ts';
import { type Answer, fieldValues, hostOf, isOnTarget, originAt } from '../../answers.ts';
import { assetSubjects } from '../../subjects.ts';
import { oneFindingEach } from '../one-finding-each.ts';
import { overHttps } from '../own-answers.ts';
import { readPages } from '../read-pages.ts';
import { shown } from '../redirects.ts';

type ProblemId = 'mixed-active' | 'mixed-form' | 'mixed-socket' | 'mixed-passive' | 'insecure-link';
type Asset = ObservationOf<'asset'>;
type Reference = Asset['insecure'][number];

/** References named in one finding; the rest is counted. Ours: what a reader takes in. */
const NAMED_MAX = 3;

const PROBLEM_OF: Readonly<Record<Reference['use'], ProblemId>> = {
  active: 'mixed-active',
  form: 'mixed-form',
  socket: 'mixed-socket',
  passive: 'mixed-passive',
  link: 'insecure-link',
};

const HTTPS_IN = {
  next: [
    'Search for it, then write https:// or a path:',
    "grep -rnE '(http|ws)://' app components public next.config.*",
  ],
  vite: [
    'Search for it, then write https:// or a path:',
    "grep -rnE '(http|ws)://' src index.html .env*",
    'VITE_API_URL=https://api.portal.example',
  ],
  express: [
    "grep -rnE '(http|ws)://' views public",
    "app.set('trust proxy', 1); // so that req.protocol is https in links you build",
  ],
  nginx: [
    'proxy_set_header X-Forwarded-Proto $scheme;',
    '# until the sources are clean: add_header Content-Security-Policy "upgrade-insecure-requests" always;',
  ],
  cloudflare: [
    'SSL/TLS → Edge Certificates → Automatic HTTPS Rewrites: on (for what Cloudflare knows; the rest is yours to change)',
  ],
  vercel: ['Settings → Environment Variables: every public URL with https:// or wss://, then redeploy'],
  django: ["SECURE_PROXY_SSL_HEADER = ('HTTP_X_FORWARDED_PROTO', 'https')"],
} as const;

export default defineCheck({
  id: 'mixed-content',
  criterion: 'https',
  title: 'Pages load, send and open nothing over plain HTTP',
  why: 'One script or form over plain HTTP undoes https for the whole page. Browsers block most of it, so parts of your portal silently fail.',
  harms: ['account-takeover', 'data-exposure', 'downtime'],
  requirements: ['LR-014', 'LR-015', 'LR-063'],
  sources: [
    'OWASP ASVS 5.0, 12.2.1',
    'OWASP ASVS 5.0, 4.4.1',
    'W3C Mixed Content, sections 3 and 5',
    'RFC 6455, section 10.6',
  ],
  standards: { asvs: ['12.2.1', '4.4.1'], top10: ['A04', 'A02'], cwe: [319, 311], mvsp: ['2.2'] },
  cannotSee: [
    'Addresses that scripts put together at run time.',
    'Pages behind sign-in.',
    'Whether a browser would upgrade a reference by itself: what a page asks for is judged, not what a browser mends.',
  ],
  needs: ['asset', 'http-exchange'],
  evidenceLivesDays: 7,
  problems: {
    'mixed-active': {
      severity: 'high',
      says: 'go over plain HTTP for something that is run or relied on',
      breaks:
        'Where it is not blocked, somebody on the way swaps the script and owns the page; where it is, the page is broken.',
      fix: [
        'Write `https://`, or a path without a scheme, at each place that is named; host the file yourself where https is not to be had.',
      ],
      fixIn: HTTPS_IN,
    },
    'mixed-form': {
      severity: 'high',
      says: 'send forms over plain HTTP',
      breaks: 'What people type, passwords included, can be read and changed on the way.',
      fix: ['Send forms to a path, or to an address that begins with `https://`.'],
      fixIn: HTTPS_IN,
    },
    'mixed-socket': {
      severity: 'medium',
      says: 'open a WebSocket without encryption (ws://)',
      breaks:
        'Browsers refuse it on an https page: live updates never work; other clients send their data in plain text.',
      fix: [
        'Use `wss://`, or build the address from `location`: `new WebSocket("/live")` is enough for browsers of today.',
      ],
      fixIn: HTTPS_IN,
    },
    'mixed-passive': {
      severity: 'low',
      says: 'show pictures, sound or video over plain HTTP',
      breaks:
        'Somebody on the way sees what is looked at and can swap it; the browser marks the page as not fully secure.',
      fix: ['Write `https://`, or a path without a scheme, at each place that is named.'],
      fixIn: HTTPS_IN,
    },
    'insecure-link': {
      severity: 'low',
      says: 'link to the portal itself over plain HTTP',
      breaks: 'Who follows the link leaves https for one request, on which somebody else may answer.',
      fix: ['Link with paths, or with `https://`.'],
      fixIn: HTTPS_IN,
    },
  },
  unlock: 'Let us open the start page.',
  subjects: (given, seen) => overHttps([...readPages(given, seen), ...assetSubjects(seen)]),
  judge({ asset: assets, 'http-exchange': answers }, given) {
    const findings = oneFindingEach(assets.flatMap((asset) => mixedIn(asset, answers, given)));
    if (isNonEmpty(findings)) return fail(findings);
    const cut = assets.find(({ bytesSkipped }) => bytesSkipped > 0);
    return cut === undefined ? pass(assets) : notVerified(`${cut.bytesSkipped} bytes were not read`);
  },
});

function mixedIn(asset: Asset, answers: NonEmpty<Answer>, given: Given): Finding<ProblemId>[] {
  const references = asset.insecure
    .map((reference, index) => ({ ...reference, index }))
    // A link to a page of somebody else is theirs to protect.
    .filter(({ use, url }) => use !== 'link' || isOnTarget(url, given));
  const upgraded = answers.some(asksForUpgrade) ? '; upgrade-insecure-requests mends it in browsers only' : '';
  // One template or setting names a host on every page: the host that is named is the cause, not the page.
  const groups = Map.groupBy(references, ({ use, url }) => `${PROBLEM_OF[use]} ${originAt(url)}`);
  return [...groups.values()].flatMap((found): Finding<ProblemId>[] => {
    const more = found.length - NAMED_MAX;
    const named = found.slice(0, NAMED_MAX).map(({ by, url }) => `${by.slice(0, 60)} ${shown(url)}`);
    const [first] = found;
    if (first === undefined) return [];
    return [
      {
        problem: PROBLEM_OF[first.use],
        subject: `references from ${hostOf(asset.url)} to ${originAt(first.url)}`,
        detail: `${named.join(', ')}${more > 0 ? ` and ${more} more` : ''} in ${shown(asset.url)}${upgraded}`,
        evidence: [{ observation: asset.id, pointer: `/insecure/${first.index}` }],
      },
    ];
  });
}

/** Source: W3C Upgrade Insecure Requests, section 3.1. Links and other clients stay as they are. */
const asksForUpgrade = (answer: Answer) =>
  parsePolicies(fieldValues(answer, 'content-security-policy')).some((policy) =>
    policy.has('upgrade-insecure-requests'),
  );
