import assert from 'node:assert/strict';
import { it } from 'node:test';
import fc from 'fast-check';
import { chunkFiles } from './chunk-map.ts';

const CASES: Readonly<Record<string, readonly [code: string, files: readonly string[]]>> = {
  'ids and hashes': [
    'e=>"static/js/"+e+"."+{12:"abc",34:"def"}[e]+".chunk.js"',
    ['static/js/12.abc.chunk.js', 'static/js/34.def.chunk.js'],
  ],
  'names where there are some': [
    'function(e){return"js/"+({12:"admin"}[e]||e)+"."+{12:"abc",1e3:"def"}[e]+".js"}',
    ['js/12.abc.js', 'js/1000.def.js'].map((file) => file.replace('12', 'admin')),
  ],
  'a chain of choices': [
    'e=>7===e?"static/chunks/7-a.js":e===8?"static/chunks/8-b.js":"static/chunks/"+e+"."+({9:"c"})[e]+".js"',
    ['static/chunks/7-a.js', 'static/chunks/8-b.js', 'static/chunks/9.c.js'],
  ],
  'a chain around a map': ['(e)=>(7===e?"a/7.js":"a/"+{9:"c"}[e]+".js")', ['a/7.js', 'a/c.js']],
  'the public path in front': ['function(e){return r.p+"static/"+{1:"a"}[e]+".js"}', ['static/a.js']],
  'something else': ['e=>e.map(x)', []],
  nothing: ['', []],
};
for (const [name, [code, files]] of Object.entries(CASES))
  it(`reads ${name}`, () => assert.deepEqual(chunkFiles(code, 0), files));

it('never throws, and stays quick', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void chunkFiles(`e=>${text}`, 0)));
  const words = ['"a"', 'e', '{1:"a"}[e]', '(', ')', '+', '||', '?', ':', '1===e', ' '];
  fc.assert(fc.property(fc.array(fc.constantFrom(...words)), (parts) => void chunkFiles(`e=>${parts.join('')}`, 0)));
  for (const hostile of ['(', '1===e?', '"a"+', '{1:"a"}[e]||']) chunkFiles(`e=>${hostile.repeat(50_000)}`, 0);
});
