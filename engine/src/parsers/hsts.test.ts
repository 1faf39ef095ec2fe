import assert from 'node:assert/strict';
import { it } from 'node:test';
import fc from 'fast-check';
import { parseHsts } from './hsts.ts';

const VALID: Readonly<
  Record<string, readonly [value: string, seconds: number, subDomains: boolean, preload: boolean]>
> = {
  'the whole': ['max-age=63072000; includeSubDomains; preload', 63_072_000, true, true],
  'any letter case': ['MAX-AGE=1;INCLUDESUBDOMAINS', 1, true, false],
  'a quoted number': ['max-age="31536000"', 31_536_000, false, false],
  'space around the sign': ['max-age = 31536000 ; includeSubDomains', 31_536_000, true, false],
  'empty directives': [';; max-age=5 ;', 5, false, false],
  'unknown directives': ['max-age=5; report-to="a;b"; x', 5, false, false],
  'zero, which switches it off': ['max-age=0', 0, false, false],
  'a number beyond all numbers': [`max-age=${'9'.repeat(60)}`, Number.MAX_SAFE_INTEGER, false, false],
};
for (const [name, [value, maxAgeSeconds, includeSubDomains, preload]] of Object.entries(VALID))
  it(`reads ${name}`, () => assert.deepEqual(parseHsts(value), { maxAgeSeconds, includeSubDomains, preload }));

const INVALID: Readonly<Record<string, string>> = {
  'a word for a number': 'max-age=abc',
  'a number with a tail': 'max-age=31536000abc',
  'a negative number': 'max-age=-1',
  'a fraction': 'max-age=1.5',
  'no number': 'max-age',
  'nothing after the sign': 'max-age=',
  'no max-age': 'includeSubDomains; preload',
  'max-age twice': 'max-age=31536000; max-age=0',
  'two fields joined by a comma': 'max-age=31536000, max-age=31536000',
  'a comma for a semicolon': 'max-age=31536000, includeSubDomains',
  'a value on includeSubDomains': 'max-age=1; includeSubDomains=true',
  'an open quote': 'max-age="31536000',
  nothing: '',
};
for (const [name, value] of Object.entries(INVALID))
  it(`drops ${name}`, () => assert.ok('invalid' in parseHsts(value)));

it('never throws', () => fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void parseHsts(text))));
