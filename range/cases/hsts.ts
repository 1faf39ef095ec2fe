import { defineCases } from '../define-cases.ts';
import { SOUND_CSP, SOUND_HSTS } from '../portal/switches.ts';

const PAGES = 'pages of portal.example';

/** What an edge may well send along with a challenge. */
const OTHER_HEADERS = {
  'content-security-policy': SOUND_CSP,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
};

const onPages = (problem: string) => [{ problem, subject: PAGES }] as const;

export default defineCases({
  check: 'hsts',
  faults: [
    { name: 'no header on pages', change: { hsts: { page: null } }, finds: onPages('hsts-missing') },
    {
      name: 'no header on redirects',
      change: { hsts: { redirect: null } },
      finds: [
        { problem: 'hsts-missing', subject: 'redirects of www.portal.example' },
        { problem: 'hsts-missing', subject: 'redirects of admin.portal.example' },
      ],
    },
    {
      name: 'no header on API answers',
      change: { hsts: { api: null }, assetText: { 'index.js': ';fetch("/api/plans");' } },
      finds: [{ problem: 'hsts-missing', subject: 'API answers of portal.example' }],
    },
    {
      name: 'no header on errors',
      change: { hsts: { error: null } },
      finds: [
        { problem: 'hsts-missing', subject: 'errors of portal.example' },
        { problem: 'hsts-missing', subject: 'errors of api.portal.example' },
      ],
    },
    {
      name: 'a lifetime that is no number',
      change: { hsts: { page: 'max-age=abc; includeSubDomains' } },
      finds: onPages('hsts-invalid'),
    },
    {
      name: 'a lifetime with a tail that some graders overlook',
      change: { hsts: { page: 'max-age=31536000abc; includeSubDomains' } },
      finds: onPages('hsts-invalid'),
    },
    {
      name: 'half a year',
      change: { hsts: { page: 'max-age=15552000; includeSubDomains' } },
      finds: onPages('hsts-short'),
    },
    {
      name: 'the protection is taken away',
      change: { hsts: { page: 'max-age=0; includeSubDomains' } },
      finds: onPages('hsts-short'),
    },
    {
      name: 'edge and application both send it',
      change: { hsts: { page: [SOUND_HSTS, SOUND_HSTS] } },
      finds: onPages('hsts-repeated'),
    },
    {
      name: 'subdomains are left out',
      change: { hsts: { page: 'max-age=63072000' } },
      finds: onPages('hsts-without-subdomains'),
    },
    {
      name: 'preload without subdomains',
      change: { hsts: { page: 'max-age=63072000; preload' } },
      finds: [
        { problem: 'hsts-preload-unfit', subject: PAGES },
        { problem: 'hsts-without-subdomains', subject: PAGES },
      ],
    },
  ],
  decoys: [
    {
      name: 'exactly one year, quoted, in odd letter case',
      change: { hsts: { page: 'MAX-AGE="31536000" ;includesubdomains' } },
    },
    { name: 'fit for the preload list', change: { hsts: { page: 'max-age=31536000; includeSubDomains; preload' } } },
    { name: 'a directive that nobody knows', change: { hsts: { page: `${SOUND_HSTS}; later=1` } } },
    {
      name: 'an edge answers in place of the portal, without the header',
      change: {
        hostile: [
          { host: 'portal.example', path: '/', scheme: 'https', behaviour: 'challenge', headers: OTHER_HEADERS },
        ],
      },
      notVerified: true,
    },
  ],
});
