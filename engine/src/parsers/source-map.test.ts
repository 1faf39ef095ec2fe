import assert from 'node:assert/strict';
import { it } from 'node:test';
import fc from 'fast-check';
import { inlineSourceMap, parseSourceMap } from './source-map.ts';

const PLAIN = {
  version: 3,
  file: 'a.js',
  sourceRoot: '/src/',
  sources: ['a.ts', null],
  sourcesContent: ['let a'],
  names: ['x', 'y'],
  mappings: '',
};
const SOURCES = [
  { name: '/src/a.ts', text: 'let a' },
  { name: '(unnamed)', text: null },
];

it('reads a map', () =>
  assert.deepEqual(parseSourceMap(JSON.stringify(PLAIN)), { file: 'a.js', sources: SOURCES, names: 2 }));
it('reads one behind the prefix against running', () =>
  assert.equal(parseSourceMap(`)]}'\n${JSON.stringify(PLAIN)}`)?.sources.length, 2));
it('reads sections', () =>
  assert.deepEqual(
    parseSourceMap(JSON.stringify({ version: 3, sections: [{ offset: {}, map: PLAIN }, { map: PLAIN }, {}] }))?.sources,
    [...SOURCES, ...SOURCES],
  ));

const NONE: Readonly<Record<string, string>> = {
  'another JSON': '{"version":1,"sources":[]}',
  'a fallback page': '<!doctype html>',
  nothing: '',
  'only the prefix': ")]}'",
  'no sources': '{"version":3}',
};
for (const [name, text] of Object.entries(NONE))
  it(`takes ${name} for none`, () => assert.equal(parseSourceMap(text), undefined));

it('reads a map inside its reference', () => {
  const text = JSON.stringify({ ...PLAIN, file: 'ä' });
  const base64 = Buffer.from(text).toString('base64');
  assert.equal(inlineSourceMap(`data:application/json;charset=utf-8;base64,${base64}`), text);
  assert.equal(inlineSourceMap(`data:application/json;base64,${base64}`), text);
  assert.equal(inlineSourceMap(`data:application/json,${encodeURIComponent(text)}`), text);
  assert.equal(inlineSourceMap('a.js.map'), undefined);
  assert.equal(inlineSourceMap('data:application/json,%'), undefined);
});

it('never throws', () => {
  fc.assert(fc.property(fc.json(), (text) => void parseSourceMap(text)));
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary' }),
      (text) => void [parseSourceMap(text), inlineSourceMap(`data:application/json,${text}`)],
    ),
  );
});
