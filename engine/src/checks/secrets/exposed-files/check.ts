import { defineCheck, type Finding, fail, notVerified, pass } from '../../../model/check.ts';
import { EXPOSED_FILES } from '../../../model/exposed-paths.ts';
import { isNonEmpty } from '../../../model/non-empty.ts';
import { exposureSubject } from '../../../model/subject.ts';
import { type Answer, isHtml, isRedirect, isSignedPublic, originAt, tellsOnlyState } from '../../answers.ts';
import { canonicalOrigin, pageSubjects } from '../../subjects.ts';

type ProblemId =
  | 'env-file-served'
  | 'repository-served'
  | 'backup-served'
  | 'key-file-served'
  | 'config-file-served'
  | 'directory-listed';

/** What a body really is, whatever its address and type say (extractors/content-kind.ts). */
const PROBLEM_OF: Readonly<Record<string, ProblemId>> = {
  'env-file': 'env-file-served',
  'git-config': 'repository-served',
  'git-head': 'repository-served',
  'sql-dump': 'backup-served',
  archive: 'backup-served',
  'private-key': 'key-file-served',
  'aws-credentials': 'key-file-served',
  npmrc: 'config-file-served',
  'docker-compose': 'config-file-served',
  'ds-store': 'directory-listed',
  'directory-listing': 'directory-listed',
};

const KEEP_BACK = {
  nginx: [
    'location ~ /\\.(?!well-known/) { return 404; }',
    'location ~ \\.(?:sql|sqlite3?|zip|bak|ya?ml)$ { return 404; }',
  ],
  apache: ['RedirectMatch 404 "/\\.(?!well-known/)"', 'RedirectMatch 404 "\\.(?:sql|sqlite3?|zip|bak|ya?ml)$"'],
  caddy: ['@hidden path */.* *.sql *.bak *.yml', 'respond @hidden 404'],
  cloudflare: [
    'Security → WAF → Custom rule, block:',
    '(http.request.uri.path contains "/." and not starts_with(http.request.uri.path, "/.well-known/"))',
  ],
  next: ['Only what stands in public/ is served: take the file out of it.'],
  vite: ['What stands in public/ is copied into the build as it is: take the file out of it.'],
  express: ["app.use(express.static('dist', { dotfiles: 'ignore' }));", 'and never the root of the project.'],
  vercel: ['Set the output directory of the project to the build folder, not to its root.'],
  netlify: ['[build]', '  publish = "dist"'],
} as const;

