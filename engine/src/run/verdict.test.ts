import assert from 'node:assert/strict';
import { it } from 'node:test';
import { criteria } from '../model/criteria.ts';
import type { Criterion } from '../model/criterion.ts';
import type { RecordedFinding, RunRecord, Verdict } from '../model/run-record.ts';
import { given, run } from '../testing/sightings.ts';
import type { CriterionOutcome } from './roll-up.ts';
import { verdictOf } from './verdict.ts';

const UNTIL = '2026-03-09T08:00:00.000Z';
const deployed: RunRecord['standing'] = { is: 'deployed', because: 'a public name' };

/** All twelve rows pass, but for those named. */
const rowsWith = (verdicts: Partial<Record<Criterion, Verdict>>): CriterionOutcome[] =>
  criteria.map((facts) => ({
    facts,
    verdict: verdicts[facts.id] ?? 'pass',
    because: null,
    outcomes: [],
    coverage: { expected: 1, proved: 1, failed: 0, unproved: [] },
    oldestSeenAt: null,
    goodUntil: facts.id === 'https' ? UNTIL : '2026-06-01T00:00:00.000Z',
    unlock: null,
  }));

const finding: RecordedFinding = {
  id: 'hsts-missing at entry https://portal.test/',
  check: 'hsts',
  criterion: 'https',
  problem: 'hsts-missing',
  subject: 'entry https://portal.test/',
  severity: 'medium',
  says: 'entry https://portal.test/ sends no HSTS',
  detail: null,
  breaks: 'The first request can be taken.',
  fix: ['Send it.'],
  fixFor: null,
  prompt: '',
  evidence: [],
};

const verdict = (
  verdicts: Partial<Record<Criterion, Verdict>>,
  more: Partial<Parameters<typeof verdictOf>[0]> = {},
): RunRecord['verdict'] =>
  verdictOf({
    rows: rowsWith(verdicts),
    gates: [],
    standing: deployed,
    findings: [],
    given,
    release: 'r42',
    unreached: null,
    run,
    ...more,
  });

it('is ready when every row is proved, and says for what and until when', () => {
  const { is, exitCode, sentence } = verdict({});
  assert.deepEqual([is, exitCode], ['ready', 0]);
  assert.equal(sentence, `Checklist evidence complete for the agreed scope, release r42, until ${UNTIL}.`);
});

it('counts what the owner left out as agreed', () => assert.equal(verdict({ mail: 'not_applicable' }).exitCode, 0));

it('is not ready on one failed row, whatever else is unseen', () => {
  const { is, exitCode, sentence, next } = verdict({ https: 'fail', mail: 'not_verified' }, { findings: [finding] });
  assert.deepEqual([is, exitCode], ['not_ready', 1]);
  assert.match(sentence, /^Not ready: 1 row failed \(https\), with 1 finding\./);
  assert.match(sentence, /1 row not verified \(mail\)/);
  assert.match(next, /sends no HSTS/);
});

it('is not ready behind a shut gate, though no row failed', () => {
  const gates = [{ id: 'no-access-bypass', title: 'No access bypass', is: 'shut', because: '1 found' }] as const;
  assert.equal(verdict({}, { gates }).exitCode, 1);
});

for (const unseen of ['not_verified', 'stale'] as const)
  it(`is not verified while one row is ${unseen}`, () => {
    const { is, exitCode, sentence } = verdict({ rollback: unseen });
    assert.deepEqual([is, exitCode], ['not_verified', 3]);
    assert.match(sentence, /1 row not verified in full \(rollback\), and what was not seen proves nothing/);
  });

it('is not verified when the run was cut short, though every row was proved', () => {
  const { exitCode, sentence } = verdict({}, { run: { ...run, cutShort: 'the operator stopped it' } });
  assert.equal(exitCode, 3);
  assert.match(sentence, /The run was cut short: the operator stopped it\./);
});

it('is never ready on a preview, and marks a rehearsal', () => {
  const preview = verdict({}, { standing: { is: 'preview', because: 'localhost is this machine' } });
  assert.deepEqual([preview.is, preview.exitCode], ['not_verified', 3]);
  assert.match(preview.sentence, /A preview is never ready/);
  const rehearsal = verdict({}, { standing: { is: 'rehearsal', because: 'a world of the operator' } });
  assert.equal(rehearsal.exitCode, 0);
  assert.match(rehearsal.sentence, /This was a rehearsal\./);
});

it('never calls anything secure, safe or certified', () => {
  const all = [verdict({}), verdict({ https: 'fail' }), verdict({ https: 'not_verified' })];
  for (const { sentence, next } of all) assert.doesNotMatch(`${sentence} ${next}`, /secure\b|safe\b|certif|guarantee/i);
});

it('always says what to do next', () => {
  for (const verdicts of [{}, { https: 'fail' }, { mail: 'not_verified' }] as const)
    assert.notEqual(verdict(verdicts).next, '');
  const alone = verdict({ mail: 'not_verified' }, { given: { ...given, accounts: [] } });
  assert.match(alone.next, /launch-ready init https:\/\/portal\.test\//);
});

it('says first of all that the portal did not answer', () => {
  const { exitCode, sentence, next } = verdict({ https: 'not_verified' }, { unreached: 'name not resolved' });
  assert.equal(exitCode, 3);
  assert.match(sentence, /^Nothing was seen: portal\.test did not answer \(name not resolved\)/);
  assert.match(next, /^Check the address/);
});
