import { apiSubject, errorSubject, pageSubject } from '../../../model/subject.ts';
import { testCheck } from '../../../testing/check-tester.ts';
import { exchange, given, page } from '../../../testing/sightings.ts';
import check from './check.ts';

const url = 'https://portal.test/';
type Said = NonNullable<Parameters<typeof exchange>[2]>;
const all = (said: Said = {}, ofError: Said = {}) => [
  exchange(pageSubject(url), url, { purpose: 'page', ...said }),
  exchange(apiSubject('GET', `${url}api/me`), `${url}api/me`, { purpose: 'api', status: 401 }),
  exchange(errorSubject('an unknown route', `${url}launch-ready/no-such-page`), url, {
    purpose: 'error',
    status: 404,
    ...ofError,
  }),
];
const mark = (is: string, field: string, value: string): Said => ({
  leaks: [{ is, at: `header ${field}`, excerpt: `${field}: ${value}` }],
});

testCheck(check, given, {
  passes: {
    'no marks': all(),
    'a name without a version': all(mark('powered-by', 'x-powered-by', 'Express')),
    'a generator without a version': all(mark('generator', 'x-generator', 'Ghost')),
    'a trace is judged elsewhere': all({ leaks: [{ is: 'node-stack-trace', at: 'body', excerpt: 'at …:1:2' }] }),
    "somebody else's server at the end of a redirect": all({
      ...mark('server-version', 'server', 'nginx/1.25.3'),
      url: 'https://login.test/',
    }),
  },
  fails: {
    'a server': [all(mark('server-version', 'server', 'nginx/1.25.3')), ['version-shown']],
    'the server of an error page only': [all({}, mark('server-version', 'server', 'Apache/2.4.62')), ['version-shown']],
    'a language': [all(mark('powered-by-version', 'x-powered-by', 'PHP/8.2.1')), ['version-shown']],
    'a framework': [all(mark('framework-version', 'x-aspnet-version', '4.0.30319')), ['version-shown']],
    'a generator': [all(mark('generator', 'x-generator', 'Drupal 10')), ['version-shown']],
    'two headers are two findings': [
      all({
        leaks: [
          { is: 'server-version', at: 'header server', excerpt: 'server: nginx/1.25.3' },
          { is: 'powered-by-version', at: 'header x-powered-by', excerpt: 'x-powered-by: PHP/8.2.1' },
        ],
      }),
      ['version-shown', 'version-shown'],
    ],
  },
  notVerified: {
    'no error was provoked': all().slice(0, 2),
    'a linked page was never opened': [...all(), page(url, { links: [`${url}help`] })],
  },
});
