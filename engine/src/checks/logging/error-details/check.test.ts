import type { TextMark } from '../../../model/observation.ts';
import { apiSubject, errorSubject, pageSubject } from '../../../model/subject.ts';
import { testCheck } from '../../../testing/check-tester.ts';
import { exchange, given, page } from '../../../testing/sightings.ts';
import check from './check.ts';

const url = 'https://portal.test/';
const PROVOKED: readonly (readonly [input: string, url: string])[] = [
  ['an unknown route', `${url}launch-ready/no-such-page`],
  ['a malformed escape', `${url}%zz`],
  ['a null byte', `${url}%00`],
  ['an over-long query', url],
  ['an unknown type', url],
];
type Said = NonNullable<Parameters<typeof exchange>[2]>;
const start = exchange(pageSubject(url), url, { purpose: 'page', bodyBytes: 900 });
const me = exchange(apiSubject('GET', `${url}api/me`), `${url}api/me`, {
  purpose: 'api',
  status: 401,
  content: 'json',
});
/** All provoked errors, with something said of the first. */
const all = (said: Said = {}) => [
  start,
  me,
  ...PROVOKED.map(([input, address], index) =>
    exchange(errorSubject(input, address), address, { purpose: 'error', status: 404, ...(index === 0 ? said : {}) }),
  ),
];
const leak = (...kinds: string[]): { leaks: TextMark[] } => ({
  leaks: kinds.map((is) => ({ is, at: is.startsWith('server') ? 'header server' : 'body, character 9', excerpt: '…' })),
});
const guide = (said: Said) => [
  ...all(),
  page(url, { links: [`${url}guide`] }),
  exchange(pageSubject(`${url}guide`), `${url}guide`, { purpose: 'page', bodyBytes: 900, ...said }),
];

testCheck(check, given, {
  passes: {
    'short messages': all(),
    'a short message with status 500': all({ status: 500 }),
    'a version in a header is judged elsewhere': all(leak('server-version')),
    "the framework's default page without details": all(leak('express-default-error', 'spring-error-page')),
    'documentation that shows a trace': guide(leak('node-stack-trace-in-code-block', 'file-path-in-code-block')),
    'documentation that names a setting': guide(leak('environment-name')),
  },
  fails: {
    'a debug page is one finding, whatever it holds': [
      all({ status: 500, ...leak('python-stack-trace', 'file-path', 'sql-error', 'django-debug-page') }),
      ['framework-debug-page'],
    ],
    'a trace, with its paths': [all({ status: 500, ...leak('node-stack-trace', 'file-path') }), ['stack-trace-shown']],
    'a single frame': [all({ status: 500, ...leak('node-stack-frame') }), ['stack-trace-shown']],
    'a trace with status 200': [all({ status: 200, ...leak('java-stack-trace') }), ['stack-trace-shown']],
    'a trace on a page': [guide(leak('php-error')), ['stack-trace-shown']],
    'a trace and a message of the database': [
      all({ status: 500, ...leak('node-stack-trace', 'orm-error') }),
      ['stack-trace-shown', 'sql-error-shown'],
    ],
    'a message of the database': [all({ status: 400, ...leak('sql-error', 'file-path') }), ['sql-error-shown']],
    'a path': [all({ status: 400, ...leak('file-path') }), ['file-path-shown']],
    'a missing setting': [all({ status: 500, ...leak('environment-name') }), ['setting-name-shown']],
    'an inner address': [all({ status: 502, ...leak('private-address') }), ['setting-name-shown']],
  },
  notVerified: {
    'one error was not provoked': all().slice(0, -1),
    'an error that was not read to its end': all({ bodyCut: true }),
    'an error that looks like documentation': all({ status: 200, ...leak('node-stack-trace-in-code-block') }),
    'a single frame on a page that succeeded': guide(leak('node-stack-frame')),
    'a linked page was never opened': [...all(), page(url, { links: [`${url}guide`] })],
  },
});
