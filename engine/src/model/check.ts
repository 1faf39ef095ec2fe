import type { Criterion, Harm } from './criterion.ts';
import type { Given } from './given.ts';
import type { NonEmpty } from './non-empty.ts';
import type { Observation, ObservationKind, ObservationOf, Sighting } from './observation.ts';

export const SEVERITIES = ['critical', 'high', 'medium', 'low'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** Points at what was seen: the observation, and where in it to look (JSON Pointer, RFC 6901). */
export interface Evidence {
  readonly observation: string;
  readonly pointer?: string;
}

export interface Finding<P extends string = string> {
  readonly problem: P;
  /** What exactly is wrong, named so that two runs name it alike (a cookie, a route, a host). */
  readonly subject: string;
  /** What was found there, in a few words with the decisive value; redacted already. */
  readonly detail?: string;
  readonly evidence: NonEmpty<Evidence>;
}

/** All a check can say of one subject. What follows from age or scope is the roll-up's to say. */
export type Judgement<P extends string = string> =
  | { readonly verdict: 'pass'; readonly evidence: NonEmpty<Evidence> }
  | { readonly verdict: 'fail'; readonly findings: NonEmpty<Finding<P>> }
  | { readonly verdict: 'not_verified'; readonly because: string };

/** The stacks we can word a fix for. What is in front of a portal, and what it is made with. */
export const STACKS = [
  'nginx',
  'apache',
  'caddy',
  'cloudflare',
  'vercel',
  'netlify',
  'fly',
  'cloudfront',
  'next',
  'vite',
  'express',
  'fastify',
  'django',
  'rails',
  'laravel',
  'supabase',
  'firebase',
] as const;
export type Stack = (typeof STACKS)[number];

export interface Problem {
  readonly severity: Severity;
  /** Completes the sentence "<subject> …". */
  readonly says: string;
  /** What an attacker or an accident makes of it, one sentence. */
  readonly breaks: string;
  readonly fix: NonEmpty<string>;
  /** The same fix in the words of one stack: exact lines to write. */
  readonly fixIn?: Readonly<Partial<Record<Stack, NonEmpty<string>>>>;
}

/** Ids of public standards a check stands on; versions are pinned in model/standards.ts. */
export interface Standards {
  /** OWASP ASVS 5.0.0, `3.4.1`. */
  readonly asvs: readonly string[];
  /** OWASP Top 10:2025, `A02`. */
  readonly top10: readonly string[];
  readonly cwe: readonly number[];
  /** MVSP v3.0, `2.2`. */
  readonly mvsp: readonly string[];
}

/** The observations of one subject that a check asked for: each kind present, none empty. */
export type Seen<K extends ObservationKind> = { readonly [kind in K]: NonEmpty<ObservationOf<kind>> };

export interface Check<K extends ObservationKind = ObservationKind, P extends string = string> {
  readonly id: string;
  readonly criterion: Criterion;
  readonly title: string;
  /** Why it matters, for a founder without a glossary: one or two sentences. */
  readonly why: string;
  readonly harms: NonEmpty<Harm>;
  /** The rows of requirements.md that it helps to deliver: `LR-014`. */
  readonly requirements: NonEmpty<string>;
  /** Where the rule stands: RFC, ASVS 5.0 id, vendor document. */
  readonly sources: NonEmpty<string>;
  readonly standards: Standards;
  readonly cannotSee: readonly string[];
  readonly needs: NonEmpty<K>;
  /** How long a sighting proves anything. */
  readonly evidenceLivesDays: number;
  readonly problems: Readonly<Record<P, Problem>>;
  /** What would let it see, when it sees nothing: one sentence, said in a report that has nothing to judge. */
  readonly unlock?: string;
  /** Everything that must have been seen for a pass, whether or not it was. */
  readonly subjects: (given: Given, seen: readonly Sighting[]) => readonly string[];
  /** Judges one subject on what was seen of it. */
  readonly judge: (seen: Seen<K>, given: Given) => Judgement<NoInfer<P>>;
}

/** A check with its type parameters forgotten, as the registry and the engine hold it. */
export interface AnyCheck extends Omit<Check, 'judge'> {
  readonly judge: (seen: never, given: Given) => Judgement;
}

export function defineCheck<const K extends ObservationKind, const P extends string>(check: Check<K, P>): Check<K, P> {
  return check;
}

/** No evidence, no pass: the type asks for at least one observation. */
export function pass(seen: NonEmpty<Observation>): Judgement<never> {
  return { verdict: 'pass', evidence: evidenceOf(seen) };
}

export function fail<P extends string>(findings: NonEmpty<Finding<P>>): Judgement<P> {
  return { verdict: 'fail', findings };
}

export function notVerified(because: string): Judgement<never> {
  return { verdict: 'not_verified', because };
}

export function evidenceOf([first, ...rest]: NonEmpty<Observation>): NonEmpty<Evidence> {
  return [{ observation: first.id }, ...rest.map(({ id }) => ({ observation: id }))];
}
