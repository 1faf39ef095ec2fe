import { defineCheck, type Finding, fail, notVerified, pass } from '../../../model/check.ts';
import type { Given } from '../../../model/given.ts';
import { isNonEmpty } from '../../../model/non-empty.ts';
import { parseUrl } from '../../../parsers/url.ts';
import { type Answer, fieldEvidence, fieldValues, hostOf } from '../../answers.ts';
import { corsSubjects, originOf } from '../../subjects.ts';

type ProblemId =
  | 'cors-reflects-with-credentials'
  | 'cors-null-with-credentials'
  | 'cors-suffix-match'
  | 'cors-plain-http-origin';

const ORIGIN = 'access-control-allow-origin';
const CREDENTIALS = 'access-control-allow-credentials';

const LISTED = {
  nginx: [
    'map $http_origin $cors_origin { default ""; "https://app.portal.example" $http_origin; }',
    'add_header Access-Control-Allow-Origin $cors_origin always;',
    'add_header Vary Origin always;',
  ],
  next: [
    'In the route handler:',
    "const ALLOWED = new Set(['https://app.portal.example']);",
    "if (ALLOWED.has(origin)) headers.set('Access-Control-Allow-Origin', origin);",
  ],
  vite: ['In the API, not in Vite: `server.cors` only concerns the development server.'],
  express: ["app.use(cors({ origin: ['https://app.portal.example'], credentials: true }));"],
  fastify: ["await app.register(cors, { origin: ['https://app.portal.example'], credentials: true });"],
  django: ["CORS_ALLOWED_ORIGINS = ['https://app.portal.example']", 'and no CORS_ALLOW_ALL_ORIGINS.'],
  cloudflare: [
    'In the Worker: answer `Access-Control-Allow-Origin` only when the Origin header equals an entry of a fixed list.',
  ],
  supabase: [
    'In the Edge Function: `Access-Control-Allow-Origin: https://app.portal.example` in place of the request’s origin.',
  ],
} as const;

export default defineCheck({
  id: 'cross-origin-calls',
  criterion: 'authentication',
  title: 'No other site can read the portal with a visitor’s session',
  why: 'A browser sends your client’s session along when some other site calls the portal; only the portal’s answer keeps that site from reading what comes back.',
  harms: ['data-exposure', 'account-takeover', 'broken-access-control'],
  requirements: ['LR-002', 'LR-035', 'LR-122'],
  sources: ['OWASP ASVS 5.0, 3.4.2', 'WHATWG Fetch, section 3.3 (CORS protocol)', 'RFC 6454, section 7'],
  standards: { asvs: ['3.4.2'], top10: ['A01', 'A02'], cwe: [942, 346], mvsp: ['3.3'] },
  cannotSee: [
    'Addresses that were not called: at most three are.',
    'Whether the session cookie is sent at all: `SameSite=Lax` or `Strict` keeps it at home, which is a second lock, not a reason to leave this one open.',
    'Other sites that are on the list on purpose.',
  ],
  needs: ['http-exchange'],
  evidenceLivesDays: 7,
  problems: {
    'cors-reflects-with-credentials': {
      severity: 'high',
      says: 'are answered as if they came from the portal itself, session included',
      breaks: 'Any page that a signed-in client visits reads their data in the background.',
      fix: [
        'Compare the Origin header with a fixed list, as a whole, and answer with it only when it is on the list.',
        'Without `Access-Control-Allow-Credentials` no session is read; public data can be open with `*`.',
      ],
      fixIn: LISTED,
    },
    'cors-null-with-credentials': {
      severity: 'high',
      says: 'are trusted with the session, though any sandboxed frame can make them',
      breaks:
        'Any site puts its script in a sandboxed frame, which then counts as `null`, and reads the data of signed-in clients.',
      fix: ['Take `null` off the list of allowed origins.'],
      fixIn: LISTED,
    },
    'cors-suffix-match': {
      severity: 'high',
      says: 'are trusted with the session because the name looks like the portal’s',
      breaks: 'An attacker registers a name that begins or ends like yours and reads the data of signed-in clients.',
      fix: ['Compare the whole origin, not its beginning or end and not by a pattern without `^`, `$` and `\\.`.'],
      fixIn: LISTED,
    },
    'cors-plain-http-origin': {
      severity: 'medium',
      says: 'are trusted with the session though they came over plain http',
      breaks: 'Whoever sits on the network of a client answers for that address and reads the data of the session.',
      fix: ['Allow origins that begin with `https://` only.'],
      fixIn: LISTED,
    },
  },
  unlock: 'Let us call the start page from a made-up site.',
  subjects: corsSubjects,
  judge({ 'http-exchange': answers }, given) {
    const findings = answers.filter(lendsSession).map((answer) => found(answer, given));
    if (isNonEmpty(findings)) return fail(findings);
    const broken = answers.find(({ status }) => status >= 500);
    if (broken !== undefined) return notVerified(`the server failed with ${broken.status}`);
    return pass(answers);
  },
});

/** The answer names the origin that asked, and lets it read with credentials. For `*` browsers refuse credentials. */
function lendsSession(answer: Answer): boolean {
  return (
    fieldValues(answer, ORIGIN).some((value) => value.trim() === originOf(answer.subject)) &&
    fieldValues(answer, CREDENTIALS).some((value) => value.trim() === 'true')
  );
}

const found = (answer: Answer, given: Given): Finding<ProblemId> => ({
  problem: problemOf(originOf(answer.subject) ?? '', given),
  subject: `cross-origin calls from ${originOf(answer.subject)} to ${hostOf(answer.url)}`,
  detail: `Access-Control-Allow-Origin: ${originOf(answer.subject)}, with credentials, at ${answer.url}`.slice(0, 300),
  evidence: [fieldEvidence(answer, ORIGIN), fieldEvidence(answer, CREDENTIALS)],
});

function problemOf(origin: string, { hosts }: Given): ProblemId {
  if (origin === 'null') return 'cors-null-with-credentials';
  const { hostname = '', scheme } = parseUrl(origin) ?? {};
  if (scheme === 'http') return 'cors-plain-http-origin';
  return hosts.some(({ host }) => hostname.startsWith(host) || hostname.endsWith(host))
    ? 'cors-suffix-match'
    : 'cors-reflects-with-credentials';
}
