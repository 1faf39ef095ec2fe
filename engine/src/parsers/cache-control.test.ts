import assert from 'node:assert/strict';
import { it } from 'node:test';
import fc from 'fast-check';
import { type CacheControl, parseCacheControl } from './cache-control.ts';

const NOTHING: CacheControl = {
  noStore: false,
  noCache: false,
  private: false,
  public: false,
  mustRevalidate: false,
  immutable: false,
  maxAgeSeconds: null,
  sharedMaxAgeSeconds: null,
};
const CASES: Readonly<Record<string, readonly [values: readonly string[], facts: Partial<CacheControl>]>> = {
  none: [[], {}],
  'two fields': [['No-Store', 'PRIVATE'], { noStore: true, private: true }],
  'an age': [['public, max-age=31536000, immutable'], { public: true, maxAgeSeconds: 31_536_000, immutable: true }],
  'a quoted age': [['max-age="60"'], { maxAgeSeconds: 60 }],
  'an age that is no number': [['max-age=abc'], { maxAgeSeconds: 0 }],
  'the shorter of two ages': [['max-age=60, max-age=5, s-maxage=7'], { maxAgeSeconds: 5, sharedMaxAgeSeconds: 7 }],
  'a private field only': [['private="set-cookie, x", no-cache'], { noCache: true }],
  'private as such, and a field': [['private, private="x"'], { private: true }],
  'a name inside quotes': [['x="no-store, y"'], {}],
  'broken commas': [[',,no-store,,'], { noStore: true }],
};
for (const [name, [values, facts]] of Object.entries(CASES))
  it(`reads ${name}`, () => assert.deepEqual(parseCacheControl(values), { ...NOTHING, ...facts }));

it('never throws', () =>
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void parseCacheControl([text]))));
