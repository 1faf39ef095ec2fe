import { defineCheck, type Finding, fail, notVerified, pass } from '../../../model/check.ts';
import { isNonEmpty } from '../../../model/non-empty.ts';
import type { ObservationOf, SecretHit } from '../../../model/observation.ts';
import { SECRET_RULES } from '../../../parsers/secret-rules.ts';
import { hostOf, isSignedPublic, withoutQuery } from '../../answers.ts';
import { assetSubjects, htmlPageSubjects } from '../../subjects.ts';

type ProblemId = 'secret-in-bundle' | 'test-secret-in-bundle';
type Asset = ObservationOf<'asset'>;

const MOVE = {
  next: [
    'Take the `NEXT_PUBLIC_` off the name, read it only in a route handler or server action, and put',
    "import 'server-only';",
    'at the top of the module that reads it.',
  ],
  vite: [
    'Take the `VITE_` off the name and call the service from your server instead. `define` and `envPrefix` must not carry it either.',
  ],
  express: ['Read it with `process.env.NAME` in a route, and let the browser call that route.'],
  supabase: [
    'In browsers use the publishable (or anon) key with row level security on every table.',
    'The secret (or service_role) key belongs in an Edge Function: supabase secrets set NAME=…',
  ],
  cloudflare: ['wrangler secret put NAME', 'and read it as `env.NAME` in the Worker, never in what the Worker sends.'],
  vercel: ['vercel env add NAME production', 'without a public prefix; then deploy again.'],
} as const;

export default defineCheck({
  id: 'bundle-secrets',
  criterion: 'secrets',
  title: 'Nothing a browser is given holds a secret key',
  why: 'Whatever a browser is given, everybody is given: a key in a script is a key on the front door, and programs look for them all day.',
  harms: ['account-takeover', 'data-exposure', 'broken-access-control'],
  requirements: ['LR-013', 'LR-028', 'LR-049', 'LR-052', 'LR-053', 'LR-056'],
  sources: [
    'OWASP ASVS 5.0, 13.3.1',
    'The formats of the issuers, each with its source in parsers/secret-rules.ts',
    'trufflesecurity.com/blog/google-api-keys-werent-secrets-but-then-gemini-changed-the-rules',
  ],
  standards: { asvs: ['13.3.1', '15.3.1'], top10: ['A02', 'A04'], cwe: [798, 312, 540], mvsp: ['3.3'] },
  cannotSee: [
    'Files that only signed-in visitors load.',
    'Secrets without a form of their own, such as a plain password in a sentence.',
    'Whether a key still works.',
    'Downloads and data that pages merely link to.',
  ],
  needs: ['asset'],
  evidenceLivesDays: 30,
  problems: {
    'secret-in-bundle': {
      severity: 'critical',
      says: 'is given to everybody who opens the portal',
      breaks:
        'Whoever reads the page’s files acts with your account at the issuer: reads data, spends money, sends mail in your name.',
      fix: [
        'Replace the key at its issuer first: it counts as stolen from the moment it was published.',
        'Keep the new one on the server only, and let the browser call your server.',
        'Build and deploy again, and purge the edge’s cache of the old files.',
      ],
      fixIn: MOVE,
    },
    'test-secret-in-bundle': {
      severity: 'medium',
      says: 'is a secret key of a test account that everybody is given',
      breaks:
        'The test account can be emptied and misled, and the same lines will carry the real key at the next switch.',
      fix: ['Move it to the server as if it were the real one, then replace it at its issuer.'],
      fixIn: MOVE,
    },
  },
  unlock: 'Let us open the start page and read the files it loads.',
  subjects: (given, seen) => [...htmlPageSubjects(given, seen, 'asset'), ...assetSubjects(seen)],
  judge({ asset: assets }, given) {
    const findings = assets.flatMap(problemsOf);
    if (isNonEmpty(findings)) return fail(findings);

    const unread = assets.find(({ bytesSkipped }) => bytesSkipped > 0);
    if (unread !== undefined) return notVerified(`${unread.bytesSkipped} bytes were not read`);
    const limited = assets.flatMap((asset) => (isSignedPublic(asset.url, given) ? [] : keysWithLimits(asset)));
    return isNonEmpty(limited) ? notVerified(limitsUnseen(limited[0])) : pass(assets);
  },
});

/** One finding for each kind of key in a file; several keys of a kind are its evidence. */
function problemsOf(asset: Asset): Finding<ProblemId>[] {
  const hits = asset.secrets.map((hit, index) => ({
    ...hit,
    at: { observation: asset.id, pointer: `/secrets/${index}` },
  }));
  const grave = hits.filter((hit) => hit.class === 'secret' || hit.class === 'test');
  return [...Map.groupBy(grave, ({ rule }) => rule).values()].flatMap(([first, ...more]) =>
    first === undefined
      ? []
      : [
          {
            problem: first.class === 'test' ? 'test-secret-in-bundle' : 'secret-in-bundle',
            subject: `${first.rule} in ${placeOf(asset)}`,
            detail: detailOf(first, more.length, asset.url),
            evidence: [first.at, ...more.map(({ at }) => at)],
          },
        ],
  );
}

function detailOf({ rule, issuer, hint, source }: SecretHit, more: number, url: string): string {
  const what = SECRET_RULES.find(({ id }) => id === rule)?.what;
  return [
    `${issuer} ${hint}`,
    ...(more > 0 ? [`and ${more} more`] : []),
    `at ${url.slice(0, 160)}`,
    ...(source === null ? [] : [`in the source ${source}`]),
    ...(what === undefined ? [] : [what]),
  ]
    .join('; ')
    .slice(0, 400);
}

const keysWithLimits = ({ secrets }: Asset) => secrets.filter((hit) => hit.class === 'restrictable');

const limitsUnseen = ({ issuer, hint }: SecretHit) =>
  `the limits of a key cannot be seen from outside (${issuer} ${hint}): limit it at its issuer and sign the file as public`;

/** A file by its name. What stands in every page, those included that answer where a file is missing, has one cause. */
function placeOf({ form, mapSources, status, url }: Asset): string {
  const isPage = form === 'document' || status >= 400 || (form === 'source-map' && mapSources === 0);
  return isPage ? `pages of ${hostOf(url)}` : stableUrl(url);
}

/** Bundlers put a hash of the content into the name; it changes with every build and the file stays the same one. */
const stableUrl = (url: string): string =>
  withoutQuery(url).replace(/[-.](?=[\w-]*[A-Z\d])[\w-]{8,64}(?=\.[a-z]{2,5}(?:\.map)?$)/, '-*');
