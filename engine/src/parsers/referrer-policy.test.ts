import assert from 'node:assert/strict';
import { it } from 'node:test';
import fc from 'fast-check';
import { parseReferrerPolicy } from './referrer-policy.ts';

const CASES: Readonly<Record<string, readonly [values: readonly string[], policy: string | undefined]>> = {
  one: [['no-referrer'], 'no-referrer'],
  'a fallback for old browsers': [['no-referrer, strict-origin-when-cross-origin'], 'strict-origin-when-cross-origin'],
  'an unknown last word': [['same-origin, future-policy'], 'same-origin'],
  'the last of two fields': [['no-referrer', 'unsafe-url'], 'unsafe-url'],
  'any letter case': [['Strict-Origin'], 'strict-origin'],
  'no known word': [['none', ''], undefined],
  'no field': [[], undefined],
};
for (const [name, [values, policy]] of Object.entries(CASES))
  it(`reads ${name}`, () => assert.equal(parseReferrerPolicy(values), policy));

it('never throws', () =>
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void parseReferrerPolicy([text]))));
