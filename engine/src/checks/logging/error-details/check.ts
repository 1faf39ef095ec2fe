import { defineCheck, type Finding, fail, notVerified, pass } from '../../../model/check.ts';
import { isNonEmpty } from '../../../model/non-empty.ts';
import { type Answer, answersLike, isOnTarget, withoutQuery } from '../../answers.ts';
import { apiSubjects, errorSubjects, pageSubjects } from '../../subjects.ts';

type ProblemId =
  | 'stack-trace-shown'
  | 'file-path-shown'
  | 'sql-error-shown'
  | 'framework-debug-page'
  | 'setting-name-shown';

/** Kinds of marks (extractors/leak-marks.ts) by what they come to. */
const DEBUG_PAGE =
  /^(?:django|laravel|rails|symfony|aspnet)-debug-page$|^werkzeug-debugger$|^(?:next|vite)-dev-overlay$/;
const TRACE = /-stack-trace$|^go-panic$|^php-error$/;
const FRAME = /-stack-frame$/;
const DATABASE = /^(?:sql|orm)-error$/;
/** Shown on a page that succeeded, in a block of code: how documentation looks. */
const IN_CODE_BLOCK = /-in-code-block$/;

const PLAIN_ERRORS = {
  express: [
    'As the last middleware, and with NODE_ENV=production:',
    'app.use((error, req, res, next) => { log.error({ error, id: req.id }); res.status(500).json({ error: "Something went wrong", errorId: req.id }); });',
  ],
  fastify: [
    'app.setErrorHandler((error, request, reply) => { request.log.error(error); reply.code(500).send({ error: "Something went wrong", errorId: request.id }); });',
  ],
  next: [
    'next build && next start',
    'never `next dev` on a server; in route handlers answer `error.digest`, not `error.message`.',
  ],
  django: ['DEBUG = False', "ALLOWED_HOSTS = ['portal.example']"],
  laravel: ['APP_DEBUG=false', 'APP_ENV=production'],
  rails: ['config.consider_all_requests_local = false'],
  supabase: [
    'In Edge Functions answer a message of your own: PostgREST’s and Postgres’ messages name tables and columns.',
  ],
  nginx: ['Only as a second lock: error_page 500 502 503 504 /error.html; proxy_intercept_errors on;'],
  cloudflare: ['Only as a second lock: Rules → Custom Error Pages. What matters is the application.'],
} as const;

