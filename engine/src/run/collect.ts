import { setTimeout as sleep } from 'node:timers/promises';
import type { Given } from '../model/given.ts';
import { type Obstacle, type ObstacleReason, ofKind, type Sighting } from '../model/observation.ts';
import type { RunMeta } from '../model/run-record.ts';
import { type Effect, STAGES, type Stage } from '../model/stage.ts';
import { type Action, type AnyProbe, type Context, mark } from '../probes/probe.ts';
import { WireTrouble } from '../probes/wire/wire.ts';

/** Trouble that may pass: worth two more tries. Source: design rule 1. */
const PASSING: ReadonlySet<ObstacleReason> = new Set([
  'timed-out',
  'refused',
  'reset',
  'not-resolved',
  'rate-limited',
  'server-error',
]);
const TRIES = 3;

/** Rounds a stage may take: a target that makes up new pages for ever must not keep us. */
const ROUNDS_MAX = 400;

export type Progress =
  | { readonly is: 'stage'; readonly stage: Stage }
  | { readonly is: 'round'; readonly stage: Stage; readonly actions: number }
  | { readonly is: 'done'; readonly says: string; readonly sightings: readonly Sighting[] }
  | { readonly is: 'settled'; readonly stage: Stage };

export interface Collecting {
  readonly probes: readonly AnyProbe[];
  readonly context: Context;
  /** Actions under way at once. */
  readonly concurrency: number;
  readonly retryPauseMs: number;
  /** Ends the review early: by the operator or by the run's own budget. What was made is still cleaned up. */
  readonly signal: AbortSignal;
  /** Called with every sighting as it comes, before anything else happens with it. */
  readonly keep: (stage: Stage, sighting: Sighting) => void;
  readonly progress: (event: Progress) => void;
}

export interface Collected {
  readonly sightings: readonly Sighting[];
  readonly stages: RunMeta['stages'];
  readonly cutShort: string | null;
}

interface Planned {
  readonly probe: AnyProbe;
  readonly action: Action;
}

/** Asks every stage for its next actions and carries them out, round after round, until nothing is left. */
export async function collect(collecting: Collecting): Promise<Collected> {
  const { probes, context, signal, progress } = collecting;
  const seen: Sighting[] = [];
  const done = new Set<string>();
  const stages: RunMeta['stages'] = [];

  const keep = (stage: Stage, sightings: readonly Sighting[]) => {
    for (const one of sightings) {
      seen.push(one);
      collecting.keep(stage, one);
    }
  };
  const open = (some: readonly AnyProbe[]): Planned[] =>
    some.flatMap((probe) =>
      probe
        .plan({ given: context.given, seen, seed: context.seed })
        .filter(({ id }) => !done.has(id))
        .map((action) => ({ probe, action })),
    );
  const roundOf = async (stage: Stage, planned: readonly Planned[], until: AbortSignal) => {
    progress({ is: 'round', stage, actions: planned.length });
    for (const { action } of planned) done.add(action.id);
    await pool(planned, collecting.concurrency, async (one) => {
      const sightings = until.aborted ? [] : await carryOut(one, seen, collecting, until);
      keep(stage, sightings);
      progress({ is: 'done', says: one.action.says, sightings });
    });
  };

  for (const stage of STAGES) {
    const own = probes.filter((probe) => probe.stage === stage);
    // Nothing of a later group is asked while an earlier one has something to ask.
    const groups = [
      own.filter((probe) => probe.firstly),
      own.filter((probe) => probe.effect === 'looks' && !probe.firstly && !probe.lastly),
      own.filter((probe) => probe.effect !== 'looks' && !probe.firstly && !probe.lastly),
    ];
    progress({ is: 'stage', stage });
    let rounds = 0;
    try {
      for (; rounds < ROUNDS_MAX && !signal.aborted; rounds += 1) {
        const planned = groups.map(open).find((some) => some.length > 0);
        if (planned === undefined) break;
        await roundOf(stage, planned, signal);
      }
    } finally {
      // What this run made is removed again, also when the run is being ended, and when a mistake of ours ends it.
      const cleaning = open(own.filter((probe) => probe.lastly));
      if (cleaning.length > 0) await roundOf(stage, cleaning, AbortSignal.timeout(CLEANUP_BUDGET_MS));
    }
    stages.push({
      stage,
      is: signal.aborted ? 'cut' : rounds === 0 ? 'skipped' : 'done',
      because: rounds === 0 && !signal.aborted ? skippedBecause(stage, own, context.given) : null,
    });
    progress({ is: 'settled', stage });
  }
  return { sightings: seen, stages, cutShort: signal.aborted ? String(signal.reason) : null };
}

