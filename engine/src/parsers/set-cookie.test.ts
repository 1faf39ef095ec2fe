import assert from 'node:assert/strict';
import { it } from 'node:test';
import fc from 'fast-check';
import { parseSetCookie, redactedCookieValue, removesCookie, type SetCookie, setCookies } from './set-cookie.ts';

const CASES: Readonly<Record<string, readonly [field: string, parts: Partial<SetCookie>]>> = {
  'a sound session': [
    '__Host-sid=abc; Path=/; Secure; HttpOnly; SameSite=Lax',
    { name: '__Host-sid', valueBytes: 3, bytes: 13, secure: true, httpOnly: true, sameSite: 'Lax', prefixKept: true },
  ],
  'any letter case': ['s=1; SECURE; httponly; samesite=NONE', { secure: true, httpOnly: true, sameSite: 'None' }],
  'a value that only looks like an attribute': ['s=secure; HttpOnly', { secure: false, httpOnly: true }],
  'an attribute with a value': ['s=1; Secure=false', { secure: true }],
  'an unknown SameSite': ['s=1; SameSite=Laxx', { sameSite: null }],
  'the last of two': ['s=1; SameSite=Strict; SameSite=None; Path=/a; Path=/', { sameSite: 'None', path: '/' }],
  'a domain with a dot': ['s=1; Domain=.Portal.Example', { domain: 'portal.example' }],
  'an empty domain': ['s=1; Domain=', { domain: null }],
  'a path that is none': ['s=1; Path=a', { path: null }],
  'a lifetime': ['s=1; Max-Age=60', { maxAgeSeconds: 60 }],
  'a lifetime that is none': ['s=1; Max-Age=1h', { maxAgeSeconds: null }],
  'a date': ['s=1; Expires=Wed, 21 Oct 2026 07:28:00 GMT', { expires: '2026-10-21T07:28:00Z' }],
  'a date of the old kind': ['s=1; Expires=Wednesday, 09-Nov-99 23:12:40 GMT', { expires: '1999-11-09T23:12:40Z' }],
  'no date': ['s=1; Expires=tomorrow', { expires: null }],
  'a nameless one': ['abc; Secure', { name: '', valueBytes: 3, secure: true }],
  'letters beyond ASCII': ['s=ä€😀', { valueBytes: 9 }],
  partitioned: ['s=1; Secure; Partitioned', { partitioned: true }],
  'a redacted value': [`sid=${redactedCookieValue(43)}; Secure`, { name: 'sid', valueBytes: 43, bytes: 46 }],
  'a __Host- with a domain': ['__Host-s=1; Secure; Path=/; Domain=a.example', { prefix: '__Host-', prefixKept: false }],
  'a __Host- without a path': ['__Host-s=1; Secure', { prefix: '__Host-', prefixKept: false }],
  'a __Secure- over plain HTTP': ['__Secure-s=1', { prefix: '__Secure-', prefixKept: false }],
  'a __Secure- with a domain': ['__Secure-s=1; Secure; Domain=a.example', { prefixKept: true }],
  'a __Http- open to scripts': ['__Http-s=1; Secure', { prefix: '__Http-', prefixKept: false }],
};
for (const [name, [field, parts]] of Object.entries(CASES))
  it(`reads ${name}`, () => {
    const cookie = parseSetCookie(field);
    assert.deepEqual({ ...cookie, ...parts }, cookie);
  });

for (const field of ['', ' ; Secure', '=; Secure', 's=\u00001', `s=${'x'.repeat(20_000)}`])
  it(`drops ${JSON.stringify(field.slice(0, 20))}`, () => assert.ok('invalid' in parseSetCookie(field)));

it('gives no value back', () => assert.doesNotMatch(JSON.stringify(parseSetCookie('s=hidden; Secure')), /hidden/));

it('knows a removal', () => {
  const removes = (field: string) => {
    const cookie = parseSetCookie(field);
    return !('invalid' in cookie) && removesCookie(cookie);
  };
  assert.ok(removes('s=; Max-Age=0'));
  assert.ok(removes('s=; Expires=Thu, 01 Jan 1970 00:00:00 GMT'));
  assert.ok(!removes('s=; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=60'));
  assert.ok(!removes('s=1'));
});

it('finds all cookies of an answer, with where they stand', () => {
  const answer = {
    responseHeaders: [
      ['Set-Cookie', 'a=1'],
      ['x', 'b=2'],
      ['set-cookie', ''],
      ['set-cookie', 'c=3'],
    ],
  } as const;
  assert.deepEqual(
    setCookies(answer).map(({ name, pointer }) => [name, pointer]),
    [
      ['a', '/responseHeaders/0'],
      ['c', '/responseHeaders/3'],
    ],
  );
});

it('never throws', () =>
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void parseSetCookie(`a=${text}`))));
