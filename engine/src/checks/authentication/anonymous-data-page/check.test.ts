import { entrySubject, pageSubject } from '../../../model/subject.ts';
import { testCheck } from '../../../testing/check-tester.ts';
import { entry, exchange, given, noData, page } from '../../../testing/sightings.ts';
import check from './check.ts';

const url = 'https://portal.test/';
type Said = NonNullable<Parameters<typeof exchange>[2]>;
const at = (path: string, said: Said = {}) =>
  exchange(pageSubject(`${url}${path}`), `${url}${path}`, { purpose: 'page', bodyBytes: 900, ...said });
/** The start page links to one other page. */
const linked = (path: string, said: Said) => [at(''), page(url, { links: [`${url}${path}`] }), at(path, said)];
const login = [at('login')];

const people = { ...noData, records: 3, emails: 3 };

testCheck(check, given, {
  passes: {
    'a start page': [at('')],
    'a guarded page leads to the sign-in page': [
      ...linked('app', { status: 302, redirectTo: `${url}login`, content: 'empty', bodyBytes: 0 }),
      ...login,
    ],
    'a guarded page refuses': linked('app', { status: 401 }),
    'a price list in the state of the page': linked('plans', { data: { ...noData, records: 3 } }),
    'the shell of an application': linked('app', { content: 'spa-shell' }),
  },
  fails: {
    'records in the page': [linked('app/records', { data: people }), ['page-shows-records']],
    'records in the body of a redirect': [
      [...linked('app/records', { status: 302, redirectTo: `${url}login`, data: people }), ...login],
      ['page-shows-records'],
    ],
    'records in a refusal': [linked('app/records', { status: 403, data: people }), ['page-shows-records']],
    'records of a tenant in the state of the page': [
      linked('app', { data: { ...noData, records: 1, tenantFields: ['tenantId'] } }),
      ['page-shows-records'],
    ],
    'a table of addresses': [linked('app/people', { data: { ...noData, emails: 3 } }), ['page-shows-records']],
    'on the start page itself': [[at('', { data: people })], ['page-shows-records']],
  },
  notVerified: {
    'an address that may be a contact': linked('news', { data: { ...noData, emails: 1 } }),
    'a page of contacts': linked('team', { data: { ...noData, emails: 8 } }),
    'posts with their authors': linked('blog', {
      data: { ...noData, records: 5, personFields: ['displayName'], tenantFields: ['createdBy'] },
    }),
    'testimonials with names': linked('stories', { data: { ...noData, records: 3, personFields: ['firstName'] } }),
    'the page failed': linked('app', { status: 500 }),
    'the page was not read to its end': linked('app', { bodyCut: true }),
    'a linked page was never opened': [at(''), page(url, { links: [`${url}app`] })],
    'a page that another leads to was never opened': linked('app', { status: 302, redirectTo: `${url}login` }),
  },
});

const admin = 'https://admin.portal.test/';
const withAdmin = { ...given, hosts: [...given.hosts, { host: 'admin.portal.test', role: 'admin' as const }] };

testCheck(check, withAdmin, {
  passes: {
    'the admin host leads to the sign-in page': [
      at(''),
      ...entry(admin, [admin, { status: 302, redirectTo: `${url}login` }], [`${url}login`, { data: people }]),
    ],
  },
  fails: {
    'the admin host shows people': [
      [at(''), ...entry(admin, [admin, { data: { ...noData, emails: 4 } }])],
      ['page-shows-records'],
    ],
  },
  notVerified: {
    'the admin host was never asked': [at('')],
    'the admin host failed': [at(''), exchange(entrySubject(admin), admin, { status: 503, chainEnd: 'landed' })],
  },
});

testCheck(
  check,
  { ...given, public: [{ url: `${url}team*`, signedBy: 'Owner', signedAt: '2026-02-01T00:00:00.000Z' }] },
  {
    passes: { 'a page of contacts that the owner signed': linked('team', { data: { ...noData, emails: 8 } }) },
    fails: {
      'a signature does not cover records of people': [linked('team', { data: people }), ['page-shows-records']],
    },
    notVerified: {},
  },
);
