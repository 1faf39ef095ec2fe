import assert from 'node:assert/strict';
import { it } from 'node:test';
import fc from 'fast-check';
import { isJsonType, isScriptType, parseContentType } from './content-type.ts';

const CASES: Readonly<Record<string, readonly [value: string, essence: string | undefined, charset?: string | null]>> =
  {
    plain: ['text/html', 'text/html', null],
    'with a charset': ['Text/HTML; Charset="UTF-8"', 'text/html', 'utf-8'],
    'the first of two': ['text/html;charset=a;charset=b', 'text/html', 'a'],
    'junk parameters': ['application/json;; =x; y', 'application/json', null],
    nothing: ['', undefined],
    'no subtype': ['text', undefined],
    'two types joined': ['text/html, text/plain', undefined],
  };
for (const [name, [value, essence, charset]] of Object.entries(CASES))
  it(`reads ${name}`, () => {
    assert.equal(parseContentType(value)?.essence, essence);
    assert.equal(parseContentType(value)?.charset, charset);
  });

it('knows families', () => {
  assert.ok(isJsonType('application/problem+json'));
  assert.ok(!isJsonType('application/jsonp'));
  for (const type of ['text/javascript', 'application/x-javascript', 'application/ecmascript'])
    assert.ok(isScriptType(type));
  assert.ok(!isScriptType('application/json'));
});

it('never throws', () =>
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void parseContentType(`a/b;${text}`))));
