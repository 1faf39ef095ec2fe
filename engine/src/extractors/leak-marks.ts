import type { TextMark } from '../model/observation.ts';
import type { AnswerText } from './answer-text.ts';
import { excerpt } from './redact.ts';

const BODY_CHARACTERS_MAX = 1_000_000;
const EXCERPT_CHARACTERS_MAX = 300;
/** Of one kind, the first places say enough. */
const MARKS_EACH_MAX = 3;
const MARKS_MAX = 60;

/**
 * What an answer gives away of its inside: stack traces, file paths, database errors, debug pages, development builds,
 * versions. Something that stands in a block of code on a page that succeeded may be documentation: its `is` then ends in
 * `-in-code-block`, so that a check can tell. A single stack frame is `…-stack-frame`, several in a row `…-stack-trace`.
 * Sources: OWASP WSTG 4.2, ERRH-01; OWASP ASVS 5.0, 16.5.1, 13.4.2, 13.4.6; the frameworks' own error pages.
 */
export function leakMarks({ status, headers, body }: AnswerText): TextMark[] {
  const text = body.slice(0, BODY_CHARACTERS_MAX);
  return [
    ...headers.flatMap(([name, value]) => headerMarks(name, value)),
    ...errorMarks(text, status),
    ...buildMarks(text),
  ].slice(0, MARKS_MAX);
}

/** Signs that a file was built for development. Sources: the runtime texts of vite, webpack, react, vue, angular and next. */
export function buildMarks(text: string): TextMark[] {
  return BUILDS.flatMap(([is, pattern]) => marksOf(is, pattern, text, 1));
}

type Sign = readonly [is: string, pattern: RegExp];

