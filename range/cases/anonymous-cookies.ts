import { defineCases } from '../define-cases.ts';

const given = (cookie: string) => ({ anonymousCookies: { '/login': [cookie] } });
const at = (name: string) => `cookie ${name} of portal.example`;

export default defineCases({
  check: 'anonymous-cookies',
  faults: [
    {
      name: 'a cookie without Secure',
      change: given('visitor=4711; Path=/; HttpOnly; SameSite=Lax'),
      finds: [{ problem: 'cookie-without-secure', subject: at('visitor') }],
    },
    {
      name: 'SameSite=None without Secure',
      change: given('embed=4711; Path=/; SameSite=None'),
      finds: [{ problem: 'cookie-samesite-none-insecure', subject: at('embed') }],
    },
    {
      name: '__Host- with a domain',
      change: given('__Host-visitor=4711; Path=/; Secure; Domain=portal.example'),
      finds: [{ problem: 'cookie-prefix-broken', subject: at('__Host-visitor') }],
    },
    {
      name: 'more than browsers keep',
      change: given(`state=${'x'.repeat(4_100)}; Path=/; Secure; HttpOnly; SameSite=Lax`),
      finds: [{ problem: 'cookie-too-large', subject: at('state') }],
    },
    {
      name: 'a session before sign-in, for every subdomain',
      change: given('connect.sid=4711; Path=/; Secure; HttpOnly; SameSite=Lax; Domain=portal.example'),
      finds: [{ problem: 'cookie-for-all-subdomains', subject: at('connect.sid') }],
    },
  ],
  decoys: [
    { name: 'a theme that scripts may read', change: given('theme=dark; Path=/; Secure; SameSite=Lax') },
    { name: 'a cookie that is only removed', change: given('legacy=; Path=/; Max-Age=0') },
    {
      name: 'a cookie of the edge',
      change: given('__cf_bm=4711; Path=/; HttpOnly; Secure; SameSite=None; Domain=portal.example'),
    },
    {
      name: 'a cookie of exactly 4096 bytes',
      change: given(`state=${'x'.repeat(4_091)}; Path=/; Secure; HttpOnly; SameSite=Lax`),
    },
    {
      name: 'the sign-in page does not answer',
      change: { hostile: [{ host: 'portal.example', path: '/login', scheme: 'https', behaviour: 'hang' }] },
      notVerified: true,
    },
  ],
});
