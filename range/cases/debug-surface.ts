import { defineCases } from '../define-cases.ts';

const HTML = 'text/html; charset=utf-8';
const at = (path: string) => `path https://portal.example${path}`;
const served = (path: string, body: string, type = HTML) => ({ extra: { [path]: { body, type } } });
const titled = (title: string, body: string) =>
  `<!doctype html><html lang="en"><head><title>${title}</title></head><body>${body}</body></html>`;

export default defineCases({
  check: 'debug-surface',
  faults: [
    {
      name: 'a page shows how the language is set up',
      change: served('/phpinfo.php', titled('PHP 8.2.1 - phpinfo()', '<h1>PHP Version 8.2.1</h1>')),
      finds: [{ problem: 'debug-endpoint-served', subject: at('/phpinfo.php') }],
    },
    {
      name: 'the server shows what others are asking for',
      change: served('/server-status', titled('Apache Status', '<h1>Apache Server Status for portal.example</h1>')),
      finds: [{ problem: 'debug-endpoint-served', subject: at('/server-status') }],
    },
    {
      name: 'the application shows its settings',
      change: served(
        '/actuator/env',
        JSON.stringify({ activeProfiles: ['prod'], propertySources: [{ name: 'systemEnvironment', properties: {} }] }),
        'application/json',
      ),
      finds: [{ problem: 'debug-endpoint-served', subject: at('/actuator/env') }],
    },
    {
      name: 'the API offers a console',
      change: served(
        '/graphql',
        titled('GraphiQL', '<div id="graphiql"></div><script src="/assets/graphiql.js"></script>'),
      ),
      finds: [{ problem: 'api-console-served', subject: at('/graphql') }],
    },
    {
      name: 'answers carry a header of the debugger',
      change: { banners: { 'x-debug-token': 'a1b2c3' } },
      finds: [{ problem: 'debug-header-shown', subject: 'header x-debug-token of *' }],
    },
  ],
  decoys: [
    {
      name: 'the API asks for a question',
      change: served('/graphql', '{"errors":[{"message":"Must provide query string."}]}', 'application/json'),
    },
    { name: 'errors carry an id that the support can find', change: { banners: { 'x-error-id': 'E-4711' } } },
    {
      name: 'the API describes itself to everybody',
      change: served(
        '/swagger.json',
        '{"openapi":"3.1.0","info":{"title":"Northlight"},"paths":{}}',
        'application/json',
      ),
      notVerified: true,
    },
  ],
});
