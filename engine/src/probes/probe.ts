import type { Given } from '../model/given.ts';
import type { NonEmpty } from '../model/non-empty.ts';
import type { Mark, Sighting } from '../model/observation.ts';
import type { Effect, Stage } from '../model/stage.ts';
import type { Sessions } from './sessions.ts';
import type { Wire } from './wire/wire.ts';

/** All that a plan may depend on. */
export interface View {
  readonly given: Given;
  readonly seen: readonly Sighting[];
  /** Secret of this run: canaries and digests derive from it. */
  readonly seed: string;
}

/** What may be sent: printed by `launch-ready plan` before anything is. Nothing outside it ever leaves. */
export interface Template {
  readonly id: string;
  /** `GET https://{host}/{path of a linked page}` */
  readonly says: string;
  readonly unit: 'requests' | 'handshakes' | 'queries';
  /** At most so many in one run, retries included. */
  readonly ceiling: number;
}

/** One unit of a plan, small enough to be tried again as a whole. */
export interface Action {
  /** Unique in a run. */
  readonly id: string;
  readonly template: string;
  /** What it is to see. If it cannot be carried out, each of them gets the obstacle. */
  readonly subjects: NonEmpty<string>;
  /** `host:port` it goes to, for pacing and distress; null for the resolver. */
  readonly endpoint: string | null;
  /** The exact request, as `launch-ready plan` prints it. */
  readonly says: string;
  /** It makes something, so it is not tried again. */
  readonly once?: boolean;
}

/** The target as a probe meets it. Clock, dice and network are handed in. */
export interface Context {
  readonly given: Given;
  readonly wire: Wire;
  readonly now: () => Date;
  readonly release: () => string;
  readonly vantage: string;
  readonly seed: string;
  /** Keyed with the seed: cannot be guessed back from a record. */
  readonly digest: (bytes: string | Uint8Array) => string;
  readonly sessions: Sessions;
  /** PEM roots that a chain may end at. */
  readonly trust: readonly string[];
  /** Fingerprint of the operator's key, which an ownership proof must name. */
  readonly operatorKey: string;
}

export interface Probe<A extends Action = Action> {
  readonly id: string;
  readonly stage: Stage;
  readonly effect: Effect;
  /** Time for one action, all its requests together, ms. */
  readonly budgetMs: number;
  /** Runs before the others of its stage: every later sighting carries the release that it finds. */
  readonly firstly?: boolean;
  /** Runs once its stage is over, also when the run is cut short: it removes what the run made. */
  readonly lastly?: boolean;
  readonly templates: (given: Given) => readonly Template[];
  /** Pure. Asked again after every round; actions already done are dropped by their id. */
  readonly plan: (view: View) => readonly A[];
  /** Yields as it sees. Trouble at the target is an obstacle it yields, or a `WireTrouble` it lets pass. */
  readonly run: (action: A, context: Context, signal: AbortSignal) => AsyncIterable<Sighting>;
}

/** A probe with its action type forgotten, as the registry and the collector hold it. */
export interface AnyProbe extends Omit<Probe, 'run'> {
  readonly run: (action: never, context: Context, signal: AbortSignal) => AsyncIterable<Sighting>;
}

export function defineProbe<A extends Action>(probe: Probe<A>): Probe<A> {
  return probe;
}

export function mark(context: Pick<Context, 'now' | 'release' | 'vantage'>, subject: string, id = subject): Mark {
  return {
    id,
    subject,
    seenAt: context.now().toISOString(),
    release: context.release(),
    vantage: context.vantage,
  };
}
