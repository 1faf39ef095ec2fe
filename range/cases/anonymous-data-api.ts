import { defineCases } from '../define-cases.ts';

const at = (path: string) => `api GET https://portal.example${path}`;
/** People of nobody, as a list that asks for no session would give them. */
const RECORDS = JSON.stringify({
  records: [1, 2, 3].map((id) => ({
    id,
    tenantId: 't-1',
    contactEmail: `client-${id}@people.invalid`,
    amountCents: 100 * id,
  })),
});

export default defineCases({
  check: 'anonymous-data-api',
  faults: [
    {
      name: 'the call behind the list of records asks for no session',
      change: { access: { signedOutApis: { 'GET /api/records': 'serves' } } },
      finds: [{ problem: 'api-shows-records', subject: at('/api/records') }],
    },
    {
      name: 'the call behind the list of people asks for no session',
      change: { access: { signedOutApis: { 'GET /api/people': 'serves' } } },
      finds: [{ problem: 'api-shows-records', subject: at('/api/people') }],
    },
    {
      name: 'the download of all records asks for no session',
      change: { access: { signedOutApis: { 'GET /api/records/export.csv': 'serves' } } },
      finds: [{ problem: 'api-shows-records', subject: at('/api/records/export.csv') }],
    },
    {
      name: 'a route that a script of the start page names without a slash asks for no session',
      change: {
        inserts: { '/': { head: '<script src="/assets/start-4711.js" defer></script>' } },
        extra: {
          '/assets/start-4711.js': {
            type: 'text/javascript; charset=utf-8',
            body: '$(function(){$.ajax({url:"api/open",dataType:"json",success:function(e){show(e)}})});',
          },
          '/api/open': { type: 'application/json; charset=utf-8', body: RECORDS },
        },
      },
      finds: [{ problem: 'api-shows-records', subject: at('/api/open') }],
    },
    {
      name: 'the refusal brings the records along',
      change: { access: { signedOutApis: { 'GET /api/records': 'refuses-with-content' } } },
      finds: [{ problem: 'api-shows-records', subject: at('/api/records') }],
    },
  ],
  decoys: [
    {
      name: 'a stranger gets an empty list',
      change: { access: { signedOutApis: { 'GET /api/records': 'empty', 'GET /api/people': 'empty' } } },
    },
    {
      name: 'the refusal has status 200',
      change: { access: { signedOutApis: { 'GET /api/records': 'refuses-with-200' } } },
    },
    {
      name: 'a stranger is led to the sign-in page',
      change: { access: { signedOutApis: { 'GET /api/records': 'redirects', 'GET /api/people': 'forbidden' } } },
    },
    {
      name: 'a stranger gets the sign-in page, which names a contact',
      change: { access: { signedOutApis: { 'GET /api/records': 'login-page' } } },
    },
    {
      name: 'a stranger gets settings of which nobody can tell whether they are public',
      change: { access: { signedOutApis: { 'GET /api/settings': 'serves' } } },
      notVerified: true,
    },
    {
      name: 'the call fails for a stranger',
      change: { access: { signedOutApis: { 'GET /api/records': 'fails' } } },
      notVerified: true,
    },
  ],
});
