import type { Severity } from '../model/check.ts';
import type { Provenance, RunRecord, SentLine, Verdict } from '../model/run-record.ts';

type Gate = RunRecord['gates'][number];

/** The one spelling of every state, on screen and on paper. */
export const VERDICT_WORDS: Readonly<Record<Verdict, string>> = {
  pass: 'Pass',
  fail: 'Fail',
  not_verified: 'Not verified',
  stale: 'Stale',
  not_applicable: 'Out of scope',
};

export const PROVENANCE_WORDS: Readonly<Record<Provenance, string>> = {
  measured: 'Measured',
  drilled: 'Drilled',
  attested: 'Attested',
  imported: 'Imported',
  'not tested': 'Not tested',
};

export const GATE_WORDS: Readonly<Record<Gate['is'], string>> = { open: 'Open', shut: 'Shut', unknown: 'Unknown' };

export const SEVERITY_WORDS: Readonly<Record<Severity, string>> = {
  critical: 'Critical',
  high: 'High',
  medium: 'Medium',
  low: 'Low',
};

export const OVERALL_WORDS: Readonly<Record<RunRecord['verdict']['is'], string>> = {
  ready: 'Evidence complete for the agreed scope',
  not_ready: 'Not ready',
  not_verified: 'Not verified',
};

export const STANDING_WORDS: Readonly<Record<RunRecord['standing']['is'], string>> = {
  deployed: 'Deployed',
  preview: 'Preview',
  rehearsal: 'Rehearsal',
};

export const RUN_PROVENANCE_WORDS: Readonly<Record<RunRecord['run']['provenance'], string>> = {
  'self-run': 'Run by the owner',
  'agency-run': 'Run by an agency',
  'reviewer-witnessed': 'Witnessed by a reviewer',
};

export const EFFECT_WORDS: Readonly<Record<SentLine['effect'], string>> = {
  looks: 'Looks at what is public',
  reads: 'Reads as an account',
  writes: 'Writes its own objects',
  disrupts: 'Disrupts, with consent',
};

export const STAGE_WORDS: Readonly<Record<SentLine['stage'], string>> = {
  outside: 'Outside',
  inside: 'Inside',
  crossing: 'Crossing',
  pressure: 'Pressure',
  drills: 'Drills',
};

/** What follows from a standing other than `deployed`; null when nothing does. */
export function watermark(standing: RunRecord['standing']): { word: string; says: string } | null {
  if (standing.is === 'rehearsal')
    return {
      word: 'Rehearsal',
      says: 'This run went through a world of the operator’s own. It proves nothing about a deployed portal.',
    };
  if (standing.is === 'preview')
    return { word: 'Preview', says: 'The target is not an identified deployment. A preview can never end as ready.' };
  return null;
}

/** `aws-lambda` → `Aws-lambda`: the first letter of a sentence. */
export function capitalised(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
