import { z } from 'zod';
import { SEVERITIES, STACKS } from './check.ts';
import { CRITERIA, HARMS } from './criterion.ts';
import { HostRole } from './given.ts';
import { Certificate, TLS_VERSIONS } from './observation.ts';
import { EFFECTS, STAGES } from './stage.ts';

/** Version of the record's shape. A reader of 1 reads every later 1.x: fields are only ever added. */
export const RUN_RECORD_VERSION = 1;

export const Verdict = z.enum(['pass', 'fail', 'not_verified', 'stale', 'not_applicable']);
export type Verdict = z.infer<typeof Verdict>;

export const Provenance = z.enum(['measured', 'drilled', 'attested', 'imported', 'not tested']);
export type Provenance = z.infer<typeof Provenance>;

/** How many subjects a verdict stands on. */
export const Coverage = z.object({
  expected: z.int(),
  proved: z.int(),
  failed: z.int(),
  /** Subjects without a verdict, each with the reason. */
  unproved: z.array(z.object({ subject: z.string(), because: z.string() })),
});
export type Coverage = z.infer<typeof Coverage>;

const Evidence = z.object({ observation: z.string(), pointer: z.string().optional() });

/** Age of the evidence a verdict stands on; null where there is none. */
const Age = z.object({ oldestSeenAt: z.iso.datetime().nullable(), goodUntil: z.iso.datetime().nullable() });

export const RecordedFinding = z.object({
  /** Names the finding in this run and in every later one: problem and subject. */
  id: z.string(),
  check: z.string(),
  criterion: z.enum(CRITERIA),
  problem: z.string(),
  subject: z.string(),
  severity: z.enum(SEVERITIES),
  /** "<subject> <says>". */
  says: z.string(),
  detail: z.string().nullable(),
  breaks: z.string(),
  /** Steps, in the words of the detected stack where we have them. */
  fix: z.array(z.string()),
  fixFor: z.enum(STACKS).nullable(),
  /** A text to paste into an AI coding tool. */
  prompt: z.string(),
  evidence: z.array(Evidence),
});
export type RecordedFinding = z.infer<typeof RecordedFinding>;

export const RecordedCheck = z.object({
  id: z.string(),
  criterion: z.enum(CRITERIA),
  title: z.string(),
  why: z.string(),
  verdict: Verdict,
  because: z.string().nullable(),
  provenance: Provenance,
  ...Age.shape,
  coverage: Coverage,
  evidence: z.array(Evidence),
  harms: z.array(z.enum(HARMS)),
  requirements: z.array(z.string()),
  sources: z.array(z.string()),
  standards: z.object({
    asvs: z.array(z.string()),
    top10: z.array(z.string()),
    cwe: z.array(z.int()),
    mvsp: z.array(z.string()),
  }),
  cannotSee: z.array(z.string()),
  /** What would make it visible; null when it was seen in full. */
  unlock: z.string().nullable(),
});
export type RecordedCheck = z.infer<typeof RecordedCheck>;

export const RecordedCriterion = z.object({
  id: z.enum(CRITERIA),
  title: z.string(),
  passWhen: z.string(),
  why: z.string(),
  breaks: z.string(),
  method: z.string(),
  fixPath: z.string(),
  requirements: z.array(z.string()),
  standards: z.array(z.string()),
  verdict: Verdict,
  because: z.string().nullable(),
  provenance: Provenance,
  ...Age.shape,
  coverage: Coverage,
  checks: z.array(z.string()),
  /** What would make it visible; null when it was seen in full. */
  unlock: z.string().nullable(),
});
export type RecordedCriterion = z.infer<typeof RecordedCriterion>;

export const GATES = [
  'no-active-secret',
  'no-access-bypass',
  'mail-authenticates',
  'latency-under-500-ms',
  'alert-drill-fresh',
  'rollback-drill-fresh',
] as const;

export const RecordedGate = z.object({
  id: z.enum(GATES),
  title: z.string(),
  is: z.enum(['open', 'shut', 'unknown']),
  because: z.string(),
});
export type RecordedGate = z.infer<typeof RecordedGate>;

/** One entry point and where it leads, for the redirect graph. */
export const RedirectPath = z.object({
  entry: z.string(),
  hops: z.array(z.object({ url: z.string(), status: z.int(), address: z.string().nullable() })),
  end: z.enum(['landed', 'loop', 'too-long', 'left-scope', 'unseen']),
  because: z.string().nullable(),
});

