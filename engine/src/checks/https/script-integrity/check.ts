import { defineCheck, fail, pass } from '../../../model/check.ts';
import type { Given } from '../../../model/given.ts';
import { isNonEmpty } from '../../../model/non-empty.ts';
import { parseUrl } from '../../../parsers/url.ts';
import { isOnTarget, withoutQuery } from '../../answers.ts';
import { htmlPageSubjects } from '../../subjects.ts';

/**
 * Vendors that change the file behind one address all the time, and say so: a pinned copy of it breaks.
 * Sources: the install pages of the vendors, such as docs.stripe.com/js/including.
 */
const CHANGED_BY_THEIR_MAKER: readonly string[] = [
  'js.stripe.com',
  'www.googletagmanager.com',
  'www.google-analytics.com',
  'www.google.com',
  'www.gstatic.com',
  'accounts.google.com',
  'apis.google.com',
  'maps.googleapis.com',
  'www.recaptcha.net',
  'js.hcaptcha.com',
  'hcaptcha.com',
  'challenges.cloudflare.com',
  'static.cloudflareinsights.com',
  'www.paypal.com',
  'widget.intercom.io',
  'js.hs-scripts.com',
  'js.intercomcdn.com',
  'connect.facebook.net',
  'snap.licdn.com',
  'appleid.cdn-apple.com',
  'va.vercel-scripts.com',
  'plausible.io',
  'cdn.paddle.com',
];

export default defineCheck({
  id: 'script-integrity',
  criterion: 'https',
  title: 'Scripts from other companies cannot change unnoticed',
  why: 'A script from somebody else’s server can do in your portal whatever your own can; if that server is broken into, so are you.',
  harms: ['account-takeover', 'data-exposure'],
  requirements: ['LR-002', 'LR-122'],
  sources: ['OWASP ASVS 5.0, 3.6.1', 'W3C Subresource Integrity, section 3.5'],
  standards: { asvs: ['3.6.1'], top10: ['A03', 'A08'], cwe: [353, 829], mvsp: ['2.5'] },
  cannotSee: [
    'Scripts that other scripts add while the page runs.',
    'Scripts of vendors that change their file all the time, such as payment and sign-in widgets: they cannot be pinned, and are a decision of yours to write down.',
    'Whether the pinned file is a harmless one.',
  ],
  needs: ['page'],
  evidenceLivesDays: 7,
  problems: {
    'third-party-script-unpinned': {
      severity: 'low',
      says: 'is loaded from a host that is not yours, whatever it may hold tomorrow',
      breaks: 'Whoever gets hold of that host, or of the package it serves, runs code in the browser of every client.',
      fix: [
        'Serve the file from your own host with the rest of the build.',
        'Or pin it: a fixed version in the address, and `integrity="sha384-…" crossorigin="anonymous"` on the script element.',
        'If the host is yours, name it under `hosts` in the target file with the role `assets`.',
      ],
      fixIn: {
        next: [
          'Install the package and import it instead of `<Script src="https://…">`; or:',
          '<Script src="https://cdn.example/lib@1.2.3/lib.min.js" integrity="sha384-…" crossOrigin="anonymous" />',
        ],
        vite: [
          'npm install <package>',
          "import '<package>';",
          'and take the `<script src="https://…">` out of index.html.',
        ],
        express: ['app.use("/vendor", express.static("node_modules/<package>/dist"));'],
      },
    },
  },
  unlock: 'Let us open the start page.',
  subjects: (given, seen) => htmlPageSubjects(given, seen),
  judge({ page: pages }, given) {
    const findings = pages.flatMap((page) =>
      page.scripts.flatMap(({ url, integrity }, index) =>
        integrity || !isForeign(url, given)
          ? []
          : [
              {
                problem: 'third-party-script-unpinned' as const,
                subject: `script ${withoutQuery(url)}`,
                detail: 'no integrity attribute',
                evidence: [{ observation: page.id, pointer: `/scripts/${index}` }] as const,
              },
            ],
      ),
    );
    return isNonEmpty(findings) ? fail(findings) : pass(pages);
  },
});

/** Not on a host of the target or below one, and not the kind that nobody can pin. */
function isForeign(url: string, given: Given): boolean {
  const host = parseUrl(url)?.hostname;
  if (host === undefined || isOnTarget(url, given)) return false;
  return !given.hosts.some((own) => host.endsWith(`.${own.host}`)) && !CHANGED_BY_THEIR_MAKER.includes(host);
}
