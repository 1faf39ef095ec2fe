import { signInSubject } from '../../../model/subject.ts';
import { redactedCookieValue } from '../../../parsers/set-cookie.ts';
import { testCheck } from '../../../testing/check-tester.ts';
import { given, obstacle, signedIn } from '../../../testing/sightings.ts';
import check from './check.ts';

const VALUE = redactedCookieValue(43);
const SOUND = `__Host-session=${VALUE}; Path=/; Secure; HttpOnly; SameSite=Lax`;
const a = signedIn('client@a', SOUND);
const b = (...cookies: string[]) => [a, signedIn('client@b', ...cookies)];
const THEME = `theme=${redactedCookieValue(4)}; Path=/`;

testCheck(check, given, {
  passes: {
    'a sound session': b(SOUND),
    'any letter case': b(`sid=${VALUE}; secure; HTTPONLY; samesite=STRICT`),
    'a theme that scripts may read': b(SOUND, THEME),
    'a token against forged requests that scripts have to read': b(SOUND, `XSRF-TOKEN=${VALUE}; Path=/`),
    'a cookie of the edge': b(SOUND, `__cf_bm=${VALUE}; HttpOnly; SameSite=None; Secure; Domain=.portal.test`),
    'the session from before is removed': b(SOUND, 'session=; Max-Age=0'),
    'a session without a telling name': b(`k=${VALUE}; Secure; HttpOnly; SameSite=Lax`),
    'a second cookie that is protected as well': b(SOUND, `device=${VALUE}; Secure; HttpOnly`),
  },
  fails: {
    'without Secure': [b(`sid=${VALUE}; HttpOnly; SameSite=Lax`), ['session-cookie-without-secure']],
    'a value that only looks like an attribute': [
      b('sid=Secure; HttpOnly; SameSite=Lax'),
      ['session-cookie-without-secure'],
    ],
    'without HttpOnly': [b(`connect.sid=${VALUE}; Secure; SameSite=Lax`), ['session-cookie-readable-by-script']],
    'a token of an identity service': [
      b(`sb-abc-auth-token=${VALUE}; Secure; SameSite=Lax`),
      ['session-cookie-readable-by-script'],
    ],
    'without SameSite': [b(`sid=${VALUE}; Secure; HttpOnly`), ['session-cookie-without-samesite']],
    'SameSite=None': [b(`sid=${VALUE}; Secure; HttpOnly; SameSite=None`), ['session-cookie-without-samesite']],
    'a word for SameSite that browsers do not know': [
      b(`sid=${VALUE}; Secure; HttpOnly; SameSite=Yes`),
      ['session-cookie-without-samesite'],
    ],
    'for all subdomains': [
      b(`sid=${VALUE}; Secure; HttpOnly; SameSite=Lax; Domain=.portal.test`),
      ['session-cookie-for-all-subdomains'],
    ],
    'without a telling name': [b(`k=${VALUE}; Secure; SameSite=Lax`, THEME), ['session-cookie-readable-by-script']],
    'two sessions, one of them unprotected': [
      b(SOUND, `refresh_token=${VALUE}; Secure; SameSite=Lax`),
      ['session-cookie-readable-by-script'],
    ],
  },
  notVerified: {
    'one account was given no cookie': b(),
    'only a preference was given': b(THEME),
    'a long cookie beside the session that scripts can read': b(SOUND, `profile=${VALUE}; Secure; SameSite=Lax`),
    'one account was not signed in': [a, obstacle(signInSubject('client@b'), 'not-signed-in')],
  },
});
