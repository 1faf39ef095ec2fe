import assert from 'node:assert/strict';
import { it } from 'node:test';
import fc from 'fast-check';
import { TextMark } from '../model/observation.ts';
import { buildMarks, leakMarks } from './leak-marks.ts';

const marksIn = (body: string, status = 500) => leakMarks({ status, headers: [], body }).map(({ is }) => is);

const NODE = 'Error: no\n    at load (/srv/portal/lib/db.js:10:5)\n    at async file:///srv/portal/main.js:7:3\n';
const BODIES: Readonly<Record<string, readonly [body: string, marks: readonly string[], status?: number]>> = {
  'a trace of Node': [NODE, ['node-stack-trace']],
  'a trace of Node inside JSON': [JSON.stringify({ stack: NODE }), ['node-stack-trace']],
  "Express's default page": [
    `<html><head>\n<title>Error</title>\n</head>\n<body>\n<pre>Error: no<br> &nbsp; &nbsp;at load (/srv/portal/lib/db.js:10:5)<br> &nbsp; &nbsp;at next (/srv/portal/a.js:1:2)</pre></body></html>`,
    ['node-stack-trace', 'express-default-error'],
  ],
  'a trace of a built server': [
    'at o (.next/server/chunks/1.js:1:22)\nat async node:internal/main:1:2',
    ['node-stack-trace'],
  ],
  'a trace of a browser': ['at f (https://portal.example/a.js:1:2)\nat g (https://portal.example/a.js:1:9)', []],
  'one frame only': ['x\n at /srv/a/b.js:1:2 x', ['node-stack-frame']],
  'a trace of Python': [
    'Traceback (most recent call last):\n  File "/home/app/views.py", line 3, in get\n    x()\n  File "/home/app/db.py", line 9, in x',
    ['python-stack-trace', 'python-traceback'],
  ],
  'a trace of Java': [
    'java.lang.X: no\n\tat com.a.B.c(B.java:12)\n\tat com.a.D.<init>(D.java:1)',
    ['java-stack-trace'],
  ],
  'a trace of PHP': ['#0 /var/www/a.php(12): b()\n#1 /var/www/c.php(1): d()', ['php-stack-trace']],
  'a trace of Ruby': ["/var/app/a.rb:1:in `b'\nfrom /var/app/c.rb:2:in `d'", ['ruby-stack-trace']],
  'a trace of Go': [
    'goroutine 1 [running]:\nmain.f()\n\t/src/a.go:12 +0x1d\nmain.g()\n\t/src/b.go:3 +0x2',
    ['go-stack-trace', 'go-panic'],
  ],
  'a trace of .NET': ['   at A.B.C(String d) in C:\\src\\a.cs:line 12\n   at E.F()', ['dotnet-stack-trace']],
  'a database error': ['{"message":"ERROR: relation \\"users\\" does not exist"}', ['sql-error']],
  'an error of a mapper': ['Invalid `prisma.user.findMany()` invocation', ['orm-error']],
  'the page of Django': ["You're seeing this error because you have <code>DEBUG = True</code>", ['django-debug-page']],
  'the page of Werkzeug': ['<title>x // Werkzeug Debugger</title>', ['werkzeug-debugger']],
  'the page of Rails': ['<title>Action Controller: Exception caught</title>', ['rails-debug-page']],
  'the page of Laravel': ['<script>window.ignite({})</script>', ['laravel-debug-page']],
  'the overlay of Next': ['<nextjs-portal></nextjs-portal>', ['next-dev-overlay']],
  'a path of Windows': ['Could not open C:\\inetpub\\portal\\index.aspx', ['file-path']],
  'a warning of PHP': ['<b>Warning</b>:  x() failed in <b>/var/www/a.php</b> on line <b>3</b>', ['php-error']],
  'a missing setting': ['DATABASE_URL is not set', ['environment-name']],
  'an address inside': ['connect ECONNREFUSED 10.0.3.7:5432', ['private-address']],
  'documentation that shows a trace': [
    `<p>For example:</p><pre><code>${NODE}</code></pre>`,
    ['node-stack-trace-in-code-block'],
    200,
  ],
  'a trace on a page that succeeded': [NODE, ['node-stack-trace'], 200],
  'decoys: routes, files of the web, words, addresses': [
    '<a href="/app/main.js">x</a><script src="/home/a.js"></script><p>Meet us at the office. Look at 10.0.0.1 and /app/records/17. The column "a" is new.</p>',
    [],
    200,
  ],
  'a correlation id': ['{"error":"internal","requestId":"a1b2"}', []],
};
for (const [name, [body, marks, status]] of Object.entries(BODIES))
  it(`marks ${name}`, () => assert.deepEqual(marksIn(body, status), marks));

const HEADERS: Readonly<Record<string, readonly [value: string, marks: readonly string[]]>> = {
  Server: ['nginx/1.25.3', ['server-version']],
  server: ['cloudflare', []],
  'X-Powered-By': ['Express', ['powered-by']],
  'x-powered-by': ['PHP/8.2.1', ['powered-by-version']],
  'X-AspNet-Version': ['4.0.30319', ['framework-version']],
  'X-Generator': ['Drupal 10', ['generator']],
  Via: ['1.1 varnish, 1.1 abc.cloudfront.net (CloudFront)', []],
  via: ['1.1 proxy (squid/3.5.20)', ['via-version']],
  'X-Debug-Token': ['a1b2c3', ['debug-header']],
  'X-Real-Backend': ['http://192.168.1.5:8080', ['private-address']],
  'X-Request-Id': ['a1', []],
};
for (const [name, [value, marks]] of Object.entries(HEADERS))
  it(`marks ${name}: ${value}`, () =>
    assert.deepEqual(
      leakMarks({ status: 200, headers: [[name, value]], body: '' }).map(({ is }) => is),
      marks,
    ));

const BUILDS: Readonly<Record<string, readonly string[]>> = {
  '<script type="module" src="/@vite/client"></script>': ['vite-dev-client'],
  'if("Download the React DevTools for a better development experience")': ['react-development-build'],
  'process.env.NODE_ENV="development"': ['node-env-development'],
  '{"buildId":"development"}': ['next-dev-build'],
  'self["webpackHotUpdateportal"]=(a)': ['webpack-dev-build'],
  'if(process.env.NODE_ENV!=="production")x()': [],
  'throw Error("Minified React error #31; visit https://react.dev/errors/31 for the full message")': [],
};
for (const [text, marks] of Object.entries(BUILDS))
  it(`marks the build ${text.slice(0, 40)}`, () =>
    assert.deepEqual(
      buildMarks(text).map(({ is }) => is),
      marks,
    ));

it('keeps excerpts short and clean', () => {
  const [mark] = leakMarks({
    status: 500,
    headers: [],
    body: `SQLSTATE[42P01] anna@acme.example password=hunter2 ${'x'.repeat(900)}`,
  });
  assert.ok(TextMark.safeParse(mark).success);
  assert.doesNotMatch(JSON.stringify(mark), /anna|hunter2/);
});

it('never throws, and stays quick', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary' }),
      fc.nat(599),
      (body, status) => void leakMarks({ status, headers: [['via', body]], body }),
    ),
  );
  for (const hostile of [
    ' at ',
    '/home/',
    'at a.',
    'File "',
    '#0 /',
    'C:\\a\\',
    '<pre>',
    '<title>Aaa at /',
    'Warning: ',
    '/a.rb',
    '\\n',
    'sf-',
    '/app/a/',
  ])
    leakMarks({ status: 200, headers: [], body: hostile.repeat(200_000 / hostile.length) });
});
