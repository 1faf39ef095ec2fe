import assert from 'node:assert/strict';
import { it } from 'node:test';
import fc from 'fast-check';
import { parseStyle } from './style.ts';

const CASES: Readonly<Record<string, readonly [style: string, found: readonly string[]]>> = {
  'a url in each way of quoting': [
    'a{b:url(x.png) url( "y.png" ) URL(\'z.png\')}',
    ['css url() x.png', 'css url() y.png', 'css url() z.png'],
  ],
  'imports of each kind': ['@import "a.css"; @import url(b.css) screen;', ['css @import a.css', 'css @import b.css']],
  'an escape': ['a{b:url(http\\3a //h.example/\\)x)}', ['css url() http://h.example/)x']],
  'a comment': ['/* url(x.png) @import "a.css" */', []],
  'an open comment': ['a{} /* url(x.png)', []],
  'a string': ['a::before{content:"url(x.png)"}', []],
  data: ['a{b:url(data:image/png;base64,AAAA)}', []],
  'an image set': ['a{b:image-set(url(a.png) 1x, url(b.png) 2x)}', ['css url() a.png', 'css url() b.png']],
};
for (const [name, [style, found]] of Object.entries(CASES))
  it(`reads ${name}`, () =>
    assert.deepEqual(
      parseStyle(style).references.map(({ by, text }) => `${by} ${text}`),
      found,
    ));

it('names the source map', () => {
  assert.equal(parseStyle('a{}\n/*# sourceMappingURL=a.css.map */').sourceMap, 'a.css.map');
  assert.equal(parseStyle('a{b:"sourceMappingURL=x"}').sourceMap, null);
});

it('never throws, and stays linear', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void parseStyle(`a{b:url(${text}`)));
  for (const hostile of ['url(', '@import "', '"', "'", '/*', 'url("\\', '@import url('])
    parseStyle(hostile.repeat(100_000 / hostile.length));
});
