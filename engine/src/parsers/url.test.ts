import assert from 'node:assert/strict';
import { it } from 'node:test';
import fc from 'fast-check';
import { insecureUrl, isLoopback, parseUrl, queryPairs, resolveUrl, sameHost, sameOrigin } from './url.ts';

const BASE = 'https://portal.example/a/b.html?q=1#top';
const RESOLVED: Readonly<Record<string, readonly [reference: string, absolute: string | undefined]>> = {
  'a relative path': ['c.js', 'https://portal.example/a/c.js'],
  'another scheme': ['//cdn.example/c.js', 'https://cdn.example/c.js'],
  'a plain socket': ['ws://live.example/s', 'ws://live.example/s'],
  'a fragment': ['#part', 'https://portal.example/a/b.html?q=1'],
  'white space around': [' /c#x ', 'https://portal.example/c'],
  mail: ['mailto:a@b.example', undefined],
  data: ['data:text/plain,x', undefined],
  script: ['javascript:alert(1)', undefined],
  nonsense: ['http://[', undefined],
  'a text too long': [`/${'x'.repeat(9000)}`, undefined],
};
for (const [name, [reference, absolute]] of Object.entries(RESOLVED))
  it(`resolves ${name}`, () => assert.equal(resolveUrl(reference, BASE), absolute));

it('reads the parts', () => {
  const url = parseUrl('https://u:p@portal.example:8443/a?b#c');
  assert.deepEqual(
    [url?.scheme, url?.host, url?.hostname, url?.port, url?.path, url?.query, url?.fragment, url?.hasUserinfo],
    ['https', 'portal.example:8443', 'portal.example', 8443, '/a', '?b', '#c', true],
  );
  assert.equal(parseUrl('http://portal.example/')?.port, 80);
});

it('compares hosts and origins', () => {
  assert.ok(sameHost('http://a.example/', 'https://A.example:8443/x'));
  assert.ok(!sameHost('data:x', 'data:x'));
  assert.ok(!sameOrigin('http://a.example/', 'https://a.example/'));
  assert.ok(!sameOrigin('data:x', 'data:x'));
});

it('knows loopback', () => {
  for (const host of ['localhost', 'app.localhost', '127.0.0.1', '127.9.9.9', '[::1]'])
    assert.ok(isLoopback(host), host);
  for (const host of ['localhost.example', '128.0.0.1', 'mylocalhost']) assert.ok(!isLoopback(host), host);
});

it('tells what is fetched in plain text', () => {
  assert.equal(insecureUrl('http://a.example/x', BASE), 'http://a.example/x');
  assert.equal(insecureUrl('ws://a.example/x', BASE), 'ws://a.example/x');
  for (const reference of [
    '//a.example/x',
    '/x',
    'https://a.example/',
    'http://localhost:3000/',
    'http://127.0.0.1/x',
    'x:y',
  ])
    assert.equal(insecureUrl(reference, BASE.replace('https', 'http')), undefined, reference);
});

it('splits a query as it stands', () =>
  assert.deepEqual(queryPairs('?a=1&b&&c=%20=x'), [
    ['a', '1'],
    ['b', ''],
    ['c', '%20=x'],
  ]));

it('never throws', () =>
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string(), (text, base) => {
      parseUrl(text);
      resolveUrl(text, base);
      sameOrigin(text, base);
      queryPairs(text);
    }),
  ));
