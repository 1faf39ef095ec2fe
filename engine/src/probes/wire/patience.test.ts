import assert from 'node:assert/strict';
import { it } from 'node:test';
import { patience } from './patience.ts';

it('waits as long as it was told', async () => {
  const startedMs = performance.now();
  await new Promise<void>((done) => patience(100, done));
  const tookMs = performance.now() - startedMs;
  assert.ok(tookMs >= 95 && tookMs < 1_000, `${tookMs} ms`);
});

it('does not count the time in which nothing could be noticed', async () => {
  let isOver = false;
  const callOff = patience(200, () => {
    isOver = true;
  });
  const untilMs = performance.now() + 300;
  while (performance.now() < untilMs);
  await new Promise((done) => setTimeout(done, 20));
  assert.equal(isOver, false);
  callOff();
});
