import { defineCases } from '../define-cases.ts';

export default defineCases({
  check: 'content-sniffing',
  faults: [
    {
      name: 'pages leave the type to the browser',
      change: { nosniff: { page: null } },
      finds: [{ problem: 'nosniff-missing', subject: 'pages of portal.example' }],
    },
    {
      name: 'files leave the type to the browser',
      change: { headerRules: [{ paths: ['/assets/*'], statuses: [200], set: { 'x-content-type-options': null } }] },
      finds: [{ problem: 'nosniff-missing', subject: 'files of portal.example' }],
    },
    {
      name: 'the word is misspelt',
      change: { nosniff: { page: 'no-sniff' } },
      finds: [{ problem: 'nosniff-missing', subject: 'pages of portal.example' }],
    },
    {
      name: 'errors leave the type to the browser',
      change: { headerRules: [{ paths: ['/launch-ready/*'], set: { 'x-content-type-options': null } }] },
      finds: [{ problem: 'nosniff-missing', subject: 'errors of portal.example' }],
    },
  ],
  decoys: [
    { name: 'the header stands in capitals', change: { nosniff: { page: 'NOSNIFF' } } },
    { name: 'redirects have none: they show nothing', change: { nosniff: { redirect: null } } },
    ...(['challenge', 'rate-limited', 'server-error', 'unavailable'] as const).map((behaviour) => ({
      name: `${behaviour} in place of a page, without any header`,
      change: { hostile: [{ host: 'portal.example', path: '/privacy', scheme: 'https' as const, behaviour }] },
      notVerified: true,
    })),
  ],
});
