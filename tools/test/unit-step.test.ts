import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { outcomeOf } from './unit-step.ts';

const tap = (pass: number, fail: number, lines = '') =>
  `TAP version 13\n${lines}1..1\n# tests 9\n# suites 1\n# pass ${pass}\n# fail ${fail}\n# cancelled 0\n# skipped 0\n# todo 0\n`;

describe('unit tests', () => {
  it('counts what passed and failed', () =>
    assert.deepEqual(outcomeOf(tap(7, 2), 1), { passed: 7, failed: 2, skipped: [] }));
  it('counts a skipped test, by name and reason', () =>
    assert.deepEqual(outcomeOf(tap(7, 0, '    ok 1 - agrees with testssl # SKIP not installed\n'), 0).skipped, [
      'agrees with testssl: not installed',
    ]));
  it('counts what is left to do as skipped', () =>
    assert.deepEqual(outcomeOf(tap(7, 0, 'ok 1 - later # TODO\n'), 0).skipped, ['later: no reason given']));
  it('fails when nothing passed', () => assert.equal(outcomeOf(tap(0, 0), 0).failed, 1));
  it('fails when the runner ends badly without a failing test', () => assert.equal(outcomeOf('', 134).failed, 1));
});
