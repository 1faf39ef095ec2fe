import assert from 'node:assert/strict';
import { it } from 'node:test';
import fc from 'fast-check';
import { Asset, Mark } from '../model/observation.ts';
import { assetFacts, type RawAsset } from './asset-facts.ts';

const Shape = Asset.omit({ kind: true, id: true, subject: true, seenAt: true, release: true, vantage: true }).strict();
// Put together while the test runs, so that this file holds nothing that a secret scanner would flag.
const KEY = ['sk', 'live', ['q8Zr2LmX0p', 'Vt7KsJd3Wf', 'Yb6Nc9h1'].join('')].join('_');

const factsOf = (form: RawAsset['form'], text: string) =>
  assetFacts(
    {
      url: 'https://portal.example/assets/x.js',
      page: 'https://portal.example/',
      form,
      status: 200,
      text,
      bytes: text.length,
      bytesSkipped: 0,
    },
    (value) => `d${value.length}`,
  );
const MAP = JSON.stringify({
  version: 3,
  sources: ['src/a.ts', 'src/b.ts'],
  sourcesContent: [`const k='${KEY}'`, null],
  mappings: '',
});

it('reads a script', () => {
  const facts = factsOf(
    'script',
    `import"./y.js";fetch("/api/me?token=abc");k="${KEY}";new WebSocket("ws://h.example/s")\n//# sourceMappingURL=x.js.map`,
  );
  assert.deepEqual(
    [
      facts.loads,
      facts.calls,
      facts.sourceMap,
      facts.insecure.map(({ use }) => use),
      facts.secrets.map(({ rule }) => rule),
    ],
    [
      ['https://portal.example/assets/y.js'],
      ['https://portal.example/api/me'],
      'https://portal.example/assets/x.js.map',
      ['socket'],
      ['stripe-secret-key'],
    ],
  );
});

it('reads a document with all that stands in it', () => {
  const facts = factsOf(
    'document',
    `<script src="/a.js"></script><link rel=stylesheet href="/a.css"><script>import("/b.js");fetch("/api/a")</script><style>a{b:url(http://h.example/p.png)}</style><!-- ${KEY} --><script src="/@vite/client"></script>`,
  );
  assert.deepEqual(
    [
      facts.loads.map((url) => url.replace('https://portal.example', '')),
      facts.calls.length,
      facts.insecure.length,
      facts.secrets.length,
      facts.leaks.map(({ is }) => is),
    ],
    [['/a.js', '/@vite/client', '/a.css', '/b.js', 'http://h.example/p.png'], 1, 1, 1, ['vite-dev-client']],
  );
});

it('reads a source map file by file', () => {
  const facts = factsOf('source-map', MAP);
  assert.deepEqual(
    [facts.mapSources, facts.mapSourcesWithText, facts.secrets.map(({ source }) => source)],
    [2, 1, ['src/a.ts']],
  );
});

it('reads a source map inside a script', () => {
  const facts = factsOf(
    'script',
    `a()\n//# sourceMappingURL=data:application/json;base64,${Buffer.from(MAP).toString('base64')}`,
  );
  assert.deepEqual(
    [facts.sourceMap, facts.mapSources, facts.mapSourcesWithText, facts.secrets.map(({ source }) => source)],
    ['inline', 2, 1, ['src/a.ts']],
  );
});

it('reads a style sheet and a manifest', () => {
  assert.deepEqual(factsOf('style', '@import "b.css";a{b:url(c.png)}').loads, [
    'https://portal.example/assets/b.css',
    'https://portal.example/assets/c.png',
  ]);
  assert.deepEqual(
    factsOf('manifest', '{"files":{"main.js":"/static/js/main.1.js"},"entrypoints":["static/css/m.css"]}').loads,
    ['https://portal.example/static/js/main.1.js', 'https://portal.example/static/css/m.css'],
  );
});

it('leaves out the mark, and only that; keeps no value', () => {
  for (const form of Asset.shape.form.options) {
    const facts = factsOf(form, `"${KEY}"`);
    assert.ok(Shape.safeParse(facts).success, form);
    assert.doesNotMatch(JSON.stringify(facts), /q8Zr2/);
    assert.deepEqual(
      [...Object.keys(facts), ...Object.keys(Mark.shape), 'kind'].sort(),
      Object.keys(Asset.shape).sort(),
    );
  }
});

it('never throws', () =>
  fc.assert(
    fc.property(fc.constantFrom(...Asset.shape.form.options), fc.string({ unit: 'binary' }), (form, text) =>
      assert.ok(Shape.safeParse(factsOf(form, text)).success),
    ),
  ));
