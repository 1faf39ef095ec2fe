import { echoSubject } from '../../../model/subject.ts';
import { testCheck } from '../../../testing/check-tester.ts';
import { exchange, given } from '../../../testing/sightings.ts';
import check from './check.ts';

const url = 'https://portal.test/';
type Said = NonNullable<Parameters<typeof exchange>[2]>;
const sent = (carrier: string, said: Said = {}) =>
  exchange(echoSubject(carrier, url), url, { purpose: 'echo', ...said });
const all = (said: Partial<Record<'header' | 'query' | 'cookie', Said>> = {}) => [
  sent('header', said.header),
  sent('query', said.query),
  sent('cookie', said.cookie),
];
const hit = (...fields: string[]) => ({
  hits: fields.map((field) => ({ of: 'token' as const, field, encoding: 'raw' as const })),
});

testCheck(check, given, {
  passes: {
    'it does not come back': all(),
    'a redirect keeps the query on the same host': all({
      query: { status: 301, redirectTo: 'https://portal.test/?token=…', ...hit('header location') },
    }),
    'the cookie is set again': all({ cookie: hit('header set-cookie') }),
    "somebody else's string is not the token": all({
      query: { hits: [{ of: 'self', field: 'body', encoding: 'raw' }] },
    }),
  },
  fails: {
    'in the page': [all({ query: hit('body') }), ['token-echoed']],
    'in JSON, under its name and in the whole, is one finding': [
      all({ header: hit('body/headers/authorization', 'body') }),
      ['token-echoed'],
    ],
    'in a header': [all({ cookie: hit('header x-session') }), ['token-echoed']],
    'in a redirect to somebody else': [
      all({ query: { status: 302, redirectTo: 'https://login.test/?token=…', ...hit('header location') } }),
      ['token-echoed'],
    ],
    'in an error': [all({ query: { status: 500, ...hit('body') } }), ['token-echoed']],
  },
  notVerified: {
    'one carrier was not tried': all().slice(1),
    'the server failed': all({ query: { status: 500 } }),
    'the answer was not read to its end': all({ query: { bodyCut: true } }),
  },
});
