// Runs every fault, decoy and obstacle through the CLI and says how much it catches and how often it cries wolf.
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { Cases, Decoy, Expected, Fault } from './define-cases.ts';
import { type Obstructed, obstructed } from './obstacles.ts';
import { rangePage } from './range-page.ts';
import { type ReadRecord, type Reviewed, reviewPortal, SHORT_SECONDS } from './review-portal.ts';

const PAGE = path.join(import.meta.dirname, '..', 'docs', 'range.md');

/** What one case showed. */
export interface Outcome {
  readonly kind: 'fault' | 'decoy' | 'obstacle' | 'sound';
  readonly check: string;
  readonly name: string;
  readonly record: ReadRecord | null;
  /** Expected and not found. */
  readonly missed: readonly string[];
  /** Found and not expected. */
  readonly falseAlarms: readonly string[];
  /** Passed without having seen, or in spite of a fault. */
  readonly falsePasses: readonly string[];
  /** The run itself went wrong. */
  readonly broken: string | null;
}

export interface Score {
  readonly problems: number;
  readonly faults: number;
  readonly caught: number;
  readonly decoys: number;
  readonly obstacles: number;
  readonly falseAlarms: number;
  readonly falsePasses: number;
  readonly broken: number;
  /** Checks whose absence nobody would notice: none may be left. */
  readonly unguarded: readonly string[];
}

const matches = (pattern: string, text: string) =>
  pattern.endsWith('*') ? text.startsWith(pattern.slice(0, -1)) : text === pattern;
const covers = (expected: Expected, found: { readonly problem: string; readonly subject: string }) =>
  expected.problem === found.problem && matches(expected.subject, found.subject);
const shown = ({ problem, subject }: { readonly problem: string; readonly subject: string }) =>
  `${problem} at ${subject}`;

const provedSubjects = ({ checks, observations }: ReadRecord) =>
  checks.flatMap(({ id, evidence }) =>
    evidence.map(({ observation }) => ({ check: id, subject: observations[observation]?.subject ?? observation })),
  );

function faultOutcome(check: string, { name, finds }: Fault, { record }: Reviewed): Outcome {
  const missed = finds.filter((expected) => !record.findings.some((found) => covers(expected, found)));
  const passed = record.checks.some(({ id, verdict }) => id === check && verdict === 'pass');
  return {
    kind: 'fault',
    check,
    name,
    record,
    missed: missed.map(shown),
    falseAlarms: record.findings.filter((found) => !finds.some((expected) => covers(expected, found))).map(shown),
    falsePasses: missed.length > 0 && passed ? [check] : [],
    broken: null,
  };
}

function decoyOutcome(check: string, { name, notVerified }: Decoy, { record }: Reviewed): Outcome {
  const own = record.checks.find(({ id }) => id === check);
  return {
    kind: 'decoy',
    check,
    name,
    record,
    missed: own === undefined ? [`no check ${check}`] : [],
    falseAlarms: record.findings.map(shown),
    falsePasses: notVerified && own?.verdict === 'pass' ? [check] : [],
    broken: null,
  };
}

function obstacleOutcome({ name, blinds }: Obstructed, { record }: Reviewed): Outcome {
  const blinded = (subject: string) => blinds.some((pattern) => matches(pattern, subject));
  const met = record.checks.some(({ coverage }) => coverage.unproved.some(({ subject }) => blinded(subject)));
  const isName = blinds.every((pattern) => pattern.startsWith('name '));
  return {
    kind: 'obstacle',
    check: '',
    name,
    record,
    missed: met || isName ? [] : [`nothing was blinded by ${name}`],
    falseAlarms: record.findings.map(shown),
    falsePasses: provedSubjects(record)
      .filter(({ subject }) => blinded(subject))
      .map(({ check, subject }) => `${check} on ${subject}`),
    broken: null,
  };
}

