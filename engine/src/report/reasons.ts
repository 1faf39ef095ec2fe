import type { Coverage } from '../model/run-record.ts';
import { grouped } from './moments.ts';

export interface ReasonGroup {
  readonly because: string;
  readonly count: number;
  /** The first few subjects, in the record's order. */
  readonly subjects: readonly string[];
}

/** Subjects without a verdict, by reason, the commonest first: `12: timed out`. */
export function reasonGroups(unproved: Coverage['unproved'], subjectsMax: number): readonly ReasonGroup[] {
  const groups = Map.groupBy(unproved, ({ because }) => because);
  return [...groups]
    .map(([because, lines]) => ({
      because,
      count: lines.length,
      subjects: lines.slice(0, subjectsMax).map(({ subject }) => subject),
    }))
    .sort((a, b) => b.count - a.count || (a.because < b.because ? -1 : 1));
}

export interface Shares {
  readonly total: number;
  readonly proved: number;
  readonly failed: number;
  /** Neither proved nor failed: never counted as good. */
  readonly unknown: number;
}

export function shares({ expected, proved, failed, unproved }: Coverage): Shares {
  const total = Math.max(expected, proved + failed + unproved.length);
  return { total, proved, failed, unknown: total - proved - failed };
}

/** `31 of 33 proved, 1 fails, 1 unknown`. */
export function coverageText(coverage: Coverage): string {
  const { total, proved, failed, unknown } = shares(coverage);
  if (total === 0) return 'nothing seen yet';
  return [
    `${grouped(proved)} of ${grouped(total)} proved`,
    ...(failed > 0 ? [`${grouped(failed)} ${failed === 1 ? 'fails' : 'fail'}`] : []),
    ...(unknown > 0 ? [`${grouped(unknown)} unknown`] : []),
  ].join(', ');
}
