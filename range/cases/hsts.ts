import { defineCases } from '../define-cases.ts';
import { SOUND_CSP, SOUND_HSTS } from '../portal/switches.ts';

const PAGES = 'page https://portal.example/*';
/** Odd input that the portal answers with a page all the same. */
const ODD = 'error from *';
const ENTRY = 'entry https://portal.example/*';

/** What an edge may well send along with a challenge. */
const OTHER_HEADERS = {
  'content-security-policy': SOUND_CSP,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
};

const onPages = (problem: string) =>
  [
    { problem, subject: PAGES },
    { problem, subject: ENTRY },
    { problem, subject: ODD },
  ] as const;

export default defineCases({
  check: 'hsts',
  faults: [
    { name: 'no header on pages', change: { hsts: { page: null } }, finds: onPages('hsts-missing') },
    {
      name: 'no header on redirects',
      change: { hsts: { redirect: null } },
      finds: [
        { problem: 'hsts-missing', subject: 'entry https://www.portal.example/*' },
        { problem: 'hsts-missing', subject: 'entry https://admin.portal.example/*' },
        { problem: 'hsts-missing', subject: 'page https://admin.portal.example/*' },
      ],
    },
    {
      name: 'no header on API answers',
      change: { hsts: { api: null }, assetText: { 'index.js': ';fetch("/api/plans");' } },
      finds: [
        { problem: 'hsts-missing', subject: 'api GET https://portal.example/*' },
        { problem: 'hsts-missing', subject: ODD },
      ],
    },
    {
      name: 'no header on errors',
      change: { hsts: { error: null } },
      finds: [
        { problem: 'hsts-missing', subject: 'error from *' },
        { problem: 'hsts-missing', subject: 'entry https://api.portal.example/*' },
        { problem: 'hsts-missing', subject: 'api GET https://portal.example/*' },
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
        { problem: 'hsts-preload-unfit', subject: ENTRY },
        { problem: 'hsts-preload-unfit', subject: ODD },
        { problem: 'hsts-without-subdomains', subject: PAGES },
        { problem: 'hsts-without-subdomains', subject: ENTRY },
        { problem: 'hsts-without-subdomains', subject: ODD },
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