/** Time for removing what the run made, ms. */
const CLEANUP_BUDGET_MS = 60_000;

function skippedBecause(stage: Stage, own: readonly AnyProbe[], given: Given): string {
  if (own.length === 0) return 'no probe of this version belongs to it';
  return given.accounts.length === 0 ? 'no test accounts were given' : `nothing to do in ${stage}`;
}

/** One action, with up to two more tries after a pause while all that stands in the way is passing trouble. */
async function carryOut(
  { probe, action }: Planned,
  seen: readonly Sighting[],
  { context, retryPauseMs }: Collecting,
  until: AbortSignal,
): Promise<readonly Sighting[]> {
  const forbidden = forbiddenBecause(probe.effect, context.given, seen);
  if (forbidden !== undefined) return obstacles(context, action, 'not-allowed', forbidden);
  for (let tried = 1; ; tried += 1) {
    const sightings = await once(probe, action, context, until);
    const trouble = ofKind('obstacle', sightings);
    const passing = trouble.length > 0 && trouble.every(({ reason }) => PASSING.has(reason));
    if (!passing || tried === TRIES || action.once || until.aborted) return sightings;
    await sleep(retryPauseMs * tried, undefined, { signal: until }).catch(() => undefined);
  }
}

async function once(probe: AnyProbe, action: Action, context: Context, until: AbortSignal): Promise<Sighting[]> {
  const sightings: Sighting[] = [];
  const signal = AbortSignal.any([until, AbortSignal.timeout(probe.budgetMs)]);
  try {
    // The cast holds: the action came from this probe's own plan.
    for await (const one of probe.run(action as never, context, signal)) sightings.push(one);
  } catch (cause) {
    if (cause instanceof WireTrouble) sightings.push(...obstacles(context, action, cause.reason, cause.message));
    else if (signal.aborted) sightings.push(...obstacles(context, action, 'timed-out', 'its time was up'));
    else throw cause;
  }
  return sightings;
}

function obstacles(context: Context, action: Action, reason: ObstacleReason, detail: string): Obstacle[] {
  return action.subjects.map((subject) => ({
    kind: 'obstacle',
    ...mark(context, subject, `obstacle to ${action.id} at ${subject}`),
    reason,
    detail: detail.slice(0, 300),
  }));
}

/** Looking needs nothing; everything else needs the owner's word in the target file and the owner's proof (design rule 7). */
function forbiddenBecause(effect: Effect, { consent }: Given, seen: readonly Sighting[]): string | undefined {
  if (effect === 'looks') return undefined;
  if (!consent.includes(effect)) return `the target file holds no consent to ${effect} (\`consent:\`)`;
  const proved = ofKind('ownership-proof', seen).some(({ effects }) => effects.includes(effect));
  return proved ? undefined : `ownership is not proved for ${effect}: see \`launch-ready prove\``;
}

async function pool<T>(items: readonly T[], size: number, work: (item: T) => Promise<void>): Promise<void> {
  const rest = items.values();
  const worker = async () => {
    for (const item of rest) await work(item);
  };
  await Promise.all(Array.from({ length: Math.min(size, items.length) }, worker));
}
