import type { AnyCheck, Evidence, Finding } from '../model/check.ts';
import type { CriterionFacts } from '../model/criterion.ts';
import type { Given, ScopeLine } from '../model/given.ts';
import type { Coverage, Verdict } from '../model/run-record.ts';
import type { Judged, SeenBySubject } from './judge.ts';

export const DAY_MS = 86_400_000;

export interface CheckOutcome {
  readonly check: AnyCheck;
  readonly verdict: Verdict;
  readonly because: string | null;
  readonly findings: readonly Finding[];
  /** What a pass stands on, also where the check as a whole does not pass. */
  readonly evidence: readonly Evidence[];
  readonly coverage: Coverage;
  readonly oldestSeenAt: string | null;
  readonly goodUntil: string | null;
}

/**
 * One check's outcome over all its subjects. The order is the rule: a witnessed failure is hidden
 * by nothing, a signed scope line comes next, and old evidence only ever spoils a pass.
 */
export function rollUp(check: AnyCheck, judged: readonly Judged[], seen: SeenBySubject, given: Given): CheckOutcome {
  const lines = given.scope.filter((line) => line.check === check.id && inForce(line, given.judgedAt));
  const findings = judged.flatMap(({ judgement }) => (judgement.verdict === 'fail' ? judgement.findings : []));
  const whole = lines.find(({ subject }) => subject === undefined);
  const left = (subject: string) => lines.some((line) => line.subject !== undefined && matches(line.subject, subject));

  const failed = judged.filter(({ judgement }) => judgement.verdict === 'fail');
  const proved = judged.filter(({ judgement }) => judgement.verdict === 'pass');
  const unproved = judged.flatMap(({ subject, judgement }) =>
    judgement.verdict === 'not_verified' && !left(subject) ? [{ subject, because: judgement.because }] : [],
  );
  const evidence = proved.flatMap(({ judgement }) => (judgement.verdict === 'pass' ? judgement.evidence : []));
  const coverage: Coverage = {
    expected: failed.length + proved.length + unproved.length,
    proved: proved.length,
    failed: failed.length,
    unproved,
  };
  const oldest = oldestOf([...evidence, ...findings.flatMap((finding) => finding.evidence)], seen);
  const goodUntil = oldest === null ? null : laterBy(oldest, check.evidenceLivesDays);
  const outcome = (verdict: Verdict, because: string | null): CheckOutcome => ({
    check,
    verdict,
    because,
    findings,
    evidence,
    coverage,
    oldestSeenAt: oldest,
    goodUntil,
  });

  if (findings.length > 0) return outcome('fail', because(coverage));
  if (whole) return outcome('not_applicable', signed(whole));
  if (unproved.length > 0) return outcome('not_verified', because(coverage));
  if (evidence.length === 0) {
    const [line] = lines;
    if (judged.length > 0 && line !== undefined) return outcome('not_applicable', signed(line));
    return outcome('not_verified', 'nothing to judge was found');
  }
  // Written so that evidence without a readable age is stale too.
  return goodUntil !== null && given.judgedAt <= goodUntil
    ? outcome('pass', null)
    : outcome('stale', `seen ${oldest ?? 'at no readable time'}, good for ${check.evidenceLivesDays} days`);
}

/** A scope line that has run out leaves nothing out any more. */
export const inForce = ({ expires }: ScopeLine, judgedAt: string): boolean => judgedAt <= expires;

const signed = (line: ScopeLine) =>
  `${line.because} (signed by ${line.signedBy}, ${line.signedAt}, until ${line.expires})`;

function matches(pattern: string, subject: string): boolean {
  return pattern.endsWith('*') ? subject.startsWith(pattern.slice(0, -1)) : subject === pattern;
}

/** "299 of 300 proved; 1: timed out" */
export function because({ expected, proved, failed, unproved }: Coverage): string {
  const reasons = Map.groupBy(unproved, (one) => one.because);
  const parts = [...reasons].map(([reason, { length }]) => `${length}: ${reason}`);
  return [`${proved} of ${expected} proved`, ...(failed > 0 ? [`${failed} failed`] : []), ...parts].join('; ');
}

function oldestOf(evidence: readonly Evidence[], seen: SeenBySubject): string | null {
  if (evidence.length === 0) return null;
  const cited = new Set(evidence.map(({ observation }) => observation));
  const times = seen.all.filter(({ id }) => cited.has(id)).map(({ seenAt }) => Date.parse(seenAt));
  const oldest = times.length === 0 ? Number.NaN : Math.min(...times);
  return Number.isNaN(oldest) ? null : new Date(oldest).toISOString();
}

