import type { Given } from '../model/given.ts';
import type { RecordedFinding, RecordedGate, RunMeta, RunRecord } from '../model/run-record.ts';
import type { CriterionOutcome } from './roll-up.ts';

interface Result {
  readonly rows: readonly CriterionOutcome[];
  readonly gates: readonly RecordedGate[];
  readonly standing: RunRecord['standing'];
  readonly findings: readonly RecordedFinding[];
  readonly given: Given;
  readonly release: string | null;
  /** Why not one answer came from the portal; null when one did. */
  readonly unreached: string | null;
  readonly run: RunMeta;
}

/**
 * The verdict and the sentence that a run closes with. Exit 0 means that nothing failed and nothing in scope
 * is unseen, on a deployed or rehearsed portal; a failure is 1, anything unseen is 3 (design rules 6 and 10).
 */
export function verdictOf(result: Result): RunRecord['verdict'] {
  const { rows, gates, standing, findings, given, release, run, unreached } = result;
  const is = (...verdicts: readonly string[]) => rows.filter(({ verdict }) => verdicts.includes(verdict));
  const [failed, unseen] = [is('fail'), is('not_verified', 'stale')];
  const names = (some: readonly CriterionOutcome[]) => some.map(({ facts }) => facts.id).join(', ');
  const where = standing.is === 'deployed' ? '' : ` This was a ${standing.is}.`;
  const sum = (count: (row: CriterionOutcome) => number) => rows.reduce((total, row) => total + count(row), 0);
  const proved = `${sum(({ coverage }) => coverage.proved)} of ${sum(({ coverage }) => coverage.expected)} parts are proved`;
  const next = nextStep(findings, given, standing);

  if (failed.length > 0 || gates.some((gate) => gate.is === 'shut')) {
    const worst = findings[0] === undefined ? '' : ` Worst first: ${findings[0].says}.`;
    const rest = unseen.length > 0 ? ` ${rowsOf(unseen.length)} not verified (${names(unseen)}).` : '';
    return {
      is: 'not_ready',
      exitCode: 1,
      sentence: `Not ready: ${rowsOf(failed.length)} failed (${names(failed)}), with ${findings.length} ${findings.length === 1 ? 'finding' : 'findings'}.${worst}${rest}${where}`,
      next,
    };
  }
  if (unreached !== null)
    return {
      is: 'not_verified',
      exitCode: 3,
      sentence: `Nothing was seen: ${new URL(given.url).host} did not answer (${unreached}). Nothing is proved, and nothing failed.`,
      next: `Check the address, and that this machine can reach it: curl -I ${given.url}`,
    };
  if (unseen.length > 0 || run.cutShort !== null) {
    const why = run.cutShort === null ? '' : ` The run was cut short: ${run.cutShort}.`;
    return {
      is: 'not_verified',
      exitCode: 3,
      sentence: `Nothing failed: ${proved}. ${rowsOf(unseen.length)} not verified in full (${names(unseen)}), and what was not seen proves nothing.${why}${where}`,
      next,
    };
  }
  const until = rows.flatMap(({ goodUntil }) => goodUntil ?? []).sort()[0] ?? given.judgedAt;
  const evidence = `Checklist evidence complete for the agreed scope, release ${release ?? 'unknown'}, until ${until}.`;
  return standing.is === 'preview'
    ? { is: 'not_verified', exitCode: 3, sentence: `${evidence}${where} A preview is never ready.`, next }
    : { is: 'ready', exitCode: 0, sentence: `${evidence}${where}`, next };
}

const rowsOf = (count: number) => (count === 1 ? '1 row' : `${count} rows`);

function nextStep(findings: readonly RecordedFinding[], given: Given, standing: RunRecord['standing']): string {
  const [worst] = findings;
  if (worst) return `Fix the worst first: ${worst.says}. The report has the steps; then run the same command again.`;
  const tenants = new Set(given.accounts.map(({ tenant }) => tenant)).size;
  if (tenants < 2)
    return `To see more, run \`launch-ready init ${given.url}\`, give test accounts of two tenants, and run \`launch-ready check\`.`;
  return standing.is === 'deployed' ? 'Run it again with every release.' : 'Review the deployed portal.';
}