export default defineCheck({
  id: 'error-details',
  criterion: 'logging',
  title: 'Errors show a short message and nothing of the inside',
  why: 'Everybody can provoke an error; one that shows code, file names or database messages tells an attacker what to try next.',
  harms: ['data-exposure', 'broken-access-control'],
  requirements: ['LR-006', 'LR-024', 'LR-071', 'LR-074', 'LR-079'],
  sources: ['OWASP ASVS 5.0, 16.5.1', 'OWASP ASVS 5.0, 13.4.2', 'OWASP WSTG 4.2, ERRH-01 and ERRH-02'],
  standards: { asvs: ['16.5.1', '13.4.2'], top10: ['A10', 'A02'], cwe: [209, 550, 489], mvsp: ['3.3'] },
  cannotSee: [
    'Errors behind sign-in, and errors that only a form or an upload brings about.',
    'Errors of services that the portal calls, as long as they do not fail.',
    'Whether the server noted the error in its log.',
  ],
  needs: ['http-exchange'],
  evidenceLivesDays: 7,
  problems: {
    'framework-debug-page': {
      severity: 'high',
      says: 'came with the debug page of the framework',
      breaks: 'It shows code, settings and sometimes keys, and on some frameworks runs commands for whoever asks.',
      fix: [
        'Run the application in production mode, and answer errors with a short message and an id that stands in the log too.',
      ],
      fixIn: PLAIN_ERRORS,
    },
    'stack-trace-shown': {
      severity: 'medium',
      says: 'came with the place in the code that failed',
      breaks: 'File names, libraries and the order of calls tell an attacker which known weakness to try.',
      fix: ['Answer errors with a short message and an id; write the details to the log under the same id.'],
      fixIn: PLAIN_ERRORS,
    },
    'sql-error-shown': {
      severity: 'medium',
      says: 'came with a message of the database',
      breaks: 'It names tables and columns, and tells an attacker whether what they type reaches the database.',
      fix: [
        'Catch errors of the database where they arise, and answer 400 or 500 with a message of your own.',
        'Check input before it reaches a query, and bind it as a parameter.',
      ],
      fixIn: PLAIN_ERRORS,
    },
    'file-path-shown': {
      severity: 'low',
      says: 'came with the paths of files on the server',
      breaks: 'Names of folders and users make the next attack more exact.',
      fix: ['Leave the message of the error out of the answer: it belongs in the log.'],
      fixIn: PLAIN_ERRORS,
    },
    'setting-name-shown': {
      severity: 'low',
      says: 'came with names of settings or inner addresses',
      breaks: 'It tells which services stand behind the portal and what they are called.',
      fix: ['Leave the message of the error out of the answer: it belongs in the log.'],
      fixIn: PLAIN_ERRORS,
    },
  },
  unlock: 'Let an error be provoked with an address that does not exist.',
  subjects: (given, seen) => [
    ...new Set([...errorSubjects(given, seen), ...pageSubjects(given, seen), ...apiSubjects(given, seen)]),
  ],
  judge({ 'http-exchange': answers }, given) {
    const own = answers.filter(({ url }) => isOnTarget(url, given));
    const findings = own.flatMap(problemsOf);
    if (isNonEmpty(findings)) return fail(findings);
    if (own.some(({ bodyCut }) => bodyCut)) return notVerified('the answer was not read to its end');
    if (own.some(mayBeAnError)) return notVerified('something like an error stands in an answer that succeeded');
    return pass(answers);
  },
});

/** One finding for what is gravest, and one for the database, which is a fault of its own. */
function problemsOf(answer: Answer): Finding<ProblemId>[] {
  const marks = answer.leaks.map((leak, index) => ({ ...leak, index })).filter(({ at }) => !at.startsWith('header '));
  const isError = answer.status >= 400;
  const first = (is: (mark: string) => boolean) => marks.find((leak) => is(leak.is));
  const found = (problem: ProblemId, mark: { is: string; excerpt: string; index: number }): Finding<ProblemId> => ({
    problem,
    // Errors are worded at one place for the whole application; a query that fails is a fault of its own.
    subject: problem === 'sql-error-shown' ? withoutQuery(answer.url) : answersLike(answer),
    detail: `${answer.status} at ${answer.url.slice(0, 200)}, ${mark.is}: ${mark.excerpt}`.slice(0, 500),
    evidence: [{ observation: answer.id, pointer: `/leaks/${mark.index}` }],
  });

  const debugPage = first((is) => DEBUG_PAGE.test(is));
  if (debugPage !== undefined) return [found('framework-debug-page', debugPage)];
  const trace = first((is) => TRACE.test(is) || (isError && FRAME.test(is)));
  const database = first((is) => DATABASE.test(is));
  const path = first((is) => is === 'file-path');
  const setting = isError ? first((is) => is === 'environment-name' || is === 'private-address') : undefined;
  return [
    ...(trace === undefined ? [] : [found('stack-trace-shown', trace)]),
    ...(database === undefined ? [] : [found('sql-error-shown', database)]),
    ...(trace === undefined && database === undefined && path !== undefined ? [found('file-path-shown', path)] : []),
    ...(trace === undefined && database === undefined && path === undefined && setting !== undefined
      ? [found('setting-name-shown', setting)]
      : []),
  ];
}

/** An error answered as a success looks like documentation. Where we provoked one, nobody can tell them apart. */
function mayBeAnError({ leaks, purpose, status }: Answer): boolean {
  return status < 400 && leaks.some(({ is }) => FRAME.test(is) || (purpose === 'error' && IN_CODE_BLOCK.test(is)));
}
