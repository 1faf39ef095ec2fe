import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { tally } from './tally.ts';

describe('tally', () => {
  it('takes one outcome from the exit code', () => {
    assert.deepEqual(tally('fine\n', 0), { passed: 1, failed: 0, skipped: [] });
    assert.deepEqual(tally('', 7), { passed: 0, failed: 1, skipped: [] });
  });
  it('takes the counts of the closing line', () =>
    assert.deepEqual(tally('3 passed, 1 failed\nmore\n40 passed, 2 failed\n', 1), {
      passed: 40,
      failed: 2,
      skipped: [],
    }));
  it('never lets counts overrule the exit code', () => assert.equal(tally('40 passed, 0 failed\n', 1).failed, 1));
  it('does not take nothing for good', () => assert.equal(tally('0 passed, 0 failed\n', 0).failed, 1));
  it('keeps the names of what was skipped', () => {
    const text = 'skipped: testssl: not installed\n4 passed, 0 failed, 2 skipped\n';
    assert.deepEqual(tally(text, 0), { passed: 4, failed: 0, skipped: ['testssl: not installed', 'without a name'] });
  });
});
