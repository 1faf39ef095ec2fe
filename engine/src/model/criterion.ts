import type { NonEmpty } from './non-empty.ts';

/** The scorecard's ten rows in its order, then its two thresholds. */
export const CRITERIA = [
  'authentication',
  'authorization',
  'secrets',
  'https',
  'mail',
  'edge',
  'rate-limits',
  'logging',
  'monitoring',
  'rollback',
  'latency',
  'resilience',
] as const;
export type Criterion = (typeof CRITERIA)[number];

/** The five harms a portal must make no easy path to. */
export const HARMS = [
  'data-exposure',
  'broken-access-control',
  'account-takeover',
  'downtime',
  'email-spoofing',
] as const;
export type Harm = (typeof HARMS)[number];

/** A part of a criterion that no check of this version looks at. While one is left, the criterion cannot pass. */
export interface OpenPart {
  /** Requirement ids, `LR-nnn`. */
  readonly requirements: NonEmpty<string>;
  readonly what: string;
  /** What the owner can do about it now, in one sentence. */
  readonly unlock: string;
}

export interface CriterionFacts {
  readonly id: Criterion;
  readonly title: string;
  readonly passWhen: string;
  readonly why: string;
  readonly breaks: string;
  /** How it is looked at, in one sentence. */
  readonly method: string;
  readonly fixPath: string;
  readonly harms: NonEmpty<Harm>;
  readonly requirements: NonEmpty<string>;
  readonly standards: NonEmpty<string>;
  /** What would make this row visible when it is not, in one sentence. */
  readonly unlock: string;
  readonly openParts: readonly OpenPart[];
}
