// What a review costs: time, memory, and the processor time of `--help`. The range's portal is what it meets.
import { execFile } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import type { BenchRow } from './tls.ts';

const run = promisify(execFile);
const ROOT = path.join(import.meta.dirname, '..', '..');
const MEASURE = path.join(ROOT, 'range', 'hostile', 'measured-review.ts');

/** Time to the first byte of a portal on the same continent, ms. */
const LATENCY_MS = 40;
/** The default of ten requests a second is politeness, which this row is not about; places per host stay as they are. */
const FAST = { requestsPerSecond: 1_000 };
/** Places per host by default: what a review may wait for at the same time. Source: engine/src/model/target.ts. */
const PLACES = 6;
/** Wall time over the time spent waiting for the target. Ours. */
const WALL_RATIO_AIM = 1.3;
/** What one review may take, MB. Ours: it has to run beside a build on a small CI machine. */
const MEMORY_MB_MAX = 250;
/** Processor time of `--help`, ms. Ours: below what a person notices. */
const HELP_MS_MAX = 150;
const HELP_RUNS = 10;
const REVIEW_RUNS = 3;

const Review = z.object({
  waitedMs: z.number(),
  wallMs: z.number(),
  memoryBytes: z.number(),
  cpuMs: z.number(),
  requests: z.number(),
});
const Launch = z.object({ exitCode: z.literal(0), cpuMs: z.number() });

async function measured<T>(schema: z.ZodType<T>, ...args: readonly string[]): Promise<T> {
  const { stdout } = await run(process.execPath, ['--conditions=source', MEASURE, ...args], { timeout: 300_000 });
  return schema.parse(JSON.parse(stdout));
}

const medianOf = (values: readonly number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
const rowOf = (name: string, ours: number, peer: number, unit: string, aim: number): BenchRow => ({
  name,
  ours,
  peer,
  ratio: ours / peer,
  unit,
  aim,
});

async function times<T>(count: number, work: () => Promise<T>): Promise<T[]> {
  const done: T[] = [];
  while (done.length < count) done.push(await work());
  return done;
}

/** Answers that are larger than anything a portal sends: 200 MB, and a bomb of 4 GiB; everywhere, and where most is read. */
const HOSTILE = ['huge-body', 'gzip-bomb'].flatMap((behaviour) =>
  ['*', '/assets/*'].map((place) => [{ path: place, behaviour }]),
);

export async function benchReview(): Promise<readonly BenchRow[]> {
  const review = (switches: object) => measured(Review, '--review', JSON.stringify({ switches, pacing: FAST }));
  const far = await times(REVIEW_RUNS, () => review({ delaysMs: { '*': LATENCY_MS } }));
  const [one] = far.toSorted((a, b) => a.wallMs / a.waitedMs - b.wallMs / b.waitedMs).slice(Math.floor(far.length / 2));
  const near = await times(REVIEW_RUNS, () => review({}));
  const hostile: z.infer<typeof Review>[] = [];
  for (const rules of HOSTILE) hostile.push(await review({ hostile: rules }));
  if (one === undefined) throw new Error('nothing was measured');
  const megabytes = (reviews: readonly z.infer<typeof Review>[]) =>
    Math.max(...reviews.map(({ memoryBytes }) => memoryBytes)) / 1e6;
  return [
    rowOf(
      `outside review, ${one.requests} requests at ${LATENCY_MS} ms, against its own waits`,
      one.wallMs,
      one.waitedMs,
      'ms',
      WALL_RATIO_AIM,
    ),
    rowOf(
      'the same, with as many waits at a time as one host has places',
      one.wallMs,
      one.waitedMs / PLACES,
      'ms',
      WALL_RATIO_AIM,
    ),
    rowOf('most memory of an outside review', megabytes([...far, ...near]), MEMORY_MB_MAX, 'MB', 1),
    rowOf('most memory with 200 MB answers and bombs', megabytes(hostile), MEMORY_MB_MAX, 'MB', 1),
  ];
}

/** Of the sources as they are, and of the bundle where one is built. */
export async function benchHelp(): Promise<readonly BenchRow[]> {
  const rows = [await helpRow('--help, from the sources', path.join(ROOT, 'engine', 'bin', 'launch-ready.js'))];
  const dist = path.join(ROOT, 'engine', 'dist');
  if (!existsSync(path.join(dist, 'cli', 'main.js'))) return rows;
  // Apart from the sources, which the launcher would prefer.
  const folder = mkdtempSync(path.join(tmpdir(), 'bench-bundle-'));
  try {
    for (const part of ['bin', 'dist', 'package.json'])
      cpSync(path.join(ROOT, 'engine', part), path.join(folder, part), { recursive: true });
    return [...rows, await helpRow('--help, from the bundle', path.join(folder, 'bin', 'launch-ready.js'))];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function helpRow(name: string, launcher: string): Promise<BenchRow> {
  const help = () => measured(Launch, '--command', launcher, '--help');
  await help(); // fills the compile cache, as the first use on a machine does
  const runs = await times(HELP_RUNS, help);
  return rowOf(`processor time of ${name}`, medianOf(runs.map(({ cpuMs }) => cpuMs)), HELP_MS_MAX, 'ms', 1);
}
