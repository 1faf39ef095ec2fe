import type { RecordedGate } from '../model/run-record.ts';
import type { CheckOutcome, CriterionOutcome } from './roll-up.ts';

/** The conditions that decide alone. A gate is open only on proof, and shut on one witness. */
export function gatesOf(rows: readonly CriterionOutcome[]): RecordedGate[] {
  const row = (id: string) => rows.find(({ facts }) => facts.id === id);
  const wholeRow = (id: string, gate: RecordedGate['id'], title: string): RecordedGate => {
    const found = row(id);
    if (found?.verdict === 'fail') return { id: gate, title, is: 'shut', because: found.because ?? 'it failed' };
    if (found?.verdict === 'pass') return { id: gate, title, is: 'open', because: 'proved' };
    return { id: gate, title, is: 'unknown', because: found?.because ?? 'not looked at' };
  };
  return [
    wholeRow('secrets', 'no-active-secret', 'No active secret is exposed'),
    accessGate(['authentication', 'authorization'].flatMap((id) => row(id) ?? [])),
    wholeRow('mail', 'mail-authenticates', 'SPF, DKIM and DMARC all pass'),
    wholeRow('latency', 'latency-under-500-ms', 'p95 under 500 ms'),
    wholeRow('monitoring', 'alert-drill-fresh', 'An alert drill within 5 minutes, fresh'),
    wholeRow('rollback', 'rollback-drill-fresh', 'A rollback drill within 15 minutes, fresh'),
  ];
}

/** Only critical and high findings of rows 1 and 2 are a bypass; everything unseen leaves the gate unknown. */
function accessGate(rows: readonly CriterionOutcome[]): RecordedGate {
  const gate = { id: 'no-access-bypass', title: 'No access bypass' } as const;
  const bypasses = rows.flatMap(({ outcomes }) => outcomes.flatMap(grave));
  if (bypasses.length > 0) return { ...gate, is: 'shut', because: `${bypasses.length} found` };
  if (rows.length === 2 && rows.every(({ verdict }) => verdict === 'pass'))
    return { ...gate, is: 'open', because: 'proved' };
  return { ...gate, is: 'unknown', because: 'not every route and tenant was seen' };
}

const grave = ({ check, findings }: CheckOutcome) =>
  findings.filter(({ problem }) => ['critical', 'high'].includes(check.problems[problem]?.severity ?? ''));
