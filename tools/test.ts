// What `npm test` runs, in this order. The last line alone says how it went: `N passed, N failed`.
// What cannot run here is skipped by name; with CI=true a skip is a failure, because there everything must run.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { docsStep } from './test/docs-step.ts';
import { packageStep } from './test/package-step.ts';
import { run } from './test/run.ts';
import { type Outcome, tally } from './test/tally.ts';
import { unitStep } from './test/unit-step.ts';

const ROOT = path.join(import.meta.dirname, '..');

interface Step {
  readonly name: string;
  /** Without this file the step cannot be run, and fails. */
  readonly file: string;
  readonly run: () => Promise<Outcome> | Outcome;
}

/** Steps whose file is still being written: named, run as soon as it is there, and until then neither passed nor failed. */
const TODO: readonly string[] = [];

const STEPS: readonly Step[] = [
  { name: 'generated files', file: 'tools/gen.ts', run: () => command('tools/gen.ts', '--check') },
  { name: 'types', file: 'tsconfig.json', run: () => command('node_modules/typescript/bin/tsc', '-b') },
  {
    name: 'lint',
    file: 'biome.json',
    run: () => command('node_modules/@biomejs/biome/bin/biome', 'check', '--error-on-warnings'),
  },
  { name: 'layers', file: 'tools/check-layers.ts', run: () => command('tools/check-layers.ts') },
  { name: 'unused code', file: 'knip.json', run: () => command('node_modules/knip/bin/knip.js') },
  { name: 'unit tests', file: 'engine/src/model/check.ts', run: () => unitStep(ROOT) },
  {
    name: 'range score',
    file: 'range/score.ts',
    run: () => command('--conditions=source', 'range/score.ts', '--check'),
  },
  { name: 'start', file: 'range/start.ts', run: () => npm('start') },
  { name: 'package', file: 'engine/src/cli/main.ts', run: () => packageStep(ROOT) },
  { name: 'documents', file: 'README.md', run: () => docsStep(ROOT) },
];

/** One outcome by its exit code, or as many as its own closing line counts. */
async function command(...args: readonly string[]): Promise<Outcome> {
  const { code, output } = await run(process.execPath, args, ROOT);
  return tally(output, code);
}

/** One outcome: a script of package.json, as the README tells a reader to type it. */
async function npm(...args: readonly string[]): Promise<Outcome> {
  const { code } = await run('npm', args, ROOT);
  return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: [] };
}

const only = process.argv.slice(2);
const outcomes: Outcome[] = [];
const waiting: string[] = [];
for (const step of STEPS.filter(({ name }) => only.length === 0 || only.includes(name))) {
  const startedAt = performance.now();
  console.log(`\n== ${step.name}`);
  const there = existsSync(path.join(ROOT, step.file));
  if (!there && TODO.includes(step.name)) {
    console.log(`TODO: ${step.file} is not written yet`);
    waiting.push(step.name);
    continue;
  }
  const outcome = there ? await step.run() : { passed: 0, failed: 1, skipped: [] };
  if (!there) console.log(`${step.file} is missing`);
  for (const name of outcome.skipped) console.log(`skipped: ${name}`);
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  console.log(`-- ${step.name}: ${outcome.failed > 0 ? 'FAILED' : 'ok'}, ${seconds} s`);
  outcomes.push(outcome);
}

const sum = (count: (outcome: Outcome) => number) => outcomes.reduce((total, outcome) => total + count(outcome), 0);
const strict = process.env.CI === 'true';
const skipped = sum((outcome) => outcome.skipped.length);
const failed = sum((outcome) => outcome.failed) + (strict ? skipped : 0);
if (waiting.length > 0) console.log(`\nNot written yet, and so neither passed nor failed: ${waiting.join(', ')}`);
if (strict && skipped > 0) console.log(`\n${skipped} skipped, which counts as failed here (CI=true)`);
console.log(
  `\n${sum((outcome) => outcome.passed)} passed, ${failed} failed${!strict && skipped > 0 ? `, ${skipped} skipped` : ''}`,
);
process.exitCode = failed > 0 || outcomes.length === 0 ? 1 : 0;
