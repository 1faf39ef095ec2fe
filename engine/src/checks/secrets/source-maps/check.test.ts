import { testCheck } from '../../../testing/check-tester.ts';
import { asset, given, page } from '../../../testing/sightings.ts';
import check from './check.ts';

const url = 'https://portal.test/';
const script = `${url}assets/index.js`;
const start = page(url, { scripts: [{ url: script, integrity: false }] });
const map = (said: Parameters<typeof asset>[1] = {}) =>
  asset(`${script}.map`, { form: 'source-map', mapSources: 4, mapSourcesWithText: 4, ...said });
const none = map({ status: 404, mapSources: 0, mapSourcesWithText: 0 });
const named = asset(script, { sourceMap: `${script}.map` });

testCheck(check, given, {
  passes: {
    'no map is named, and none lies beside': [start, asset(script), none],
    'a map is named and kept back': [start, named, none],
    'a map that only developers may read': [start, named, map({ status: 403, mapSources: 0, mapSourcesWithText: 0 })],
    'the start page in place of a map': [start, named, map({ mapSources: 0, mapSourcesWithText: 0, status: 200 })],
    "a map of somebody else's script": [
      page(url, { scripts: [{ url: script, integrity: false }] }),
      asset(script),
      none,
      asset('https://js.vendor.test/v3', { sourceMap: 'https://js.vendor.test/v3.map' }),
      asset('https://js.vendor.test/v3.map', { form: 'source-map', mapSources: 4, mapSourcesWithText: 4 }),
    ],
  },
  fails: {
    'a map with the sources': [[start, named, map()], ['source-map-public']],
    'a map that nobody names': [[start, asset(script), map()], ['source-map-public']],
    'a map within the script': [
      [start, asset(script, { sourceMap: 'inline', mapSources: 3, mapSourcesWithText: 3 })],
      ['source-map-public'],
    ],
    'a map on a file store': [
      [
        start,
        asset(script, { sourceMap: 'https://files.store.test/index.js.map' }),
        asset('https://files.store.test/index.js.map', { form: 'source-map', mapSources: 1, mapSourcesWithText: 1 }),
      ],
      ['source-map-public'],
    ],
    'a map without the sources': [[start, named, map({ mapSourcesWithText: 0 })], ['source-map-names-files']],
  },
  notVerified: {
    'nothing was looked for beside the script': [start, asset(script)],
    'the map was never asked for': [start, named],
    'the end of the script was not read': [start, asset(script, { bytesSkipped: 10 }), none],
    'the end of the map was not read': [start, named, map({ bytesSkipped: 10, mapSources: 0, mapSourcesWithText: 0 })],
  },
});