/** The sound portal: no finding, and with two accounts every check has something to pass on. */
function soundOutcome(signedIn: boolean, { record, state, stateBefore }: Reviewed): Outcome {
  const waiting = record.checks.filter(({ verdict }) => verdict !== 'pass');
  const left = signedIn ? record.run.left : [];
  const changed =
    JSON.stringify(state.records) === JSON.stringify(stateBefore.records) ? [] : ['the portal is not as it was'];
  return {
    kind: 'sound',
    check: '',
    name: signedIn ? 'sound, two accounts' : 'sound, address alone',
    record,
    missed: [
      ...(signedIn ? waiting.map(({ id, because }) => `${id} does not pass: ${because}`) : []),
      ...left,
      ...changed,
    ],
    falseAlarms: record.findings.map(shown),
    falsePasses: [],
    broken: null,
  };
}

interface Task {
  readonly kind: Outcome['kind'];
  readonly check: string;
  readonly name: string;
  readonly run: () => Promise<Outcome>;
}

const optionsOf = ({ signedIn, change }: Pick<Fault, 'signedIn' | 'change'>) => {
  const isSilent = JSON.stringify(change).match(/"(?:hang|drip|no-answer)"/) !== null;
  return { signedIn: signedIn ?? false, ...(isSilent ? { timeoutSeconds: SHORT_SECONDS } : {}) };
};

async function loadCases(): Promise<Cases[]> {
  const files = globSync(path.join(import.meta.dirname, 'cases', '*.ts')).sort();
  return Promise.all(files.map(async (file) => ((await import(file)) as { readonly default: Cases }).default));
}

function tasksOf(cases: readonly Cases[]): Task[] {
  const sound = [false, true].map(
    (signedIn): Task => ({
      kind: 'sound',
      check: '',
      name: signedIn ? 'sound, two accounts' : 'sound, address alone',
      run: async () => soundOutcome(signedIn, await reviewPortal({}, { signedIn })),
    }),
  );
  const planted = cases.flatMap(({ check, faults, decoys }): Task[] => [
    ...faults.map(
      (fault): Task => ({
        kind: 'fault',
        check,
        name: fault.name,
        run: async () => faultOutcome(check, fault, await reviewPortal(fault.change, optionsOf(fault))),
      }),
    ),
    ...decoys.map(
      (decoy): Task => ({
        kind: 'decoy',
        check,
        name: decoy.name,
        run: async () => decoyOutcome(check, decoy, await reviewPortal(decoy.change, optionsOf(decoy))),
      }),
    ),
  ]);
  const inTheWay = obstructed.map(
    (one): Task => ({
      kind: 'obstacle',
      check: '',
      name: one.name,
      run: async () => obstacleOutcome(one, await reviewPortal(one.change, optionsOf(one))),
    }),
  );
  return [...sound, ...planted, ...inTheWay];
}

async function runAll(tasks: readonly Task[], jobs: number, say: (outcome: Outcome) => void): Promise<Outcome[]> {
  const outcomes = new Array<Outcome>(tasks.length);
  const rest = tasks.entries();
  const worker = async () => {
    for (const [index, { kind, check, name, run }] of rest) {
      const outcome = await run().catch(
        (cause: unknown): Outcome => ({
          kind,
          check,
          name,
          record: null,
          missed: [],
          falseAlarms: [],
          falsePasses: [],
          broken: cause instanceof Error ? cause.message : String(cause),
        }),
      );
      outcomes[index] = outcome;
      say(outcome);
    }
  };
  await Promise.all(Array.from({ length: jobs }, worker));
  return outcomes;
}

/** Checks whose findings no fault needs: without them the range would stay green. */
function unguarded(cases: readonly Cases[], outcomes: readonly Outcome[]): string[] {
  const known = outcomes.find(({ record }) => record !== null)?.record?.checks ?? [];
  return known
    .map(({ id }) => id)
    .filter((id) => {
      const faults = cases.find(({ check }) => check === id)?.faults ?? [];
      return !faults.some(({ name, finds }) => {
        const record = outcomes.find((one) => one.kind === 'fault' && one.check === id && one.name === name)?.record;
        const without = record?.findings.filter(({ check }) => check !== id) ?? [];
        return record !== null && finds.some((expected) => !without.some((found) => covers(expected, found)));
      });
    });
}

