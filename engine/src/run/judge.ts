import type { AnyCheck, Judgement } from '../model/check.ts';
import type { Given } from '../model/given.ts';
import { type ObstacleReason, ofKind, type Sighting } from '../model/observation.ts';

export interface Judged {
  readonly subject: string;
  readonly judgement: Judgement;
}

/** Sightings by subject, made once for all checks. */
export interface SeenBySubject {
  readonly all: readonly Sighting[];
  readonly of: (subject: string) => readonly Sighting[];
}

export function bySubject(all: readonly Sighting[]): SeenBySubject {
  const groups = Map.groupBy(all, ({ subject }) => subject);
  return { all, of: (subject) => groups.get(subject) ?? [] };
}

/** Asks one check about each subject it must have seen. */
export function judge(check: AnyCheck, seen: SeenBySubject, given: Given): readonly Judged[] {
  return [...new Set(check.subjects(given, seen.all))].map((subject) => ({
    subject,
    judgement: judgeOne(check, seen.of(subject), given),
  }));
}

/**
 * Two rules sit here so that no check has to repeat them: a check never runs on nothing,
 * and a pass needs full sight of its subject (a fail needs one witness).
 */
function judgeOne(check: AnyCheck, own: readonly Sighting[], given: Given): Judgement {
  const asked = Object.fromEntries(check.needs.map((kind) => [kind, ofKind(kind, own)]));
  const missing = check.needs.filter((kind) => asked[kind]?.length === 0);
  const reasons = new Set(ofKind('obstacle', own).map(({ reason }) => REASON_WORDS[reason]));
  const because =
    [...reasons].join(', ') || (own.length === 0 ? 'never attempted' : `no ${missing.join(', ')} was seen`);
  if (missing.length > 0) return { verdict: 'not_verified', because };

  // The cast holds: `asked` has every kind of `needs`, and none is empty.
  const judgement = check.judge(asked as never, given);
  return judgement.verdict === 'pass' && reasons.size > 0 ? { verdict: 'not_verified', because } : judgement;
}

export const REASON_WORDS: Readonly<Record<ObstacleReason, string>> = {
  'timed-out': 'timed out',
  refused: 'connection refused',
  'no-route': 'this machine has no way there (no IPv6?)',
  reset: 'connection cut off',
  'not-resolved': 'name not resolved',
  malformed: 'the answer was malformed',
  'too-large': 'the answer was too large',
  'rate-limited': 'we were rate-limited',
  blocked: 'blocked by the edge',
  'server-error': 'the server failed',
  'not-allowed': 'not allowed',
  'not-signed-in': 'not signed in',
  'budget-spent': 'the budget of requests was spent',
  'untrusted-certificate': 'the certificate is not to be trusted with credentials',
};
