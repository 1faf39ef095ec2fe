import assert from 'node:assert/strict';
import { it } from 'node:test';
import { leftAlone } from './left-alone.ts';

it('asks for what does nothing, up to the cap', () => {
  assert.equal(leftAlone('https://portal.test/records', 39, 40), null);
  assert.equal(leftAlone('https://portal.test/records', 40, 40), 'beyond-cap');
});

it('leaves alone what looks as if it acted, unless the operator named it', () => {
  const url = 'https://portal.test/sign-out';
  assert.equal(leftAlone(url, 0, 40), 'risky');
  assert.equal(leftAlone(url, 0, 40, [url]), null);
});
