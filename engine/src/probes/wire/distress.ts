import type { ObstacleReason } from '../../model/observation.ts';
import { WireTrouble } from './wire.ts';

/** So many in a row, and an endpoint is left alone for the rest of the run: it is down, or we are what weighs on it. */
export const FAILURES_IN_A_ROW_MAX = 3;

const SIGNS: ReadonlySet<ObstacleReason> = new Set(['timed-out', 'refused']);

/** Watches endpoints for distress. One request that hangs again and again is that request's trouble: it counts once. */
export interface Distress {
  /** Throws when the endpoint is left alone. */
  readonly check: (endpoint: string) => void;
  readonly answered: (endpoint: string) => void;
  /** `what` names the request; null for a connection that did not come about, of which each counts. */
  readonly failed: (endpoint: string, trouble: WireTrouble, what: string | null) => void;
}

export function createDistress(): Distress {
  const failures = new Map<string, Set<string | symbol>>();
  const leftAlone = new Map<string, WireTrouble>();
  return {
    check(endpoint) {
      const trouble = leftAlone.get(endpoint);
      if (trouble === undefined) return;
      const detail = `not asked: ${endpoint} failed ${FAILURES_IN_A_ROW_MAX} times in a row, last with "${trouble.message}"`;
      throw new WireTrouble(trouble.reason, detail, { cause: trouble });
    },
    answered(endpoint) {
      failures.delete(endpoint);
    },
    failed(endpoint, trouble, what) {
      if (!SIGNS.has(trouble.reason)) return;
      const inARow = failures.get(endpoint) ?? new Set();
      inARow.add(what ?? Symbol('connection'));
      failures.set(endpoint, inARow);
      if (inARow.size >= FAILURES_IN_A_ROW_MAX) leftAlone.set(endpoint, trouble);
    },
  };
}