const BUILDS: readonly Sign[] = [
  ['vite-dev-client', /["'/]@vite\/client\b|\bimport\.meta\.hot\s{0,3}=\s{0,3}__vite__createHotContext/],
  ['vite-dev-client', /\/@react-refresh\b|\$RefreshReg\$\s{0,3}=\s{0,3}\(/],
  [
    'webpack-dev-build',
    /webpack-dev-server\/client|\[HMR\] Waiting for update signal|\bwebpackHotUpdate\w{0,60}["']?\s{0,3}[=(\]]|eval\("__webpack_require__\.r\(__webpack_exports__/,
  ],
  [
    'next-dev-build',
    /\/_next\/static\/development\/|"buildId"\s{0,3}:\s{0,3}"development"|\/_next\/webpack-hmr|__nextjs_original-stack-frame/,
  ],
  [
    'react-development-build',
    /\breact(?:-dom)?\.development\.js\b|Download the React DevTools for a better development experience/,
  ],
  ['vue-development-build', /You are running (?:a development build of Vue|Vue in development mode)/],
  ['angular-development-build', /(?:Angular is running in (?:the )?development mode)/],
  ['node-env-development', /\bNODE_ENV["']?\s{0,3}[:=]{1,3}\s{0,3}["']development["']/],
];

const PATH =
  '(?:\\.{0,2}[\\w-]{1,60}\\/|file:\\/\\/|node:|webpack(?:-internal)?:|\\/|[A-Za-z]:\\\\)[^\\s()<>"\']{1,300}';
/** Frames as each language prints them, one per line. */
const FRAMES: readonly Sign[] = [
  ['node', new RegExp(`^[ \\t]{0,20}at (?:async )?(?:[\\w$.<>[\\] ]{1,150} \\()?${PATH}:\\d{1,7}:\\d{1,7}\\)?`, 'gm')],
  ['python', /^[ \t]{0,20}File "[^"\n]{1,300}", line \d{1,7}(?:, in [^\n]{1,150})?/gm],
  [
    'java',
    /^[ \t]{0,20}at [\w$.]{3,200}\.[\w$<>]{1,100}\((?:[\w$]{1,100}\.(?:java|kt|scala|groovy):\d{1,6}|Native Method|Unknown Source)\)/gm,
  ],
  ['php', /^[ \t]{0,20}#\d{1,3} (?:\/|[A-Za-z]:\\)[^\n(]{1,300}\(\d{1,7}\): [^\n]{1,200}/gm],
  ['ruby', /^[ \t]{0,20}(?:from )?(?:\/|[\w.-]{1,60}\/)[^\s:]{1,300}\.rb:\d{1,7}:in [`'][^'\n]{1,150}'/gm],
  ['go', /^[ \t]{0,20}\/[^\s:]{1,300}\.go:\d{1,7}(?: \+0x[0-9a-f]{1,16})?/gm],
  [
    'dotnet',
    /^[ \t]{0,20}at (?![^\n]{0,300}\((?:[\w$]{1,100}\.(?:java|kt|scala|groovy):|Native Method|Unknown Source))[\w.`<>[\],+]{3,200}\([^)\n]{0,300}\)(?: in [^\n]{1,300}:line \d{1,7})?$/gm,
  ],
];

const ERRORS: readonly Sign[] = [
  ['python-traceback', /Traceback \(most recent call last\):/g],
  ['go-panic', /^(?:panic: |goroutine \d{1,7} \[running\]:)/gm],
  [
    'php-error',
    /(?:<b>)?(?:Fatal error|Parse error|Warning|Notice|Deprecated)(?:<\/b>)?:\s{1,3}[^\n]{1,300}? in (?:<b>)?(?:\/|[A-Za-z]:\\)[^\n<]{1,300}\.php(?:<\/b>)? on line/g,
  ],
  [
    'sql-error',
    /SQLSTATE\[\w{5}\]|You have an error in your SQL syntax|\bPG::\w{2,60}|\bORA-\d{5}:|(?:relation|column) "[^"\n]{1,80}" (?:of relation "[^"\n]{1,80}" )?does not exist|syntax error at or near "|duplicate key value violates unique constraint|invalid input syntax for (?:type )?\w{2,30}|Unknown column '[^'\n]{1,80}' in|\bSQLITE_(?:ERROR|CONSTRAINT)\b|sqlite3\.(?:Operational|Integrity)Error|psycopg2?\.\w{0,40}\.?\w{0,40}(?:Error|Violation)|java\.sql\.SQL\w{0,40}Exception|Unclosed quotation mark after the character string|\bER_(?:PARSE_ERROR|DUP_ENTRY|NO_SUCH_TABLE|BAD_FIELD_ERROR)\b/g,
  ],
  [
    'orm-error',
    /\bSequelize\w{2,40}Error\b|\bPrismaClient\w{2,40}Error\b|Invalid `prisma\.|\bQueryFailedError\b|\bMongo(?:ose|Server|Network)\w{0,20}Error\b|\bCastError: Cast to\b|\bActiveRecord::\w{2,60}|\borg\.hibernate\.\w{2,80}|\bDoctrine\\(?:DBAL|ORM)\\|\bIlluminate\\Database\\QueryException|django\.db\.utils\.\w{2,40}|sqlalchemy\.exc\.\w{2,40}|System\.Data\.SqlClient\.SqlException|DrizzleQueryError/g,
  ],
  [
    'django-debug-page',
    /because you have <code>DEBUG = True<\/code>|<title>\w{3,60} at \/[^<]{0,200}<\/title>[\s\S]{0,3000}Django Version/g,
  ],
  [
    'laravel-debug-page',
    /window\.ignite\s{0,3}\(|laravel\/ignition|\bIgnition\b[\s\S]{0,200}laravel|laravel-exceptions-renderer|class="Whoops container"|Whoops\\Exception/gi,
  ],
  ['werkzeug-debugger', /Werkzeug (?:powered traceback|Debugger)|__debugger__=yes|\bCONSOLE_MODE\s{0,3}=/g],
  [
    'rails-debug-page',
    /Action Controller: Exception caught|rails-web-console|<h1>\s{0,20}[\w:]{3,80} in \w{3,60}Controller|Rails\.root: \//g,
  ],
  ['symfony-debug-page', /class="sf-toolbar|Symfony Exception|_profiler\/[0-9a-f]{6}/g],
  [
    'aspnet-debug-page',
    /Server Error in '[^'\n]{0,100}' Application\.|DeveloperExceptionPage|An unhandled exception occurred while processing the request\./g,
  ],
  ['spring-error-page', /Whitelabel Error Page/g],
  ['next-dev-overlay', /<nextjs-portal|data-nextjs-dialog|__NEXT_DEV_OVERLAY|nextjs__container_errors/g],
  ['vite-dev-overlay', /<vite-error-overlay|\[plugin:vite:[\w-]{2,40}\]/g],
  ['express-default-error', /<title>Error<\/title>\s{0,20}<\/head>\s{0,20}<body>\s{0,20}<pre>/g],
  [
    'environment-name',
    /\b(?:DATABASE_URL|AWS_SECRET_ACCESS_KEY|SECRET_KEY_BASE|DJANGO_SETTINGS_MODULE|JWT_SECRET|STRIPE_SECRET_KEY|SUPABASE_SERVICE_ROLE_KEY)\b(?=["']?\s{0,3}(?:[:=]|is (?:not|missing|undefined)|must))/g,
  ],
];

/** Roots that hold files of servers and nothing of the web; the weaker ones also begin routes, so they need a line number. */
const FILE_PATH =
  /(?<![\w/.:-]|(?:href|src|action|content)=["']?)(?:\/(?:home|Users|var\/www|var\/task|usr\/src|root|vercel\/path0)\/(?:[\w.@+[\]-]{1,100}\/){0,15}[\w.@+[\]-]{1,100}\.(?:[cm]?[jt]sx?|py|php|rb|go|java|kt|cs|rs|ex|vue|svelte|erb|twig)\b|\/(?:app|opt|srv|workspace|builds|code|data)\/(?:[\w.@+[\]-]{1,100}\/){0,15}[\w.@+[\]-]{1,100}\.(?:[cm]?[jt]sx?|py|php|rb|go|java|kt|cs|rs|ex):\d{1,7}|[A-Z]:\\{1,2}(?:[\w. @+-]{1,100}\\{1,2}){1,15}[\w.@+-]{1,100}\.(?:[cm]?[jt]sx?|py|php|rb|go|java|cs|cshtml|dll|aspx?)\b)/g;

const PRIVATE_ADDRESS = /\b(?:10\.\d{1,3}|192\.168|172\.(?:1[6-9]|2\d|3[01]))\.\d{1,3}\.\d{1,3}(?::\d{2,5})?\b/;

function errorMarks(body: string, status: number): TextMark[] {
  const text = asLines(body);
  const blocks = status < 400 ? codeBlocks(text) : [];
  const named = (is: string, at: number) =>
    blocks.some(([start, end]) => at > start && at < end) ? `${is}-in-code-block` : is;
  const errors = [
    ...FRAMES.flatMap(([language, pattern]) => frameMarks(language, pattern, text, named)),
    ...ERRORS.flatMap(([is, pattern]) => marksOf(is, pattern, text, MARKS_EACH_MAX, named)),
  ];
  // A trace shows its paths anyway; a path is a mark of its own only where it stands alone.
  const marks = errors.length > 0 ? errors : marksOf('file-path', FILE_PATH, text, MARKS_EACH_MAX, named);
  return status >= 400 ? [...marks, ...marksOf('private-address', PRIVATE_ADDRESS, text, 1)] : marks;
}

/** Line breaks as JSON and HTML write them. */
function asLines(body: string): string {
  return body
    .replace(/\\r?\\?n|<br\s{0,3}\/?>|&#10;/gi, (found) => (found === 'rn' || found === 'n' ? found : '\n'))
    .replace(/&nbsp;/g, ' ')
    .replace(/&quot;|&#34;|\\"/g, '"')
    .replace(/&#39;|&#x27;/g, "'")
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>');
}

function frameMarks(
  language: string,
  pattern: RegExp,
  text: string,
  named: (is: string, at: number) => string,
): TextMark[] {
  const found = matches(pattern, text, 60);
  const [first] = found;
  if (first === undefined) return [];
  const inRow = found.find((one, at) => {
    const next = found[at + 1];
    // Go and .NET print a line of their own between two frames.
    return next !== undefined && next.index - (one.index + one[0].length) < 200;
  });
  const best = inRow ?? first;
  return [mark(named(`${language}-stack-${inRow === undefined ? 'frame' : 'trace'}`, best.index), text, best.index)];
}

function marksOf(
  is: string,
  pattern: RegExp,
  text: string,
  most: number,
  named: (is: string, at: number) => string = (one) => one,
): TextMark[] {
  return matches(pattern, text, most).map(({ index }) => mark(named(is, index), text, index));
}

function matches(pattern: RegExp, text: string, most: number): RegExpExecArray[] {
  const found: RegExpExecArray[] = [];
  if (!pattern.global) {
    const match = pattern.exec(text);
    return match === null ? [] : [match];
  }
  pattern.lastIndex = 0;
  for (let match = pattern.exec(text); match !== null && found.length < most; match = pattern.exec(text))
    found.push(match);
  return found;
}

function mark(is: string, text: string, at: number): TextMark {
  return { is, at: `body, character ${at + 1}`, excerpt: excerpt(text, at, EXCERPT_CHARACTERS_MAX) };
}

/** Where code is shown on purpose. */
function codeBlocks(text: string): (readonly [start: number, end: number])[] {
  const blocks: [number, number][] = [];
  const opening = /<(pre|code|samp)\b/gi;
  for (let match = opening.exec(text); match !== null && blocks.length < 500; match = opening.exec(text)) {
    const end = text.indexOf(`</${match[1]}`, match.index);
    if (end < 0) break;
    blocks.push([match.index, end]);
    opening.lastIndex = end;
  }
  return blocks;
}

const VERSION = /\d{1,4}\.\d{1,4}/;
const DEBUG_HEADER =
  /^x-(?:debug(?:-.{1,40})?|error(?:-.{1,40})?|exception(?:-.{1,40})?|stack(?:-?trace)?|env(?:ironment)?|node(?:-.{1,40})?|backend(?:-.{1,40})?|upstream(?:-.{1,40})?|internal(?:-.{1,40})?|hostname|server-name|php-.{1,40}|source-file|query-count|sql-.{1,40}|db-.{1,40}|app-version|drupal-.{1,40}|wix-.{1,40})$/;

function headerMarks(name: string, value: string): TextMark[] {
  const field = name.toLowerCase();
  const found = (is: string): TextMark => ({
    is,
    at: `header ${field.slice(0, 60)}`,
    excerpt: excerpt(`${field.slice(0, 60)}: ${value}`, 0, EXCERPT_CHARACTERS_MAX),
  });
  const marks: TextMark[] = [];
  if (field === 'server' && VERSION.test(value)) marks.push(found('server-version'));
  if (field === 'x-powered-by') marks.push(found(VERSION.test(value) ? 'powered-by-version' : 'powered-by'));
  if (/^x-(?:aspnet|aspnetmvc|owa|litespeed)-version$/.test(field)) marks.push(found('framework-version'));
  if (field === 'x-generator') marks.push(found('generator'));
  // `1.1 varnish` is a protocol's version and a name; `(squid/3.5)` and `nginx/1.2` are products'.
  if (field === 'via' && /[A-Za-z]\/\d{1,4}\.\d{1,4}/.test(value.replace(/\bHTTP\/\d\.\d/gi, '')))
    marks.push(found('via-version'));
  if (DEBUG_HEADER.test(field)) marks.push(found('debug-header'));
  if (field !== 'x-forwarded-for' && PRIVATE_ADDRESS.test(value)) marks.push(found('private-address'));
  return marks;
}
