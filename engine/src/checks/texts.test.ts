// Delivers: LR-027
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { criteria } from '../model/criteria.ts';
import { CRITERIA } from '../model/criterion.ts';
import { checks } from './index.ts';

const sentence = (text: string) => assert.match(text, /^[A-Z“"'].{10,}[.?!]$/s, text);

describe('every row tells a founder what it is about', () => {
  it('there are twelve, in the order of the scorecard', () =>
    assert.deepEqual(
      criteria.map(({ id }) => id),
      CRITERIA,
    ));
  for (const { id, title, passWhen, why, breaks, method, fixPath, unlock, openParts, standards } of criteria) {
    it(id, () => {
      for (const text of [passWhen, why, breaks, method, fixPath, unlock]) sentence(text);
      for (const part of openParts) sentence(part.unlock);
      assert.ok(title.length > 10 && standards.length > 0);
      // No row may pass while nobody looks at it.
      assert.ok(openParts.length > 0 || checks.some(({ criterion }) => criterion === id));
    });
  }
});

describe('every check tells why, what breaks and how to fix it, and stands on public ids', () => {
  it('ids of checks and problems are used once', () => {
    const ids = checks.flatMap(({ id, problems }) => [id, ...Object.keys(problems)]);
    assert.equal(new Set(ids).size, ids.length);
  });
  for (const { id, why, problems, standards, sources, requirements } of checks) {
    it(id, () => {
      sentence(why);
      assert.ok(sources.length > 0 && requirements.every((one) => /^LR-\d{3}$/.test(one)));
      assert.ok(
        standards.asvs.every((one) => /^\d{1,2}\.\d{1,2}\.\d{1,2}$/.test(one)),
        'ASVS 5.0 ids',
      );
      assert.ok(
        standards.top10.every((one) => /^A(?:0[1-9]|10)$/.test(one)),
        'Top 10:2025 ids',
      );
      assert.ok(standards.asvs.length + standards.cwe.length > 0);
      for (const problem of Object.values(problems)) {
        sentence(problem.breaks);
        assert.doesNotMatch(problem.says, /^[A-Z]|\.$/, problem.says);
        assert.ok(problem.fix.every((step) => step.length > 5));
      }
    });
  }
});
