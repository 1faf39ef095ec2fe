import assert from 'node:assert/strict';
import { it } from 'node:test';
import fc from 'fast-check';
import { allowsNothing, effectiveDirective, parsePolicies, type ScriptFacts, scriptFacts } from './csp.ts';

const FACTS: Readonly<Record<string, readonly [policies: readonly string[], facts: Partial<ScriptFacts>]>> = {
  'no policy': [[], { allowsInline: true, allowsInlineHandlers: true, allowsEval: true, gadgetSources: [] }],
  'no script directive': [["img-src 'self'"], { allowsInline: true, broadSources: ['*'] }],
  self: [["default-src 'self'"], { allowsInline: false, allowsEval: false, broadSources: [], gadgetSources: [] }],
  'unsafe words': [["script-src 'self' 'Unsafe-Inline' 'unsafe-eval'"], { allowsInline: true, allowsEval: true }],
  'a nonce that switches unsafe-inline off': [
    ["script-src 'unsafe-inline' 'nonce-YWJj'"],
    { allowsInline: false, allowsInlineHandlers: false, nonces: ["'nonce-YWJj'"] },
  ],
  'a hash that does': [["script-src 'unsafe-inline' 'sha256-YWJj='"], { allowsInline: false, hashes: 1 }],
  'strict-dynamic with fallbacks for old browsers': [
    ["script-src 'strict-dynamic' 'nonce-YWJj' https: 'unsafe-inline'"],
    { strictDynamic: true, allowsInline: false, broadSources: [] },
  ],
  'strict-dynamic without a start': [
    ["script-src 'strict-dynamic' https:"],
    { strictDynamic: false, broadSources: [] },
  ],
  'handlers of their own': [
    ["script-src 'self'; script-src-attr 'unsafe-inline'"],
    { allowsInline: false, allowsInlineHandlers: true },
  ],
  'schemes and wildcards': [
    ['script-src https: data: * *.com https://*:8443 *.portal.example'],
    { broadSources: ['https:', 'data:', '*', '*.com', 'https://*:8443'] },
  ],
  'gadgets by name and by wildcard': [
    ['script-src https://cdn.jsdelivr.net *.googleapis.com unpkg.com/ cdnjs.cloudflare.com/ajax/libs/ js.stripe.com'],
    {
      gadgetSources: ['*.googleapis.com', 'https://cdn.jsdelivr.net', 'cdnjs.cloudflare.com/ajax/libs/', 'unpkg.com/'],
    },
  ],
  'a pinned file of such a host': [
    ['script-src https://cdn.jsdelivr.net/npm/vue@3.5.0/dist/vue.js'],
    { gadgetSources: [] },
  ],
  'a second policy that closes the first': [
    ["script-src * 'unsafe-inline'", "script-src 'self'"],
    { allowsInline: false, broadSources: [], gadgetSources: [] },
  ],
  'two policies in one field': [["script-src *, script-src 'self'"], { broadSources: [] }],
  'the first of two directives': [["script-src 'self'; script-src *"], { broadSources: [] }],
  'eval that the second policy forbids': [["script-src 'unsafe-eval'", "default-src 'self'"], { allowsEval: false }],
};
for (const [name, [policies, facts]] of Object.entries(FACTS))
  it(`judges ${name}`, () => {
    const found = scriptFacts(parsePolicies(policies));
    assert.deepEqual({ ...found, ...facts }, found);
  });

it('inherits', () => {
  const [policy = new Map()] = parsePolicies(["default-src 'none'; child-src a.example"]);
  assert.deepEqual(effectiveDirective(policy, 'worker-src'), ['a.example']);
  assert.deepEqual(effectiveDirective(policy, 'object-src'), ["'none'"]);
  for (const name of ['base-uri', 'form-action', 'frame-ancestors'])
    assert.equal(effectiveDirective(policy, name), undefined);
});

it('knows nothing', () => {
  assert.ok(allowsNothing([]));
  assert.ok(allowsNothing(["'NONE'"]));
  assert.ok(!allowsNothing(["'self'"]));
});

it('never throws', () =>
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => void scriptFacts(parsePolicies([`script-src ${text}`, text]))),
  ));
