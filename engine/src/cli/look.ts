import type { Given } from '../model/given.ts';
import type { Sighting } from '../model/observation.ts';
import type { AnyProbe } from '../probes/probe.ts';
import { review } from '../run/review.ts';
import { clockOf } from './clock.ts';
import type { Io } from './io.ts';
import type { LoadedTarget } from './load-target.ts';
import { loadOperator } from './operator.ts';
import { version } from './version.ts';

/** Runs a few probes for a command that only wants to know, and records nothing. */
export async function look(target: LoadedTarget, probes: readonly AnyProbe[], io: Io): Promise<readonly Sighting[]> {
  const now = clockOf(target.clock, io);
  const given: Given = { judgedAt: now().toISOString(), ...target.given };
  const { sightings } = await review({
    given,
    probes,
    recipes: target.recipes,
    network: target.network,
    pacing: target.pacing,
    operator: loadOperator(io),
    version,
    runId: 'look',
    now,
    stop: io.stop,
    keep: () => undefined,
    progress: () => undefined,
  });
  return sightings;
}
