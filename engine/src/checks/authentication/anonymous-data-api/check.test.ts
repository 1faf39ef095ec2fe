import { apiSubject } from '../../../model/subject.ts';
import { testCheck } from '../../../testing/check-tester.ts';
import { asset, exchange, given, noData, obstacle } from '../../../testing/sightings.ts';
import check from './check.ts';

const url = 'https://portal.test/api';
const RECORDS = `${url}/records`;
const script = asset('https://portal.test/app.js', { calls: [RECORDS] });

type Said = NonNullable<Parameters<typeof exchange>[2]>;
const answer = (address: string, said: Said) =>
  exchange(apiSubject('GET', address), address, { purpose: 'api', content: 'json', bodyBytes: 400, ...said });
const me = answer(`${url}/me`, { status: 401, bodyShape: '{error:string}' });
const records = (said: Said) => [script, me, answer(RECORDS, said)];

const rows = { ...noData, records: 3, personFields: ['contactEmail'] };

testCheck(check, given, {
  passes: {
    'a refusal': records({ status: 401, bodyShape: '{error:string}' }),
    'not there for strangers': records({ status: 404, bodyShape: '{error:string,errorId:string}' }),
    'a redirect to the sign-in page': records({
      status: 302,
      redirectTo: 'https://portal.test/login',
      content: 'empty',
      bodyBytes: 0,
    }),
    'the sign-in page itself, which shows a contact': records({ content: 'html', bodyShape: null }),
    'an empty list': records({ bodyShape: '{records:[],total:number}' }),
    'an empty object, as for a session that is none': records({ bodyShape: '{}' }),
    'nobody is signed in': records({ bodyShape: '{user:null,authenticated:boolean}' }),
    'errors of a graph with status 200': records({ bodyShape: '{errors:[{message:string,path:[string]}],data:null}' }),
    'an error with status 200': records({ bodyShape: '{error:string,code:number}' }),
    'an error with the fields it misses': records({
      status: 422,
      bodyShape: '{error:string,fields:{email:string}}',
      data: { ...noData, personFields: ['email'] },
    }),
    'the state of the service': records({ bodyShape: '{status:string,release:string}' }),
    'no content': records({ status: 204, content: 'empty', bodyBytes: 0 }),
  },
  fails: {
    'records of people': [
      records({ bodyShape: '{records:[{contactEmail:string}]}', data: rows }),
      ['api-shows-records'],
    ],
    'records of a tenant': [
      records({ data: { ...noData, records: 1, tenantFields: ['tenantId'] } }),
      ['api-shows-records'],
    ],
    'records in a refusal': [records({ status: 401, data: rows }), ['api-shows-records']],
    'records in a redirect': [
      records({ status: 302, redirectTo: 'https://portal.test/login', data: rows }),
      ['api-shows-records'],
    ],
    'addresses in a download': [records({ content: 'text', data: { ...noData, emails: 3 } }), ['api-shows-records']],
    'one person': [
      records({ bodyShape: '{email:string}', data: { ...noData, emails: 1, personFields: ['email'] } }),
      ['api-shows-records'],
    ],
    'the one who is signed in, though nobody is': [
      [
        script,
        answer(`${url}/me`, { data: { ...noData, emails: 1, tenantFields: ['tenant'] } }),
        answer(RECORDS, { status: 401, bodyShape: '{error:string}' }),
      ],
      ['api-shows-records'],
    ],
  },
  notVerified: {
    'a price list, for all we know': records({
      bodyShape: '{plans:[{name:string,price:number}]}',
      data: { ...noData, records: 3 },
    }),
    'public posts with their authors, for all we know': records({
      bodyShape: '{posts:[{title:string,author:{displayName:string}}]}',
      data: { ...noData, records: 2, personFields: ['displayName'], tenantFields: ['createdBy'] },
    }),
    'an object of which nobody can tell': records({ bodyShape: '{theme:string,logo:string}' }),
    'a number of something': records({ bodyShape: '{revenue:number}' }),
    'an object whose keys are values': records({ bodyShape: '{{key}:string}' }),
    'a text alone': records({ bodyShape: 'string' }),
    'a list of numbers': records({ bodyShape: '{ids:[number]}' }),
    'a text': records({ content: 'text', bodyShape: null }),
    'an answer that was not read to its end': records({ bodyShape: null, bodyCut: true }),
    'the server failed': records({ status: 500, bodyShape: '{error:string}' }),
    'we were told to slow down': [...records({ status: 429 }), obstacle(apiSubject('GET', RECORDS), 'rate-limited')],
    'the call was never made': [script, me],
  },
});

testCheck(
  check,
  { ...given, public: [{ url: RECORDS, signedBy: 'Owner', signedAt: '2026-02-01T00:00:00.000Z' }] },
  {
    passes: {
      'a price list that the owner signed': records({
        bodyShape: '{plans:[{name:string,price:number}]}',
        data: { ...noData, records: 3 },
      }),
    },
    fails: { 'a signature does not cover people': [records({ data: rows }), ['api-shows-records']] },
    notVerified: {
      'another address than the signed one': [
        asset('https://portal.test/app.js', { calls: [`${RECORDS}/all`] }),
        me,
        answer(`${RECORDS}/all`, { bodyShape: '{theme:string}' }),
      ],
    },
  },
);
