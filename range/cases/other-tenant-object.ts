import { defineCases } from '../define-cases.ts';

const READ = { problem: 'object-crosses-tenants', subject: 'route GET /api/records/{id} as *' } as const;
const WRITE = { problem: 'object-crosses-tenants', subject: 'route PUT /api/records/{id} as *' } as const;

export default defineCases({
  check: 'other-tenant-object',
  faults: [
    {
      name: 'a record is served to whoever knows its id',
      change: { access: { otherTenant: { read: 'leaks' } } },
      finds: [READ],
      signedIn: true,
    },
    {
      name: 'a refusal carries the record in the body of a redirect',
      change: { access: { otherTenant: { read: 'leaks-in-redirect' } } },
      finds: [READ],
      signedIn: true,
    },
    {
      name: 'a refusal carries the record in the body of an error',
      change: { access: { otherTenant: { read: 'leaks-in-error' } } },
      finds: [READ],
      signedIn: true,
    },
    {
      name: 'a record takes what another tenant writes',
      change: { access: { otherTenant: { write: 'writes' } } },
      finds: [WRITE],
      signedIn: true,
    },
    {
      name: 'a record takes what another tenant writes, and says that it does not',
      change: { access: { otherTenant: { write: 'writes-and-denies' } } },
      finds: [WRITE],
      signedIn: true,
    },
  ],
  decoys: [
    {
      name: 'a refused write is answered 204, and changes nothing',
      change: { access: { otherTenant: { refusal: 'no-content' } } },
      signedIn: true,
    },
    {
      name: 'a refusal says 403 instead of 404',
      change: { access: { otherTenant: { refusal: 'forbidden' } } },
      signedIn: true,
    },
    {
      name: 'a refusal leads back to the list',
      change: { access: { otherTenant: { refusal: 'redirect' } } },
      signedIn: true,
    },
    {
      name: 'a record that is not there is answered with 200 and nothing',
      change: { access: { otherTenant: { refusal: 'empty' } } },
      signedIn: true,
    },
    {
      name: 'a leak that does not show again',
      change: { access: { otherTenant: { read: 'leaks-once' } } },
      signedIn: true,
      notVerified: true,
    },
    {
      name: 'no account was given',
      change: {},
      notVerified: true,
    },
  ],
});
