import { defineCases } from '../define-cases.ts';
import { SOUND_CSP } from '../portal/switches.ts';

const PAGES = 'pages of portal.example';
const OPEN = SOUND_CSP.replace("; frame-ancestors 'none'", '');

export default defineCases({
  check: 'framing',
  faults: [
    {
      name: 'neither the policy nor the old header forbids framing',
      change: { csp: { page: OPEN }, frameOptions: { page: null } },
      finds: [{ problem: 'page-can-be-framed', subject: PAGES }],
    },
    {
      name: 'the policy lets every site frame the portal, and so overrules the old header',
      change: { csp: { page: `${OPEN}; frame-ancestors *` } },
      finds: [{ problem: 'page-can-be-framed', subject: PAGES }],
    },
    {
      name: 'the old header names a partner in a form that browsers ignore',
      change: { csp: { page: OPEN }, frameOptions: { page: 'ALLOW-FROM https://partner.example' } },
      finds: [{ problem: 'page-can-be-framed', subject: PAGES }],
    },
  ],
  decoys: [
    { name: 'only the policy forbids framing', change: { frameOptions: { page: null } } },
    { name: 'only the old header forbids framing', change: { csp: { page: OPEN } } },
    ...(['challenge', 'rate-limited', 'server-error', 'unavailable'] as const).map((behaviour) => ({
      name: `${behaviour} in place of a page, without any header`,
      change: { hostile: [{ host: 'portal.example', path: '/privacy', scheme: 'https' as const, behaviour }] },
      notVerified: true,
    })),
    {
      name: 'a partner may frame the portal, by name',
      change: { csp: { page: `${OPEN}; frame-ancestors 'self' https://intranet.partner.example` } },
    },
  ],
});