/** One host of the grid host × {80, 443, HSTS, protocol, chain, expiry}. Null: not seen. */
export const HostRow = z.object({
  host: z.string(),
  role: HostRole,
  addresses: z.array(z.string()),
  published: z.boolean().nullable(),
  port80: z.string().nullable(),
  port443: z.string().nullable(),
  hsts: z.string().nullable(),
  protocols: z.array(z.enum(TLS_VERSIONS)).nullable(),
  chain: z.string().nullable(),
  certificate: Certificate.nullable(),
  daysLeft: z.number().nullable(),
});

/** One line of what the run may send, and what it sent. */
export const SentLine = z.object({
  template: z.string(),
  says: z.string(),
  stage: z.enum(STAGES),
  effect: z.enum(EFFECTS),
  unit: z.enum(['requests', 'handshakes', 'queries']),
  ceiling: z.int(),
  sent: z.int(),
});
export type SentLine = z.infer<typeof SentLine>;

/** How a run came about: written by the collector, read by the judge. */
export const RunMeta = z.object({
  tool: z.object({ name: z.literal('launch-ready'), version: z.string() }),
  id: z.string(),
  startedAt: z.iso.datetime(),
  endedAt: z.iso.datetime(),
  provenance: z.enum(['self-run', 'agency-run', 'reviewer-witnessed']),
  vantage: z.string(),
  /** The address we sent from, as our own machine sees it; a NAT may show another to the target. */
  egress: z.string().nullable(),
  /** Stopped before its end: by the operator, by its budget, or by distress at the target. */
  cutShort: z.string().nullable(),
  stages: z.array(
    z.object({ stage: z.enum(STAGES), is: z.enum(['done', 'skipped', 'cut']), because: z.string().nullable() }),
  ),
  sent: z.array(SentLine),
  bytesReceived: z.int(),
  /** Sum of all waits for the target, ms, and the wall time, ms. */
  waitedMs: z.number(),
  wallMs: z.number(),
  left: z.array(z.string()),
});
export type RunMeta = z.infer<typeof RunMeta>;

/** Everything about one review: the only contract between engine, reports, portal and range. */
export const RunRecord = z.object({
  recordVersion: z.literal(RUN_RECORD_VERSION),
  run: RunMeta,
  judgedAt: z.iso.datetime(),
  target: z.object({
    name: z.string(),
    url: z.string(),
    environment: z.enum(['production', 'staging']),
    canonicalHost: z.string().nullable(),
    hosts: z.array(z.object({ host: z.string(), role: HostRole, addresses: z.array(z.string()) })),
    release: z.object({ value: z.string(), from: z.string() }).nullable(),
    /** The release changed while we looked. */
    releaseChanged: z.boolean(),
    stack: z.array(z.object({ stack: z.string(), from: z.string() })),
    accounts: z.array(z.object({ name: z.string(), tenant: z.string(), role: z.string() })),
  }),
  standing: z.object({ is: z.enum(['deployed', 'preview', 'rehearsal']), because: z.string() }),
  verdict: z.object({
    is: z.enum(['ready', 'not_ready', 'not_verified']),
    /** The closing sentence, bounded in its words. */
    sentence: z.string(),
    exitCode: z.union([z.literal(0), z.literal(1), z.literal(3)]),
    next: z.string(),
  }),
  gates: z.array(RecordedGate),
  harms: z.array(
    z.object({
      id: z.enum(HARMS),
      title: z.string(),
      failing: z.array(z.string()),
      notTested: z.array(z.string()),
      proved: z.array(z.string()),
    }),
  ),
  criteria: z.array(RecordedCriterion),
  checks: z.array(RecordedCheck),
  /** Worst first. */
  findings: z.array(RecordedFinding),
  /** Everything that nobody looked at, with the reason and what would let us. */
  notTested: z.array(z.object({ what: z.string(), because: z.string(), unlock: z.string() })),
  scope: z.array(
    z.object({
      check: z.string(),
      subject: z.string().nullable(),
      because: z.string(),
      signedBy: z.string(),
      expires: z.string(),
      lapsed: z.boolean(),
    }),
  ),
  pictures: z.object({ redirects: z.array(RedirectPath), hosts: z.array(HostRow) }),
  /** What was cited, by observation id: when and where it was seen, and the cited part of it. */
  observations: z.record(
    z.string(),
    z.object({
      subject: z.string(),
      kind: z.string(),
      seenAt: z.string(),
      release: z.string(),
      vantage: z.string(),
      /** What it was, in a line or a few. */
      excerpt: z.string(),
      /** The parts that evidence points at, by JSON Pointer. */
      cited: z.record(z.string(), z.string()),
    }),
  ),
  limits: z.array(z.string()),
});
export type RunRecord = z.infer<typeof RunRecord>;
