import { DEBUG_ENDPOINTS } from '../../../model/exposed-paths.ts';
import type { TextMark } from '../../../model/observation.ts';
import { apiSubject, errorSubject, exposureSubject, pageSubject } from '../../../model/subject.ts';
import { testCheck } from '../../../testing/check-tester.ts';
import { exchange, given } from '../../../testing/sightings.ts';
import check from './check.ts';

const url = 'https://portal.test';
type Said = NonNullable<Parameters<typeof exchange>[2]>;
const PROVOKED: readonly (readonly [input: string, path: string])[] = [
  ['an unknown route', '/launch-ready/no-such-page'],
  ['a malformed escape', '/%zz'],
  ['a null byte', '/%00'],
  ['an over-long query', '/'],
  ['an unknown type', '/'],
];
/** Everything refused, but for what is said by path. */
const all = (said: Readonly<Record<string, Said>> = {}) => [
  exchange(pageSubject(`${url}/`), `${url}/`, { purpose: 'page', ...said['/'] }),
  exchange(apiSubject('GET', `${url}/api/me`), `${url}/api/me`, { purpose: 'api', status: 401, ...said['/api/me'] }),
  ...PROVOKED.map(([input, path]) =>
    exchange(errorSubject(input, `${url}${path}`), `${url}${path}`, {
      purpose: 'error',
      status: 404,
      ...(path === '/' ? {} : said[path]),
    }),
  ),
  ...DEBUG_ENDPOINTS.map((path) =>
    exchange(exposureSubject(`${url}${path}`), `${url}${path}`, {
      purpose: 'exposure',
      status: path in said ? 200 : 404,
      ...said[path],
    }),
  ),
];
const header = (is: string, field: string): { leaks: TextMark[] } => ({
  leaks: [{ is, at: `header ${field}`, excerpt: `${field}: …` }],
});
const openapi = { '/swagger.json': { content: 'openapi', bodyShape: '{openapi:string,paths:{}}' } };

testCheck(check, given, {
  passes: {
    'nothing is there': all(),
    'the start page in place of everything': all(
      Object.fromEntries(DEBUG_ENDPOINTS.map((path) => [path, { content: 'html' }])),
    ),
    'the status page is kept back': all({ '/server-status': { status: 403, content: 'server-status' } }),
    'a graph that asks for a question': all({
      '/graphql': { content: 'json', bodyShape: '{errors:[{message:string}]}' },
    }),
    'the id of an error and the version of the release': all({
      '/': { leaks: [...header('debug-header', 'x-app-version').leaks, ...header('debug-header', 'x-error-id').leaks] },
    }),
  },
  fails: {
    'what the language was built with': [all({ '/phpinfo.php': { content: 'php-info' } }), ['debug-endpoint-served']],
    'the requests of others': [all({ '/server-status': { content: 'server-status' } }), ['debug-endpoint-served']],
    'the settings of the application': [
      all({ '/actuator/env': { content: 'json', bodyShape: '{activeProfiles:[],propertySources:[{name:string}]}' } }),
      ['debug-endpoint-served'],
    ],
    'a console': [all({ '/graphql': { content: 'graphql-playground' } }), ['api-console-served']],
    'a schema': [all({ '/graphql': { content: 'graphql-schema' } }), ['api-console-served']],
    'a debug header on a page': [all({ '/': header('debug-header', 'x-debug-token') }), ['debug-header-shown']],
    'a debug header on an error': [
      all({ '/launch-ready/no-such-page': header('debug-header', 'x-debug-exception') }),
      ['debug-header-shown'],
    ],
    'an inner address in a header': [
      all({ '/api/me': header('private-address', 'x-served-by') }),
      ['debug-header-shown'],
    ],
  },
  notVerified: {
    'one address was not asked for': all().slice(0, -1),
    'the server failed': all({ '/actuator/env': { status: 500 } }),
    'the description of the API': all(openapi),
    'something that nobody can tell': all({ '/actuator/env': { content: 'text' } }),
  },
});

testCheck(
  check,
  { ...given, public: [{ url: `${url}/swagger.json`, signedBy: 'Owner', signedAt: '2026-02-01T00:00:00.000Z' }] },
  {
    passes: { 'the description of the API, signed by the owner': all(openapi) },
    fails: {
      'the inside of the server': [all({ '/phpinfo.php': { content: 'php-info' } }), ['debug-endpoint-served']],
      'a console': [all({ '/graphql': { content: 'graphql-playground' } }), ['api-console-served']],
      'a header': [all({ '/': header('debug-header', 'x-debug-token') }), ['debug-header-shown']],
    },
    notVerified: {},
  },
);
