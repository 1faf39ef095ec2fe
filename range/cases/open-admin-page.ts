import { defineCases } from '../define-cases.ts';

const link = (href: string) => ({ '/': { body: `<a href="${href}">Administration</a>` } });

export default defineCases({
  check: 'open-admin-page',
  faults: [
    {
      name: 'administration opens without a sign-in',
      change: { inserts: link('/app/admin'), access: { signedOutPages: { '/app/admin': 'serves' } } },
      finds: [{ problem: 'admin-page-open', subject: 'page https://portal.example/app/admin' }],
    },
    {
      name: 'the admin host opens without a sign-in',
      change: { inserts: link('https://admin.portal.example/'), adminHost: { signedOut: 'serves' } },
      finds: [{ problem: 'admin-page-open', subject: 'page https://admin.portal.example/' }],
    },
  ],
  decoys: [
    {
      name: 'administration is linked, and leads to the sign-in page',
      change: { inserts: link('/app/admin') },
    },
    {
      name: 'administration answers with the sign-in page',
      change: { inserts: link('/app/admin'), access: { signedOutPages: { '/app/admin': 'unauthorized' } } },
    },
    {
      name: 'a page of the help explains administration with a table',
      change: {
        inserts: link('/help/admin'),
        extra: {
          '/help/admin': {
            type: 'text/html; charset=utf-8',
            body: '<!doctype html><html lang="en"><head><title>Help</title></head><body><h1>Administration</h1><table><thead><tr><th>Role</th><th>May</th></tr></thead><tbody><tr><td>Admin</td><td>everything</td></tr><tr><td>Client</td><td>read</td></tr><tr><td>Guest</td><td>nothing</td></tr></tbody></table></body></html>',
          },
        },
      },
    },
  ],
});
