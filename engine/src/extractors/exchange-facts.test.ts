import assert from 'node:assert/strict';
import { it } from 'node:test';
import fc from 'fast-check';
import { ExchangeFacts } from '../model/observation.ts';
import { exchangeFacts } from './exchange-facts.ts';

const canary = { of: 'owner', value: 'lr/k3v9x2' } as const;
const factsOf = (body: string, headers: [string, string][] = []) =>
  exchangeFacts({ status: 200, headers, body, bytes: body.length, cut: false }, [canary], () => 'digest');
const hitsIn = (body: string) => factsOf(body).hits.map(({ field, encoding }) => `${field}: ${encoding}`);

const CASES: Readonly<Record<string, readonly [body: string, hits: readonly string[]]>> = {
  raw: ['<p>lr/k3v9x2</p>', ['body: raw']],
  'a field of JSON': ['{"a":{"b":"lr/k3v9x2"}}', ['body/a/b: raw', 'body: raw']],
  'a field whose name is a value': ['{"anna@acme.example":"lr/k3v9x2"}', ['body/{key0}: raw', 'body: raw']],
  'JSON-escaped': ['{"a":"lr\\/k3\\u00769x2"}', ['body/a: raw', 'body: json-escaped']],
  'URL-encoded': ['<a href="?next=lr%2fk3v9x2">', ['body: url-encoded']],
  'another string': ['lr/k3v9x3', []],
};
for (const [name, [body, hits]] of Object.entries(CASES))
  it(`canary in ${name}`, () => assert.deepEqual(hitsIn(body), hits));

it('finds a canary in base64 at any offset, in either alphabet', () => {
  for (const before of ['', '?', '??', '???']) {
    for (const alphabet of ['base64', 'base64url'] as const) {
      assert.deepEqual(hitsIn(Buffer.from(`${before}lr/k3v9x2!`).toString(alphabet)), ['body: base64']);
    }
  }
});

it('finds a canary deeper than it walks', () =>
  assert.deepEqual(hitsIn(`${'['.repeat(9000)}"lr/k3v9x2"${']'.repeat(9000)}`), ['body: raw']));

it('keeps shape and hits, and none of the values', () => {
  const facts = factsOf('{"id":7,"note":"lr/k3v9x2","tags":["x"]}', [
    ['Set-Cookie', 's=secret; HttpOnly'],
    ['Location', '/r/lr/k3v9x2'],
    ['X-Note', 'lr/k3v9x2'],
    ['Server', 'nginx'],
  ]);
  assert.equal(facts.bodyShape, '{id:number,note:string,tags:[string]}');
  assert.deepEqual(facts.responseHeaders, [
    ['Set-Cookie', 's=(redacted, 6 bytes); HttpOnly'],
    ['Location', '/r/lr/k3v9x2'],
    ['X-Note', '(redacted)'],
    ['Server', 'nginx'],
  ]);
  assert.ok(facts.hits.some(({ field }) => field === 'header location'));
  assert.doesNotMatch(JSON.stringify(facts), /secret/);
});

it('keeps no key that is a value, and one shape for all of them', () => {
  assert.equal(factsOf('{"anna@acme.example":1}').bodyShape, '{{key}:number}');
  assert.equal(factsOf('{"20260101000000":1}').bodyShape, factsOf('{"20270101000000":1}').bodyShape);
});

it('says when the body is longer than what was read', () => {
  const facts = exchangeFacts({ status: 200, headers: [], body: '{"a":', bytes: 9000, cut: true }, [], () => 'd');
  assert.deepEqual([facts.bodyBytes, facts.bodyCut, facts.bodyShape], [9000, true, null]);
});

it('caps the shape', () => {
  const wide = JSON.stringify(Object.fromEntries(Array.from({ length: 5000 }, (_, at) => [`f${at}`, at])));
  assert.ok((factsOf(wide).bodyShape ?? '').length < 8300);
});

it('never throws', () => {
  fc.assert(fc.property(fc.json(), (body) => assert.ok(ExchangeFacts.safeParse(factsOf(body)).success)));
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (body) => void factsOf(body, [[body, body]])));
});
