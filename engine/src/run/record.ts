import { type AnyCheck, type Evidence, type Finding, SEVERITIES, type Stack } from '../model/check.ts';
import { criteria, HARM_TITLES } from '../model/criteria.ts';
import { CRITERIA, HARMS } from '../model/criterion.ts';
import type { Given } from '../model/given.ts';
import { ofKind, type Sighting } from '../model/observation.ts';
import {
  type RecordedCheck,
  type RecordedCriterion,
  type RecordedFinding,
  RUN_RECORD_VERSION,
  type RunMeta,
  type RunRecord,
} from '../model/run-record.ts';
import { citationOf } from './citation.ts';
import { fixPrompt } from './fix-prompt.ts';
import { gatesOf } from './gates.ts';
import { bySubject, judge, REASON_WORDS, type SeenBySubject } from './judge.ts';
import { picturesOf } from './pictures.ts';
import { type CheckOutcome, type CriterionOutcome, inForce, rollUp, rollUpCriterion } from './roll-up.ts';
import { standingOf } from './standing.ts';
import { verdictOf } from './verdict.ts';

/** What every export says of itself, whatever the result. */
export const LIMITS: readonly string[] = [
  'This is checklist evidence for the rows named here. It is not a penetration test and certifies nothing.',
  'It shows what was seen at the times given, from one place, on the release named. Another release needs another run.',
  'What was not tested is listed, and counts for nothing in favour of the portal.',
  'A refusal is only counted where the same request worked for somebody who may.',
];

/** Judges a whole run. Pure: the same sightings, target facts and run facts give the same record, byte for byte. */
export function recordOf(
  checks: readonly AnyCheck[],
  sightings: readonly Sighting[],
  given: Given,
  run: RunMeta,
): RunRecord {
  const seen = bySubject(sightings);
  const outcomes = checks.map((check) => rollUp(check, judge(check, seen, given), seen, given));
  const rows = criteria.map((facts) => rollUpCriterion(facts, outcomes, given));
  const stack = stackOf(seen);
  const findings = findingsOf(
    outcomes,
    stack.map((one) => one.stack),
  );
  const gates = gatesOf(rows);
  const standing = standingOf(given, seen);
  const release = releaseOf(seen, given);
  return {
    recordVersion: RUN_RECORD_VERSION,
    run,
    judgedAt: given.judgedAt,
    target: {
      name: given.name,
      url: given.url,
      environment: given.environment,
      canonicalHost: given.canonicalHost,
      hosts: given.hosts.map(({ host, role }) => ({ host, role, addresses: addressesOf(host, seen) })),
      release: release === null ? null : { value: release.value, from: release.from },
      releaseChanged:
        new Set(ofKind('release-sign', seen.all).map(({ host, value }) => `${host} ${value}`)).size >
        new Set(ofKind('release-sign', seen.all).map(({ host }) => host)).size,
      stack,
      accounts: given.accounts,
    },
    standing,
    verdict: verdictOf({
      rows,
      gates,
      standing,
      findings,
      given,
      release: release?.value ?? null,
      unreached: unreachedBecause(seen),
      run,
    }),
    gates,
    harms: harmsOf(outcomes, rows),
    criteria: rows.map(recordedCriterion),
    checks: outcomes.map(recordedCheck),
    findings,
    notTested: notTestedOf(rows, run),
    scope: given.scope.map(({ check, subject, because, signedBy, expires, ...line }) => ({
      check,
      subject: subject ?? null,
      because,
      signedBy,
      expires,
      lapsed: !inForce({ check, because, signedBy, expires, ...line }, given.judgedAt),
    })),
    pictures: picturesOf(given, seen),
    observations: citedObservations(outcomes, seen),
    limits: [...LIMITS],
  };
}

/** Whether the portal answered at all, over HTTP or TLS; if not, the first thing that stood in the way. */
function unreachedBecause({ all }: SeenBySubject): string | null {
  if (all.some(({ kind }) => kind === 'http-exchange' || kind === 'tls-offer' || kind === 'tls-chain')) return null;
  const [first] = ofKind('obstacle', all);
  return first === undefined ? null : REASON_WORDS[first.reason];
}

const addressesOf = (host: string, seen: SeenBySubject) => [
  ...new Set(
    ofKind('dns-answer', seen.all).flatMap((one) =>
      one.host === host && (one.type === 'A' || one.type === 'AAAA') ? one.records : [],
    ),
  ),
];

function releaseOf(seen: SeenBySubject, given: Given) {
  const signs = ofKind('release-sign', seen.all);
  return signs.find(({ host }) => host === given.canonicalHost) ?? signs[0] ?? null;
}

function stackOf(seen: SeenBySubject): RunRecord['target']['stack'] {
  const signs = ofKind('stack-sign', seen.all);
  return [...new Map(signs.map(({ stack, from }) => [stack, { stack, from }])).values()];
}

const rank = (finding: RecordedFinding) =>
  SEVERITIES.indexOf(finding.severity) * CRITERIA.length + CRITERIA.indexOf(finding.criterion);

