import assert from 'node:assert/strict';
import { it } from 'node:test';
import { asset, given, page } from '../../testing/sightings.ts';
import { safeCalls, wantedCalls } from './wanted-calls.ts';

const at = (path: string) => `https://portal.test${path}`;
const start = page(at('/'), { scripts: [{ url: at('/app.js'), integrity: false }] });
const app = asset(at('/app.js'), {
  sourceMap: 'inline',
  calls: [
    at('/api/z'),
    at('/api/a#x'),
    at('/api/z'),
    at('/api/logout'),
    at('/api/send'),
    'https://api.other.example/v1',
    at('/'),
  ],
});

it('waits until every script was read', () => assert.deepEqual(wantedCalls({ given, seen: [start] }), []));

it('keeps to the target, and to what does nothing', () => {
  assert.deepEqual(safeCalls({ given, seen: [start, app] }), [at('/api/a'), at('/api/me'), at('/api/z')]);
});
