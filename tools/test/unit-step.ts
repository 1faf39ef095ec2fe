import { globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { run } from './run.ts';
import type { Outcome } from './tally.ts';

/** Folders whose tests touch nothing outside themselves, so that one process can hold them all: ten times faster. */
const PURE = /^engine\/src\/(?:model|parsers|extractors|oracle|checks|report)\//;

/** One test, or one file of tests, at most: a hanging server must not hang the whole run. */
const TEST_MS_MAX = 300_000;

/** Every test of the workspace, by node:test. Its TAP report is counted, its dots and failures are shown. */
export async function unitStep(root: string): Promise<Outcome> {
  const files = globSync('{engine/src,range,tools}/**/*.test.ts', { cwd: root })
    .filter((file) => !/node_modules|\.tsbuild|\/dist\//.test(file))
    .sort();
  const pure = files.filter((file) => PURE.test(file));
  const rest = files.filter((file) => !PURE.test(file));
  console.log(`${pure.length} files in one process, ${rest.length} in one each`);
  const outcomes = [
    await runTests(root, pure, '--test-isolation=none'),
    await runTests(root, rest, '--test-isolation=process'),
  ];
  return {
    passed: outcomes.reduce((sum, { passed }) => sum + passed, 0),
    failed: outcomes.reduce((sum, { failed }) => sum + failed, 0),
    skipped: outcomes.flatMap(({ skipped }) => skipped),
  };
}

async function runTests(root: string, files: readonly string[], isolation: string): Promise<Outcome> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'launch-ready-test-'));
  const report = path.join(folder, 'report.tap');
  try {
    const { code } = await run(
      process.execPath,
      [
        '--conditions=source',
        '--test',
        isolation,
        `--test-timeout=${TEST_MS_MAX}`,
        '--test-reporter=dot',
        '--test-reporter-destination=stdout',
        '--test-reporter=tap',
        `--test-reporter-destination=${report}`,
        ...files,
      ],
      root,
    );
    return outcomeOf(readFileSync(report, 'utf8'), code);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Counts a TAP report of node:test by its closing comments. A run that ends badly, or in which nothing passed, has failed. */
export function outcomeOf(tap: string, code: number): Outcome {
  const count = (what: string) => Number(new RegExp(`^# ${what} (\\d+)$`, 'm').exec(tap)?.[1] ?? 0);
  const skipped = [...tap.matchAll(/^\s*ok \d+ - (.*?) # (SKIP|TODO)(.*)$/gm)].map(
    ([, name, , because]) => `${name}:${because === '' ? ' no reason given' : because}`,
  );
  const failed = count('fail') + count('cancelled');
  const passed = count('pass');
  return { passed, failed: Math.max(failed, code !== 0 || passed === 0 ? 1 : 0), skipped };
}