export const isGood = ({ missed, falseAlarms, falsePasses, broken }: Outcome) =>
  missed.length + falseAlarms.length + falsePasses.length === 0 && broken === null;

function scoreOf(cases: readonly Cases[], outcomes: readonly Outcome[], whole: boolean): Score {
  const of = (kind: Outcome['kind']) => outcomes.filter((one) => one.kind === kind);
  const sum = (list: (one: Outcome) => number) => outcomes.reduce((total, one) => total + list(one), 0);
  return {
    problems: new Set(cases.flatMap(({ faults }) => faults.flatMap(({ finds }) => finds.map(({ problem }) => problem))))
      .size,
    faults: of('fault').length,
    caught: of('fault').filter(({ missed, broken }) => missed.length === 0 && broken === null).length,
    decoys: of('decoy').length,
    obstacles: of('obstacle').length,
    falseAlarms: sum(({ falseAlarms }) => falseAlarms.length),
    falsePasses: sum(({ falsePasses }) => falsePasses.length),
    broken: sum(({ broken, kind, missed }) => (broken !== null || (kind !== 'fault' && missed.length > 0) ? 1 : 0)),
    unguarded: whole ? unguarded(cases, outcomes) : [],
  };
}

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    check: { type: 'boolean', default: false },
    only: { type: 'string' },
    jobs: { type: 'string', default: String(Math.max(2, os.availableParallelism())) },
    help: { type: 'boolean', default: false },
  },
});
if (values.help) {
  console.log(`npm run range -- [--json] [--check] [--only <text>] [--jobs <n>]

Runs every fault, decoy and obstacle through the CLI and writes docs/range.md.
  --json    one object with problems, faults, caught, decoys, falseAlarms, falsePasses
  --check   fail when docs/range.md is not what this run would write
  --only    only cases whose check or name holds this text; writes nothing`);
  process.exit(0);
}

const cases = await loadCases();
const tasks = tasksOf(cases).filter(
  ({ check, name, kind }) => values.only === undefined || `${kind} ${check} ${name}`.includes(values.only),
);
const began = performance.now();
const outcomes = await runAll(tasks, Number(values.jobs), (outcome) => {
  if (values.json) return;
  const { kind, check, name, missed, falseAlarms, falsePasses, broken } = outcome;
  console.log(`${isGood(outcome) ? 'ok ' : 'BAD'} ${kind.padEnd(8)} ${check} ${name}`.replace(/ +$/, ''));
  for (const one of missed) console.log(`      missed: ${one}`);
  for (const one of falseAlarms.slice(0, 12)) console.log(`      false alarm: ${one}`);
  for (const one of falsePasses.slice(0, 12)) console.log(`      false pass: ${one}`);
  if (broken !== null) console.log(`      broken: ${broken}`);
});
const score = scoreOf(cases, outcomes, values.only === undefined);
const good = outcomes.every(isGood) && score.unguarded.length === 0 && score.faults > 0;
let drifted = false;
if (values.only === undefined && good) {
  const page = rangePage(cases, outcomes, score);
  drifted = values.check && readFileSync(PAGE, { encoding: 'utf8', flag: 'a+' }) !== page;
  if (!values.check) writeFileSync(PAGE, page);
}
if (values.json) console.log(JSON.stringify(score));
else {
  for (const check of score.unguarded) console.log(`unguarded: ${check}: without it the range stays green`);
  if (drifted) console.log('docs/range.md is not what this run would write: npm run range');
  const bad = outcomes.filter((one) => !isGood(one)).length + score.unguarded.length + (drifted ? 1 : 0);
  console.log(
    `\n${score.problems} problems; ${score.caught} of ${score.faults} faults caught; ${score.decoys} decoys, ${score.obstacles} obstacles; ${score.falseAlarms} false alarms, ${score.falsePasses} false passes (${((performance.now() - began) / 1000).toFixed(0)} s)`,
  );
  console.log(`${outcomes.length - outcomes.filter((one) => !isGood(one)).length} passed, ${bad} failed`);
}
process.exitCode = good && !drifted ? 0 : 1;
