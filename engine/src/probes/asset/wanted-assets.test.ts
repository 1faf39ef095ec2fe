import assert from 'node:assert/strict';
import { it } from 'node:test';
import { assetSubject, pageSubject } from '../../model/subject.ts';
import { asset, given, mark, page } from '../../testing/sightings.ts';
import { assetsAreSettled, wantedAssets } from './wanted-assets.ts';

const at = (path: string) => `https://portal.test${path}`;
const urls = (seen: Parameters<typeof wantedAssets>[0]['seen']) =>
  wantedAssets({ given, seen }).map(({ url, form }) => `${form ?? 'any'} ${url}`);
const start = page(at('/'), {
  scripts: [{ url: at('/app.js'), integrity: false }],
  styles: [{ url: 'https://cdn.example/a.css#x', integrity: true }],
});

it('reads what pages and files name, on any host, and neither pictures nor fonts', () => {
  const app = asset(at('/app.js'), {
    loads: [at('/chunk.js'), at('/logo.png'), at('/f.woff2'), 'data:text/css,a'],
    sourceMap: at('/app.js.map'),
  });
  assert.deepEqual(urls([start, app]), [
    `script ${at('/app.js')}`,
    'style https://cdn.example/a.css',
    `any ${at('/chunk.js')}`,
    `source-map ${at('/app.js.map')}`,
  ]);
});

it('looks for a map beside ten scripts of the target that name none, and beside nobody else’s', () => {
  const own = Array.from({ length: 12 }, (_, n) => asset(at(`/${n}.js?v=1`), { sourceMap: null }));
  const others = asset('https://cdn.example/x.js', { sourceMap: null });
  const missing = asset(at('/gone.js'), { sourceMap: null, status: 404 });
  const inline = asset(at('/inline.js'), { sourceMap: 'inline' });
  assert.deepEqual(
    urls([others, missing, inline, ...own]),
    Array.from({ length: 10 }, (_, n) => `source-map ${at(`/${n}.js.map`)}`),
  );
});

it('is settled once everything that is named was read, or could not be', () => {
  const script = asset(at('/app.js'), { sourceMap: 'inline' });
  const stuck = {
    kind: 'obstacle',
    ...mark(assetSubject('https://cdn.example/a.css')),
    reason: 'timed-out',
    detail: '',
  } as const;
  assert.equal(assetsAreSettled({ given, seen: [] }), false);
  assert.equal(assetsAreSettled({ given, seen: [start] }), false);
  assert.equal(assetsAreSettled({ given, seen: [start, script] }), false);
  assert.equal(assetsAreSettled({ given, seen: [start, script, stuck] }), true);
  const noPage = { kind: 'obstacle', ...mark(pageSubject(at('/'))), reason: 'refused', detail: '' } as const;
  assert.equal(assetsAreSettled({ given, seen: [noPage] }), true);
});
