import { corsSubject } from '../../../model/subject.ts';
import { testCheck } from '../../../testing/check-tester.ts';
import { exchange, given } from '../../../testing/sightings.ts';
import check from './check.ts';

const me = 'https://portal.test/api/me';
const FOREIGN = 'https://lr-foreign.invalid';
const ORIGINS = [FOREIGN, 'null', 'https://portal.test.evil.invalid', 'https://evil-portal.test', 'http://portal.test'];

type Fields = readonly [string, string][];
const refused = (origin: string, status = 401) => exchange(corsSubject(origin, me), me, { purpose: 'cors', status });
const allowed = (origin: string, allow: string = origin, credentials = 'true') => ({
  ...refused(origin, 200),
  responseHeaders: [
    ['Access-Control-Allow-Origin', allow],
    ['access-control-allow-credentials', credentials],
  ] as [string, string][],
});
/** Every origin refused, but for those that are given. */
const all = (...others: ReturnType<typeof refused>[]) =>
  ORIGINS.map((origin) => others.find(({ subject }) => subject === corsSubject(origin, me)) ?? refused(origin));
const open: Fields = [['access-control-allow-origin', '*']];

testCheck(check, given, {
  passes: {
    'no origin is answered': all(),
    'public data, open to all, without credentials': all({ ...refused(FOREIGN, 200), responseHeaders: [...open] }),
    'open to all with credentials, which browsers refuse': all(allowed(FOREIGN, '*')),
    'the origin comes back, but no session may be sent': all({
      ...refused(FOREIGN, 200),
      responseHeaders: [['access-control-allow-origin', FOREIGN]],
    }),
    'another site is on the list': all(allowed(FOREIGN, 'https://partner.test')),
    'a word that is not true': all(allowed(FOREIGN, FOREIGN, 'TRUE')),
  },
  fails: {
    'any origin, with the session': [all(allowed(FOREIGN)), ['cors-reflects-with-credentials']],
    'even when the call itself is refused': [
      all({ ...allowed(FOREIGN), status: 401 }),
      ['cors-reflects-with-credentials'],
    ],
    'a sandboxed frame': [all(allowed('null')), ['cors-null-with-credentials']],
    'a name that begins like ours': [all(allowed('https://portal.test.evil.invalid')), ['cors-suffix-match']],
    'a name that ends like ours': [all(allowed('https://evil-portal.test')), ['cors-suffix-match']],
    'our own name without TLS': [all(allowed('http://portal.test')), ['cors-plain-http-origin']],
  },
  notVerified: {
    'one origin was not tried': all().slice(1),
    'the server failed': all(refused(FOREIGN, 503)),
  },
});
