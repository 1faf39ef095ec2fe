import { defineCases } from '../define-cases.ts';

const LONG = 'bG9uZyBlbm91Z2ggdG8gaG9sZCBhIHNlc3Npb24';
const SESSION = 'cookie session of portal.example';

export default defineCases({
  check: 'session-cookie',
  faults: [
    {
      name: 'the session travels over plain HTTP',
      change: { session: { cookieName: 'session', attributes: ['Path=/', 'HttpOnly', 'SameSite=Lax'] } },
      signedIn: true,
      finds: [{ problem: 'session-cookie-without-secure', subject: SESSION }],
    },
    {
      name: 'scripts can read the session',
      change: { session: { cookieName: 'session', attributes: ['Path=/', 'Secure', 'SameSite=Lax'] } },
      signedIn: true,
      finds: [{ problem: 'session-cookie-readable-by-script', subject: SESSION }],
    },
    {
      name: 'the session says nothing of other sites',
      change: { session: { cookieName: 'session', attributes: ['Path=/', 'Secure', 'HttpOnly'] } },
      signedIn: true,
      finds: [{ problem: 'session-cookie-without-samesite', subject: SESSION }],
    },
    {
      name: 'the session goes along with requests from other sites',
      change: { session: { cookieName: 'session', attributes: ['Path=/', 'Secure', 'HttpOnly', 'SameSite=None'] } },
      signedIn: true,
      finds: [{ problem: 'session-cookie-without-samesite', subject: SESSION }],
    },
    {
      name: 'every subdomain gets the session',
      change: {
        session: {
          cookieName: 'session',
          attributes: ['Path=/', 'Secure', 'HttpOnly', 'SameSite=Lax', 'Domain=portal.example'],
        },
      },
      signedIn: true,
      finds: [{ problem: 'session-cookie-for-all-subdomains', subject: SESSION }],
    },
  ],
  decoys: [
    {
      name: 'a theme that scripts may read, beside the session',
      change: { session: { moreCookies: ['theme=dark; Path=/; SameSite=Lax'] } },
      signedIn: true,
    },
    {
      name: 'a token against forged requests that scripts have to read',
      change: { session: { moreCookies: [`XSRF-TOKEN=${LONG}; Path=/; Secure; SameSite=Lax`] } },
      signedIn: true,
    },
    {
      name: 'attributes in odd letter case',
      change: { session: { attributes: ['path=/', 'SECURE', 'httponly', 'samesite=STRICT'] } },
      signedIn: true,
    },
    {
      name: 'a long cookie beside the session that scripts can read',
      change: { session: { moreCookies: [`profile=${LONG}; Path=/; Secure; SameSite=Lax`] } },
      signedIn: true,
      notVerified: true,
    },
    { name: 'no account was given', change: {}, notVerified: true },
  ],
});
