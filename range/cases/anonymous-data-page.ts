import { defineCases } from '../define-cases.ts';

const LINK = { '/': { body: '<a href="/app/records">Records</a>' } };
const RECORDS = 'page https://portal.example/app/records';

export default defineCases({
  check: 'anonymous-data-page',
  faults: [
    {
      name: 'the list of records opens without a sign-in',
      change: { inserts: LINK, access: { signedOutPages: { '/app/records': 'serves' } } },
      finds: [{ problem: 'page-shows-records', subject: RECORDS }],
    },
    {
      name: 'the page looks empty, and the records stand in the state its scripts start from',
      change: { inserts: LINK, access: { signedOutPages: { '/app/records': 'serves-inline-state' } } },
      finds: [{ problem: 'page-shows-records', subject: RECORDS }],
    },
    {
      name: 'the redirect to the sign-in page brings the records along',
      change: { inserts: LINK, access: { signedOutPages: { '/app/records': 'redirects-with-content' } } },
      finds: [{ problem: 'page-shows-records', subject: RECORDS }],
    },
  ],
  decoys: [
    { name: 'a guarded page is linked, and leads to the sign-in page', change: { inserts: LINK } },
    {
      name: 'a guarded page is linked, and refuses with the sign-in page',
      change: { inserts: LINK, access: { signedOutPages: { '/app/records': 'unauthorized' } } },
    },
    {
      name: 'a page links to its contacts by mail',
      change: {
        inserts: {
          '/privacy': {
            body: '<p><a href="mailto:frida.holm@portal.example">Frida Holm</a>, <a href="mailto:jonas.wik@portal.example">Jonas Wik</a>, <a href="mailto:eva.dahl@portal.example">Eva Dahl</a></p>',
          },
        },
      },
    },
    {
      name: 'clients praise the portal, by name',
      change: {
        inlineState: {
          testimonials: [
            { id: 1, firstName: 'Clara', quote: 'Calm at last.' },
            { id: 2, firstName: 'Omar', quote: 'Everything in one place.' },
          ],
        },
      },
      notVerified: true,
    },
    {
      name: 'posts name their authors',
      change: {
        inlineState: { posts: [{ id: 1, title: 'What is new', author: { displayName: 'Frida', userId: 'u1' } }] },
      },
      notVerified: true,
    },
  ],
});