export default defineCheck({
  id: 'exposed-files',
  criterion: 'secrets',
  title: 'No file of the workshop is served: settings, repository, backups, keys',
  why: 'Files that only developers and servers should see end up beside the pages more often than one thinks, and their names are known to everybody.',
  harms: ['data-exposure', 'account-takeover', 'broken-access-control'],
  requirements: ['LR-013', 'LR-028', 'LR-049', 'LR-053'],
  sources: ['OWASP ASVS 5.0, 13.4.1', 'OWASP ASVS 5.0, 13.4.3', 'OWASP ASVS 5.0, 13.3.1', 'OWASP ASVS 5.0, 13.4.7'],
  standards: {
    asvs: ['13.4.1', '13.4.3', '13.3.1', '13.4.7'],
    top10: ['A02', 'A01'],
    cwe: [538, 548, 527, 530, 552],
    mvsp: ['3.3'],
  },
  cannotSee: [
    `Files under other names than the ${EXPOSED_FILES.length} that are tried, and on other hosts than the canonical one.`,
    'What is in a configuration file that is meant for browsers.',
  ],
  needs: ['http-exchange'],
  evidenceLivesDays: 7,
  problems: {
    'env-file-served': {
      severity: 'critical',
      says: 'gives the settings of the deployment to everybody',
      breaks:
        'It holds the keys of the database, of mail and of payments; programs look for this very file around the clock.',
      fix: [
        'Take the file off the server, then replace every key that stood in it: they count as stolen.',
        'Publish the build folder only, and let settings come from the environment.',
      ],
      fixIn: KEEP_BACK,
    },
    'repository-served': {
      severity: 'high',
      says: 'gives parts of the repository to everybody',
      breaks: 'The whole source with its history can be downloaded piece by piece, with every key that was ever in it.',
      fix: ['Publish the build folder only. Then look through the history for keys, and replace those that are in it.'],
      fixIn: KEEP_BACK,
    },
    'backup-served': {
      severity: 'critical',
      says: 'gives a database or a copy of the portal to everybody',
      breaks: 'All records of all clients can be taken in one download, and nobody notices.',
      fix: [
        'Take it off the server now, and look into the access log for who has fetched it.',
        'If personal data is in it and somebody has, it may be a breach that must be reported: take advice.',
      ],
      fixIn: KEEP_BACK,
    },
    'key-file-served': {
      severity: 'critical',
      says: 'gives a private key or cloud credentials to everybody',
      breaks: 'Whoever fetches it acts as the server, or as the owner of the cloud account.',
      fix: [
        'Take it off the server and replace the key at once; look into the access log and the log of the cloud account.',
      ],
      fixIn: KEEP_BACK,
    },
    'config-file-served': {
      severity: 'medium',
      says: 'gives a configuration file of the server to everybody',
      breaks: 'It tells which services there are and how they are reached, often with their passwords.',
      fix: ['Publish the build folder only, and replace the passwords and tokens that stand in the file.'],
      fixIn: KEEP_BACK,
    },
    'directory-listed': {
      severity: 'medium',
      says: 'lists the names of files to everybody',
      breaks: 'Files that nobody links to are found and fetched one by one.',
      fix: ['Switch the listing of folders off, and keep `.DS_Store` out of what is published.'],
      fixIn: {
        ...KEEP_BACK,
        nginx: ['autoindex off;'],
        apache: ['Options -Indexes'],
        express: ['Take `serve-index` out.'],
      },
    },
  },
  unlock: 'Let us ask for a few well-known files.',
  subjects: (given, seen) => [
    ...EXPOSED_FILES.map((path) => exposureSubject(`${canonicalOrigin(given)}${path}`)),
    ...pageSubjects(given, seen),
  ],
  judge({ 'http-exchange': answers }, given) {
    const findings = answers.flatMap(problemsOf);
    if (isNonEmpty(findings)) return fail(findings);
    const broken = answers.find(({ status }) => status >= 500);
    if (broken !== undefined) return notVerified(`the server failed with ${broken.status}`);
    const unclear = answers.find((answer) => isUnclear(answer) && !isSignedPublic(answer.url, given));
    if (unclear !== undefined)
      return notVerified(`something is served there (${unclear.content}): take it away, or sign it as public`);
    return pass(answers);
  },
});

const isServed = ({ status }: Answer) => status >= 200 && status < 300;

function problemsOf(answer: Answer): Finding<ProblemId>[] {
  const problem = PROBLEM_OF[answer.content];
  if (problem === undefined || !isServed(answer)) return [];
  return [
    {
      problem,
      subject: problem === 'repository-served' ? exposureSubject(`${originAt(answer.url)}/.git/`) : answer.subject,
      detail: `status ${answer.status}, ${answer.content}, ${answer.bodyBytes} bytes at ${answer.url.slice(0, 200)}`,
      evidence: [{ observation: answer.id, pointer: '/content' }],
    },
  ];
}

/** A portal that answers every address has a page or an error for it; anything else is there on purpose or by mistake. */
function isUnclear(answer: Answer): boolean {
  if (answer.purpose !== 'exposure' || !isServed(answer) || isRedirect(answer)) return false;
  return !isHtml(answer) && answer.content !== 'empty' && !tellsOnlyState(answer.bodyShape);
}