const laterBy = (time: string, days: number) => new Date(Date.parse(time) + days * DAY_MS).toISOString();

export interface CriterionOutcome {
  readonly facts: CriterionFacts;
  readonly verdict: Verdict;
  readonly because: string | null;
  readonly outcomes: readonly CheckOutcome[];
  readonly coverage: Coverage;
  readonly oldestSeenAt: string | null;
  readonly goodUntil: string | null;
  readonly unlock: string | null;
}

/** A row: any failure fails it; any open part, unseen or stale check keeps it from passing. */
export function rollUpCriterion(
  facts: CriterionFacts,
  all: readonly CheckOutcome[],
  given: Pick<Given, 'scope' | 'judgedAt'>,
): CriterionOutcome {
  const lines = given.scope.filter((line) => line.check === facts.id && inForce(line, given.judgedAt));
  const whole = lines.find(({ subject }) => subject === undefined);
  const outcomes = all.filter(({ check }) => check.criterion === facts.id);
  const inScope = outcomes.filter(({ verdict }) => verdict !== 'not_applicable');
  const openParts = facts.openParts
    .filter(({ what }) => !lines.some(({ subject }) => subject !== undefined && matches(subject, what)))
    .map(({ what }) => ({ subject: what, because: 'no check of this version looks at it' }));
  const is = (...verdicts: readonly Verdict[]) => inScope.filter((one) => verdicts.includes(one.verdict));
  const unseen = is('not_verified', 'stale').map(({ check, because: why }) => ({
    subject: check.title,
    because: why ?? 'not seen',
  }));
  // In parts, not in subjects: a hundred scripts that were read must not outweigh one boundary that was not tried.
  const coverage: Coverage = {
    expected: inScope.length + openParts.length,
    proved: is('pass').length,
    failed: is('fail').length,
    unproved: [...unseen, ...openParts],
  };
  const min = (times: readonly (string | null)[]) =>
    times.filter((time) => time !== null).reduce<string | null>((a, b) => (a === null || b < a ? b : a), null);
  const base = {
    facts,
    outcomes,
    coverage,
    oldestSeenAt: min(inScope.map(({ oldestSeenAt }) => oldestSeenAt)),
    goodUntil: min(inScope.map(({ goodUntil }) => goodUntil)),
  };

  if (is('fail').length > 0) {
    const problems = is('fail').length;
    return {
      ...base,
      verdict: 'fail',
      because: `${problems} of ${inScope.length} checks failed`,
      unlock: coverage.unproved.length > 0 ? unlockOf(facts, outcomes) : null,
    };
  }
  if (whole) return { ...base, verdict: 'not_applicable', because: signed(whole), unlock: null };
  if (is('not_verified').length + openParts.length > 0)
    return { ...base, verdict: 'not_verified', because: rowBecause(coverage), unlock: unlockOf(facts, outcomes) };
  if (is('stale').length > 0)
    return { ...base, verdict: 'stale', because: is('stale')[0]?.because ?? null, unlock: 'Run the review again.' };
  if (inScope.length === 0 && lines.length + outcomes.length > 0)
    return { ...base, verdict: 'not_applicable', because: 'left out by the owner', unlock: null };
  if (inScope.length > 0 && inScope.every(({ verdict }) => verdict === 'pass'))
    return { ...base, verdict: 'pass', because: null, unlock: null };
  return { ...base, verdict: 'not_verified', because: 'nothing to judge was found', unlock: facts.unlock };
}

/** "3 of 4 parts proved; not seen: the repository, its history, build output and CI logs" */
function rowBecause({ expected, proved, failed, unproved }: Coverage): string {
  const [first, ...more] = unproved;
  if (first === undefined) return `${proved} of ${expected} parts proved`;
  if (proved + failed === 0) return first.because;
  return `${proved} of ${expected} parts proved; not seen: ${first.subject}${more.length > 0 ? ` and ${more.length} more` : ''}`;
}

/** What the owner can do about it: for a check that saw nothing, else for the first part that nobody looks at. */
const unlockOf = (facts: CriterionFacts, outcomes: readonly CheckOutcome[]) =>
  outcomes.find(({ verdict, check }) => verdict === 'not_verified' && check.unlock !== undefined)?.check.unlock ??
  (outcomes.length > 0 && outcomes.every(({ verdict }) => verdict === 'pass')
    ? facts.openParts[0]?.unlock
    : undefined) ??
  facts.unlock;
