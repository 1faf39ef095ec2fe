import type { AnyCheck } from '../model/check.ts';
import { criteria } from '../model/criteria.ts';
import type { Criterion } from '../model/criterion.ts';
import type { Given } from '../model/given.ts';
import type { Sighting } from '../model/observation.ts';
import type { RecordedCriterion, RunMeta, RunRecord } from '../model/run-record.ts';
import { STAGES, type Stage } from '../model/stage.ts';
import { row } from '../report/terminal.ts';
import { terminalSafe } from '../report/terminal-safe.ts';
import { cut } from '../report/terminal-width.ts';
import type { Progress } from '../run/collect.ts';
import { recordOf } from '../run/record.ts';
import type { Io } from './io.ts';

interface LiveOptions {
  readonly io: Io;
  readonly colour: boolean;
  /** `live` redraws a line on a terminal, `lines` prints rows only, `silent` nothing. */
  readonly mode: 'live' | 'lines' | 'silent';
  readonly target: Omit<Given, 'judgedAt'>;
  readonly checks: readonly AnyCheck[];
}

export interface Live {
  readonly progress: (event: Progress) => void;
  readonly end: (record: RunRecord) => void;
  readonly showedRows: boolean;
}

/** Judging what is there so far costs a few ms: at most so often, ms. */
const LOOK_EVERY_MS = 400;

/** The last stage that says something about a row: after it the row is settled. */
const LAST_STAGE: Readonly<Record<string, Stage>> = { 'signed-in': 'inside', 'crossing-step': 'crossing' };

/**
 * Shows the rows one by one while the run goes on: at once where no check of this version looks, as soon as one
 * failure is witnessed (nothing can take it back), and otherwise when the last stage that could say something is over.
 */
export function createLive({ io, colour, mode, target, checks }: LiveOptions): Live {
  const shown = new Set<Criterion>();
  const seen: Sighting[] = [];
  let [done, planned, lookedAt] = [0, 0, 0];

  const wipe = () => (mode === 'live' ? io.err('\r\u001b[2K') : undefined);
  const show = (criterion: RecordedCriterion, underWay = false) => {
    if (shown.has(criterion.id)) return;
    shown.add(criterion.id);
    wipe();
    io.out(`${row(criterion, { colour, width: io.columns, underWay })}\n`);
  };
  /** A failure is final the moment it is seen: it is shown with what was found, before the numbers are known. */
  const showFailure = (criterion: RecordedCriterion, { findings }: RunRecord) => {
    const worst = findings.find((finding) => finding.criterion === criterion.id);
    show({ ...criterion, because: worst?.says ?? criterion.because }, true);
  };
  const status = (says: string) => {
    if (mode === 'live')
      io.err(`\r\u001b[2K${cut(`  ${done} of ${planned} planned so far  ${terminalSafe(says, 200)}`, io.columns - 1)}`);
  };
  const look = (settled: (id: Criterion) => boolean) => {
    lookedAt = performance.now();
    const now = io.now().toISOString();
    const record = recordOf(checks, seen, { judgedAt: now, ...target }, unfinished(now));
    for (const criterion of record.criteria) {
      if (settled(criterion.id)) show(criterion);
      else if (criterion.verdict === 'fail') showFailure(criterion, record);
    }
  };
  const settledAfter = (stage: Stage) => (id: Criterion) =>
    checks
      .filter(({ criterion }) => criterion === id)
      .every(({ needs }) =>
        needs.every((kind) => STAGES.indexOf(LAST_STAGE[kind] ?? 'outside') <= STAGES.indexOf(stage)),
      );

  return {
    showedRows: mode !== 'silent',
    progress: (event) => {
      if (mode === 'silent') return;
      switch (event.is) {
        case 'stage':
          if (event.stage === 'outside') look((id) => !checks.some(({ criterion }) => criterion === id));
          break;
        case 'round':
          planned += event.actions;
          break;
        case 'done':
          done += 1;
          seen.push(...event.sightings);
          status(event.says);
          if (performance.now() - lookedAt > LOOK_EVERY_MS) look(() => false);
          break;
        case 'settled':
          look(settledAfter(event.stage));
          break;
      }
    },
    end: (record) => {
      if (mode === 'silent') return;
      for (const { id } of criteria) for (const one of record.criteria) if (one.id === id) show(one);
      wipe();
      io.out('\n');
    },
  };
}

/** What a run looks like before its end, for judging what is there so far. */
const unfinished = (now: string): RunMeta => ({
  tool: { name: 'launch-ready', version: '' },
  id: '',
  startedAt: now,
  endedAt: now,
  provenance: 'self-run',
  vantage: 'operator',
  egress: null,
  cutShort: 'still under way',
  stages: [],
  sent: [],
  bytesReceived: 0,
  waitedMs: 0,
  wallMs: 0,
  left: [],
});
