import type { Finding } from '../../model/check.ts';

/** Several witnesses of one problem at one subject are one finding, with what all of them show as evidence. */
export function oneFindingEach<P extends string>(findings: readonly Finding<P>[]): readonly Finding<P>[] {
  const merged = new Map<string, Finding<P>>();
  for (const finding of findings) {
    const key = `${finding.problem} at ${finding.subject}`;
    const known = merged.get(key);
    merged.set(key, known ? { ...known, evidence: [...known.evidence, ...finding.evidence] } : finding);
  }
  return [...merged.values()];
}
