import assert from 'node:assert/strict';
import { it } from 'node:test';
import fc from 'fast-check';
import { parseSetCookie } from '../parsers/set-cookie.ts';
import { excerpt, maskUrl, redactHeader } from './redact.ts';

const OPAQUE = ['q8Zr2', 'LmX0p', 'Vt7Ks', 'Jd3Wf', 'Yb6Nc'].join('');
const STRIPE = ['sk', 'live', `${OPAQUE}9h`].join('_');

const HEADERS: Readonly<Record<string, readonly [name: string, value: string, kept: string]>> = {
  'a setting': ['Strict-Transport-Security', 'max-age=1', 'max-age=1'],
  'a version': ['Server', 'nginx/1.2.3', 'nginx/1.2.3'],
  'a policy with its nonce': ['content-security-policy', "script-src 'nonce-abc'", "script-src 'nonce-abc'"],
  'an unknown field': ['X-Request-Id', 'abc', '(redacted)'],
  'an authorization': ['Authorization', 'Bearer x', '(redacted)'],
  'a challenge': ['WWW-Authenticate', 'Digest nonce="x"', 'Digest'],
  'a file name': ['Content-Disposition', 'attachment; filename="Anna.pdf"', 'attachment'],
  'a cookie': [
    'Set-Cookie',
    'sid=abc; HttpOnly; Note=private; SameSite=Lax',
    'sid=(redacted, 3 bytes); HttpOnly; SameSite=Lax',
  ],
  'a nameless cookie': ['Set-Cookie', 'abc; Secure', '(redacted, 3 bytes); Secure'],
  'a redirect': ['Location', '/done?code=abc&tab=2', '/done?code=(masked)&tab=2'],
  'a steering character': ['Server', 'a\u001b[31mb', 'a [31mb'],
};
for (const [name, [field, value, kept]] of Object.entries(HEADERS))
  it(`keeps of ${name} what may be kept`, () => assert.equal(redactHeader(field, value), kept));

it('keeps the size of a cookie', () => {
  const cookie = parseSetCookie(redactHeader('set-cookie', `s=${'x'.repeat(5000)}; Secure`));
  assert.ok('bytes' in cookie && cookie.bytes === 5001 && cookie.secure);
});

const URLS: Readonly<Record<string, readonly [url: string, masked: string]>> = {
  'an ordinary one': [
    'https://a.example/records/17?page=2&sort=name#top',
    'https://a.example/records/17?page=2&sort=name#top',
  ],
  'a person in it': ['https://anna:x@a.example/', 'https://a.example/'],
  'a named token': ['/x?access_token=abc&next=%2Fhome', '/x?access_token=(masked)&next=%2Fhome'],
  'a signature': ['/f?X-Amz-Signature=abc&X-Amz-Date=1', '/f?X-Amz-Signature=(masked)&X-Amz-Date=(masked)'],
  'an unnamed token': [`/x?q=${OPAQUE}`, '/x?q=(masked)'],
  'an address of a person': ['/x?u=anna%40a.example', '/x?u=(masked)'],
  'a reset link': [`https://a.example/reset/${OPAQUE}`, 'https://a.example/reset/(masked)'],
  'an invitation by UUID': ['/invite/0b7e4f0a-9c1d-4e7b-8f64-3a5d2c1b0e9f', '/invite/(masked)'],
  'an id by UUID': ['/records/0b7e4f0a-9c1d-4e7b-8f64-3a5d2c1b0e9f', '/records/0b7e4f0a-9c1d-4e7b-8f64-3a5d2c1b0e9f'],
  'a hashed file': [
    '/assets/index-3f9a1c0b2d4e5f60718293a4b5c6d7e8.js',
    '/assets/index-3f9a1c0b2d4e5f60718293a4b5c6d7e8.js',
  ],
  'a token behind the hash': ['/#access_token=abc&x=1', '/#access_token=(masked)&x=1'],
  'a route behind the hash': ['/#/records/17', '/#/records/17'],
  'a whole document': ['data:text/html,<p>secret', 'data:(masked)'],
  'a readable name': ['/blog/how-we-made-2024-the-best-year-of-10', '/blog/how-we-made-2024-the-best-year-of-10'],
};
for (const [name, [url, masked]] of Object.entries(URLS))
  it(`masks ${name}`, () => {
    assert.equal(maskUrl(url), masked);
    assert.equal(maskUrl(masked), masked);
  });

const EXCERPTS: Readonly<Record<string, readonly [text: string, shown: string]>> = {
  'a line': ['one\n    at f (/srv/portal/lib/db.js:10:5)\nthree', 'at f (/srv/portal/lib/db.js:10:5) three'],
  'a secret': [`at\nkey ${STRIPE} end`, 'key (masked) end'],
  'a person': ['\nuser anna.b@acme.example failed', 'user (masked) failed'],
  'a named password': ['\npassword=hunter2 failed; "token": "abcd"', 'password=(masked) failed; "token": "(masked)"'],
  'an opaque text': [`\nid ${OPAQUE} end`, 'id (masked) end'],
  'control characters': ['\na\u001b[0m\u202eb', 'a [0m b'],
};
for (const [name, [text, shown]] of Object.entries(EXCERPTS))
  it(`cuts out ${name}`, () =>
    assert.equal(excerpt(text, text.indexOf('\n') + 1 + (name === 'a line' ? 10 : 0), 200), shown));

it('never shows half of a secret, never grows, never throws', () => {
  for (let max = 1; max < 60; max++) assert.doesNotMatch(excerpt(`x ${STRIPE} y`, 0, max), /q8Zr/);
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.nat(50), fc.nat(400), (text, at, max) => {
      assert.ok(excerpt(text, at, max).length <= Math.max(max, 1));
      assert.equal(maskUrl(maskUrl(text)), maskUrl(text));
      redactHeader('set-cookie', text);
      redactHeader('server', text);
    }),
  );
});