function findingsOf(outcomes: readonly CheckOutcome[], stack: readonly string[]): RecordedFinding[] {
  return outcomes
    .flatMap(({ check, findings }) =>
      merged(findings).map((finding): RecordedFinding => {
        const problem = check.problems[finding.problem];
        if (problem === undefined) throw new Error(`${check.id} found an unknown problem: ${finding.problem}`);
        // The cast holds: STACKS and the detected stacks share their names; an unknown one has no entry.
        const fixFor = (stack as readonly Stack[]).find((one) => problem.fixIn?.[one] !== undefined) ?? null;
        const fix = [...((fixFor === null ? undefined : problem.fixIn?.[fixFor]) ?? problem.fix)];
        return {
          id: `${finding.problem} at ${finding.subject}`,
          check: check.id,
          criterion: check.criterion,
          problem: finding.problem,
          subject: finding.subject,
          severity: problem.severity,
          says: `${finding.subject} ${problem.says}`,
          detail: finding.detail ?? null,
          breaks: problem.breaks,
          fix,
          fixFor,
          prompt: fixPrompt(check, problem, finding, fix, stack),
          evidence: finding.evidence.map(recordedEvidence),
        };
      }),
    )
    .sort((a, b) => rank(a) - rank(b) || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
}

/** Evidence cited for one finding at most: the rest adds nothing but length. */
const EVIDENCE_MAX = 20;

/** One cause, one finding: what several subjects witnessed of the same thing becomes one, with all their evidence. */
function merged(findings: readonly Finding[]): readonly Finding[] {
  return [...Map.groupBy(findings, ({ problem, subject }) => `${problem} at ${subject}`).values()].flatMap((same) => {
    const [first, ...more] = same;
    if (first === undefined || more.length === 0) return same;
    const [cited, ...others] = first.evidence;
    const evidence = [...others, ...more.flatMap((one) => one.evidence)].slice(0, EVIDENCE_MAX - 1);
    const detail = `${first.detail ?? ''}${first.detail === undefined ? '' : '; '}and ${more.length} more like it`;
    return [{ ...first, detail, evidence: [cited, ...evidence] }];
  });
}

const recordedEvidence = ({ observation, pointer }: Evidence) =>
  pointer === undefined ? { observation } : { observation, pointer };

function recordedCheck(outcome: CheckOutcome): RecordedCheck {
  const { check, verdict, because, coverage, evidence, oldestSeenAt, goodUntil } = outcome;
  return {
    id: check.id,
    criterion: check.criterion,
    title: check.title,
    why: check.why,
    verdict,
    because,
    provenance: verdict === 'pass' || verdict === 'fail' || verdict === 'stale' ? 'measured' : 'not tested',
    oldestSeenAt,
    goodUntil,
    coverage,
    evidence: evidence.map(recordedEvidence),
    harms: [...check.harms],
    requirements: [...check.requirements],
    sources: [...check.sources],
    standards: {
      asvs: [...check.standards.asvs],
      top10: [...check.standards.top10],
      cwe: [...check.standards.cwe],
      mvsp: [...check.standards.mvsp],
    },
    cannotSee: [...check.cannotSee],
    unlock: verdict === 'not_verified' ? (check.unlock ?? null) : null,
  };
}

function recordedCriterion({
  facts,
  verdict,
  because,
  outcomes,
  coverage,
  ...row
}: CriterionOutcome): RecordedCriterion {
  return {
    id: facts.id,
    title: facts.title,
    passWhen: facts.passWhen,
    why: facts.why,
    breaks: facts.breaks,
    method: facts.method,
    fixPath: facts.fixPath,
    requirements: [...facts.requirements],
    standards: [...facts.standards],
    verdict,
    because,
    provenance: coverage.proved + coverage.failed > 0 ? 'measured' : 'not tested',
    oldestSeenAt: row.oldestSeenAt,
    goodUntil: row.goodUntil,
    coverage,
    checks: outcomes.map(({ check }) => check.id),
    unlock: row.unlock,
  };
}

function harmsOf(outcomes: readonly CheckOutcome[], rows: readonly CriterionOutcome[]): RunRecord['harms'] {
  return HARMS.map((id) => {
    const against = outcomes.filter(({ check }) => check.harms.includes(id));
    const titles = (verdict: CheckOutcome['verdict']) =>
      against.filter((one) => one.verdict === verdict).map(({ check }) => check.title);
    const open = rows
      .filter(({ facts }) => facts.harms.includes(id))
      .flatMap(({ facts }) => facts.openParts.map(({ what }) => what));
    return {
      id,
      title: HARM_TITLES[id],
      failing: titles('fail'),
      notTested: [...titles('not_verified'), ...titles('stale'), ...open],
      proved: titles('pass'),
    };
  });
}

function notTestedOf(rows: readonly CriterionOutcome[], run: RunMeta): RunRecord['notTested'] {
  const cut =
    run.cutShort === null ? [] : [{ what: 'the rest of the run', because: run.cutShort, unlock: 'Run it again.' }];
  const parts = rows.flatMap(({ facts, outcomes, coverage }) => [
    ...outcomes.flatMap(({ check, verdict, because }) =>
      verdict === 'not_verified' || verdict === 'stale' || verdict === 'not_applicable'
        ? [{ what: check.title, because: because ?? verdict, unlock: check.unlock ?? facts.unlock }]
        : [],
    ),
    ...facts.openParts.flatMap(({ what, unlock }) =>
      coverage.unproved.some(({ subject }) => subject === what)
        ? [{ what: `${facts.title}: ${what}`, because: 'no check of this version looks at it', unlock }]
        : [],
    ),
  ]);
  return [...cut, ...parts];
}

function citedObservations(outcomes: readonly CheckOutcome[], seen: SeenBySubject): RunRecord['observations'] {
  const cited = Map.groupBy(
    outcomes.flatMap(({ evidence, findings }) => [...evidence, ...findings.flatMap((finding) => finding.evidence)]),
    ({ observation }) => observation,
  );
  return Object.fromEntries(
    seen.all.flatMap((one) => {
      const evidence = cited.get(one.id);
      if (evidence === undefined || one.kind === 'obstacle') return [];
      const { subject, kind, seenAt, release, vantage } = one;
      return [[one.id, { subject, kind, seenAt, release, vantage, ...citationOf(one, evidence) }]];
    }),
  );
}
