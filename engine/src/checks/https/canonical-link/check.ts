import { defineCheck, type Finding, fail, notVerified, pass } from '../../../model/check.ts';
import type { Given } from '../../../model/given.ts';
import { isNonEmpty } from '../../../model/non-empty.ts';
import type { ObservationOf } from '../../../model/observation.ts';
import { parseUrl } from '../../../parsers/url.ts';
import { isTwin, mainHostOf } from '../main-host.ts';
import { oneFindingEach } from '../one-finding-each.ts';
import { readPages } from '../read-pages.ts';
import { shown } from '../redirects.ts';

type ProblemId = 'canonical-link-elsewhere';
type Page = ObservationOf<'page'>;

export default defineCheck({
  id: 'canonical-link',
  criterion: 'https',
  title: 'Pages name an address of the portal itself as the canonical one',
  why: 'The canonical link tells search engines and link previews which address is the real one. A wrong one sends people elsewhere.',
  harms: ['downtime', 'account-takeover'],
  requirements: ['LR-061', 'LR-067'],
  sources: ['RFC 6596', 'OWASP ASVS 5.0, 3.5.4'],
  standards: { asvs: ['3.5.4'], top10: ['A02'], cwe: [], mvsp: [] },
  cannotSee: ['Pages behind sign-in.', 'Canonical links that scripts add, and those in HTTP header fields.'],
  needs: ['page'],
  evidenceLivesDays: 7,
  problems: {
    'canonical-link-elsewhere': {
      severity: 'low',
      says: 'lead away from the canonical host',
      breaks:
        'Search engines and shared links lead to a host that is not the portal: a preview, an old domain, or one an attacker chose.',
      fix: [
        'Build canonical links from one fixed setting, never from the Host or X-Forwarded-Host header of the request.',
        'Set it to the canonical host over https.',
      ],
      fixIn: {
        next: [
          'In app/layout.tsx:',
          "export const metadata = { metadataBase: new URL('https://portal.example'), alternates: { canonical: './' } };",
        ],
        vercel: ['Settings → Environment Variables → SITE_URL=https://portal.example, for Production only'],
        express: ["const ORIGIN = 'https://portal.example'; // not req.headers.host"],
        nginx: ['proxy_set_header Host portal.example;', 'proxy_set_header X-Forwarded-Host portal.example;'],
        cloudflare: ['Rules → Transform Rules → Modify Request Header: Set static  X-Forwarded-Host  portal.example'],
      },
    },
  },
  unlock: 'Let us open the start page.',
  subjects: readPages,
  judge({ page: pages }, given) {
    const findings = oneFindingEach(pages.flatMap((page) => elsewhere(page, given)));
    if (isNonEmpty(findings)) return fail(findings);
    const doubtful = pages.find((page) => given.canonicalHost === null && namedHost(page) !== ownHost(page));
    if (doubtful === undefined) return pass(pages);
    return notVerified(`it names ${namedHost(doubtful)}: say in the target file which host is the canonical one`);
  },
});

const ownHost = ({ url }: Page) => parseUrl(url)?.hostname ?? '';

/** The host of the canonical link; the page's own where it has none. */
const namedHost = (page: Page) =>
  (page.canonical === null ? undefined : parseUrl(page.canonical, page.url)?.hostname) ?? ownHost(page);

function elsewhere(page: Page, given: Given): Finding<ProblemId>[] {
  const [named, own, main] = [namedHost(page), ownHost(page), mainHostOf(given)];
  const isOneOfMain = own === main || isTwin(own, main);
  if (named === main || (named === own && !isOneOfMain)) return [];
  // Without a word of the owner, a page may well name the other of the given hosts.
  const mayBeMeant = given.canonicalHost === null && (named === own || given.hosts.some(({ host }) => host === named));
  if (page.canonical === null || mayBeMeant) return [];
  return [
    {
      problem: 'canonical-link-elsewhere',
      subject: `canonical links of ${own} to ${named}`,
      detail: `${shown(page.canonical)} at ${shown(page.url)}`,
      evidence: [{ observation: page.id, pointer: '/canonical' }],
    },
  ];
}
