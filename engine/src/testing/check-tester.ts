import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { AnyCheck, Check } from '../model/check.ts';
import type { Given } from '../model/given.ts';
import { isNonEmpty, type NonEmpty } from '../model/non-empty.ts';
import type { ObservationKind, Sighting } from '../model/observation.ts';
import { bySubject, judge } from '../run/judge.ts';
import { type CheckOutcome, rollUp } from '../run/roll-up.ts';
import { obstacle } from './sightings.ts';

type Cases = Readonly<Record<string, readonly Sighting[]>>;

interface Table<P extends string> {
  readonly passes: Cases;
  readonly fails: Readonly<Record<string, readonly [seen: readonly Sighting[], problems: NonEmpty<P>]>>;
  readonly notVerified: Cases;
}

/**
 * Runs a check's table of cases and holds every check to the house rules: each problem is shown failing,
 * nothing seen is "not verified", evidence points at something seen, the input is left alone, judging twice
 * says the same, a pass falls with any one subject, and an obstacle counts for its own subject only.
 */
export function testCheck<K extends ObservationKind, P extends string>(
  check: Check<K, P>,
  given: Given,
  table: Table<P>,
): void {
  // The cast holds: the engine hands a check only what it needs.
  const anyCheck = check as AnyCheck;
  const ask = (sightings: readonly Sighting[]): CheckOutcome => {
    const [all, frozen] = [deepFreeze(structuredClone(sightings)), deepFreeze(structuredClone(given))];
    const once = () => {
      const seen = bySubject(all);
      return rollUp(anyCheck, judge(anyCheck, seen, frozen), seen, frozen);
    };
    const outcome = once();
    assert.deepEqual(outcome, once());
    for (const observation of evidenceIn(outcome)) assert.ok(all.some(({ id }) => id === observation));
    return outcome;
  };
  const verdictOf = (seen: readonly Sighting[]) => ask(seen).verdict;
  const unrelated = obstacle('route GET /elsewhere as nobody');

  describe(check.id, () => {
    for (const [name, seen] of Object.entries(table.passes)) {
      it(`passes: ${name}`, () => assert.equal(verdictOf(seen), 'pass'));
      it(`ignores an obstacle elsewhere: ${name}`, () => assert.deepEqual(ask([...seen, unrelated]), ask(seen)));
      for (const subject of check.subjects(given, seen)) {
        const without = seen.filter((one) => one.subject !== subject);
        it(`does not pass without ${subject}: ${name}`, () => assert.equal(verdictOf(without), 'not_verified'));
        it(`does not pass with an obstacle at ${subject}: ${name}`, () =>
          assert.equal(verdictOf([...seen, obstacle(subject)]), 'not_verified'));
      }
    }
    for (const [name, seen] of Object.entries(table.notVerified))
      it(`is not verified: ${name}`, () => assert.equal(verdictOf(seen), 'not_verified'));
    for (const [name, [seen, problems]] of Object.entries(table.fails)) {
      it(`fails: ${name}`, () => {
        const outcome = ask([...seen, unrelated]);
        assert.equal(outcome.verdict, 'fail');
        assert.deepEqual(
          outcome.findings.map(({ problem }) => problem),
          problems,
        );
      });
    }

    it('says not verified when nothing was seen', () => assert.equal(verdictOf([]), 'not_verified'));
    it('shows every problem failing', () => {
      const shown = new Set<string>(Object.values(table.fails).flatMap(([, problems]) => problems));
      assert.deepEqual(
        Object.keys(check.problems).filter((id) => !shown.has(id)),
        [],
      );
    });
    it('has at least one passing case', () => assert.ok(isNonEmpty(Object.keys(table.passes))));
  });
}

function evidenceIn({ evidence, findings }: CheckOutcome): string[] {
  return [...evidence, ...findings.flatMap((finding) => finding.evidence)].map(({ observation }) => observation);
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(deepFreeze);
  }
  return value;
}
