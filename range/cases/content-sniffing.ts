import { defineCases } from '../define-cases.ts';

export default defineCases({
  check: 'content-sniffing',
  faults: [
    {
      name: 'pages leave the type to the browser',
      change: { nosniff: { page: null } },
      finds: [{ problem: 'nosniff-missing', subject: 'page https://portal.example/*' }],
    },
    {
      name: 'files leave the type to the browser',
      change: { headerRules: [{ paths: ['/assets/*'], statuses: [200], set: { 'x-content-type-options': null } }] },
      finds: [{ problem: 'nosniff-missing', subject: 'asset https://portal.example/assets/*' }],
    },
    {
      name: 'the word is misspelt',
      change: { nosniff: { page: 'no-sniff' } },
      finds: [{ problem: 'nosniff-missing', subject: 'page https://portal.example/*' }],
    },
    {
      name: 'errors leave the type to the browser',
      change: { headerRules: [{ paths: ['/launch-ready/*'], set: { 'x-content-type-options': null } }] },
      finds: [{ problem: 'nosniff-missing', subject: 'error from an unknown route at https://portal.example/*' }],
    },
  ],
  decoys: [
    { name: 'the header stands in capitals', change: { nosniff: { page: 'NOSNIFF' } } },
    { name: 'redirects have none: they show nothing', change: { nosniff: { redirect: null } } },
  ],
});
