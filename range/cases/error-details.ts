import { defineCases } from '../define-cases.ts';

const HTML = 'text/html; charset=utf-8';
const JSON_TYPE = 'application/json; charset=utf-8';
const TRACE = [
  'Error: no view for this address',
  '    at resolve (/srv/portal/lib/views.js:41:9)',
  '    at next (/srv/portal/lib/router.js:17:5)',
].join('\n');
const inBody = (body: string) =>
  `<!doctype html><html lang="en"><head><title>Error</title></head><body>${body}</body></html>`;
const unknownPage = (body: string, status = 404) => ({
  errors: { unknownPage: { status, type: HTML, body: inBody(body) } },
});
const recordsFail = (body: string) => ({
  errors: { crashPaths: ['/api/records'], crash: { status: 500, type: JSON_TYPE, body } },
});
const ERRORS = 'errors of portal.example';

export default defineCases({
  check: 'error-details',
  faults: [
    {
      name: 'the page for unknown addresses shows where in the code it failed',
      change: unknownPage(`<pre>${TRACE}</pre>`),
      finds: [{ problem: 'stack-trace-shown', subject: ERRORS }],
    },
    {
      name: 'a failing call sends its trace',
      change: recordsFail(JSON.stringify({ error: 'failed', stack: TRACE })),
      finds: [{ problem: 'stack-trace-shown', subject: ERRORS }],
    },
    {
      name: 'a failing call sends what the database said',
      change: recordsFail(JSON.stringify({ error: 'relation "records" does not exist' })),
      finds: [{ problem: 'sql-error-shown', subject: 'https://portal.example/api/records' }],
    },
    {
      name: 'the framework shows its debug page',
      change: unknownPage(
        "<h1>Page not found</h1><p>You're seeing this error because you have <code>DEBUG = True</code> in your settings.</p>",
      ),
      finds: [{ problem: 'framework-debug-page', subject: ERRORS }],
    },
    {
      name: 'the page for unknown addresses names a file of the server',
      change: unknownPage('<p>Could not open /var/www/portal/views/missing.php</p>'),
      finds: [{ problem: 'file-path-shown', subject: ERRORS }],
    },
    {
      name: 'a failing call names the setting that is missing',
      change: recordsFail(JSON.stringify({ error: `${['DATABASE', 'URL'].join('_')} is not set` })),
      finds: [{ problem: 'setting-name-shown', subject: ERRORS }],
    },
  ],
  decoys: [
    {
      name: 'a page of the guide shows an example of a trace',
      change: {
        inserts: { '/': { body: '<a href="/guide">Guide</a>' } },
        extra: { '/guide': { type: HTML, body: inBody(`<p>It then looks so:</p><pre><code>${TRACE}</code></pre>`) } },
      },
    },
    { name: 'an error says only that the address is unknown', change: unknownPage('<pre>Cannot GET this page</pre>') },
    {
      name: 'a call fails with a short message and an id',
      change: recordsFail(JSON.stringify({ error: 'Something went wrong', errorId: 'E-4711' })),
      notVerified: true,
    },
  ],
});
