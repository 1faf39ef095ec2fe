import { defineCases } from '../define-cases.ts';

const PAGES = 'pages of portal.example';

export default defineCases({
  check: 'referrer-policy',
  faults: [
    {
      name: 'pages say nothing about the referrer',
      change: { referrerPolicy: { page: null } },
      finds: [{ problem: 'referrer-policy-missing', subject: PAGES }],
    },
    {
      name: 'pages tell their whole address to everybody',
      change: { referrerPolicy: { page: 'unsafe-url' } },
      finds: [{ problem: 'referrer-leaks', subject: PAGES }],
    },
    {
      name: 'a leaking word overrules the sound one before it',
      change: { referrerPolicy: { page: 'strict-origin, no-referrer-when-downgrade' } },
      finds: [{ problem: 'referrer-leaks', subject: PAGES }],
    },
  ],
  decoys: [
    {
      name: 'a leaking word stands first, for browsers that know no better',
      change: { referrerPolicy: { page: 'no-referrer-when-downgrade, strict-origin-when-cross-origin' } },
    },
    { name: 'API answers say nothing: they link to nothing', change: { referrerPolicy: { api: null, asset: null } } },
    ...(['challenge', 'rate-limited', 'server-error', 'unavailable'] as const).map((behaviour) => ({
      name: `${behaviour} in place of a page, without any header`,
      change: { hostile: [{ host: 'portal.example', path: '/privacy', scheme: 'https' as const, behaviour }] },
      notVerified: true,
    })),
  ],
});
