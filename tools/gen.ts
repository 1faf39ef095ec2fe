// Writes what is generated: the registry of checks, their pages, the coverage of the requirements, the published schemas.
// `--check` writes nothing and fails, naming the file, where something has drifted.
import { spawnSync } from 'node:child_process';
import { existsSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { INPUT_ERROR_CODES } from '../engine/src/model/errors.ts';
import { targetFileSchema } from '../engine/src/model/target.ts';
import { runRecordSchema } from '../engine/src/report/json-schema.ts';
import { checkPage, checksOverview } from './gen/check-pages.ts';
import { checksIndex } from './gen/checks-index.ts';
import { coveragePage } from './gen/coverage.ts';
import { withLayers } from './gen/layers-table.ts';
import { readTree, type Tree } from './gen/tree.ts';

const ROOT = path.join(import.meta.dirname, '..');

const SCHEMAS = {
  'engine/schema/run-record-1.schema.json': runRecordSchema,
  'engine/schema/target-file-1.schema.json': targetFileSchema,
} as const;

/** Folders in which every file is generated, so that a file of a check that is gone goes too. */
const WHOLLY_GENERATED = ['docs/checks/*.md', 'engine/schema/*.json'];

interface Generated {
  readonly file: string;
  readonly text: string;
}

interface Outcome {
  readonly files: readonly Generated[];
  readonly problems: readonly string[];
}

async function generate(): Promise<Outcome> {
  const tree = await readTree(ROOT);
  const schemas = Object.entries(SCHEMAS).map(([file, schema]) => ({
    file,
    text: formatted(file, `${JSON.stringify(schema(), null, 2)}\n`),
  }));
  return { files: [...pagesOf(tree), ...schemas], problems: [...tree.problems, ...errorPageProblems()] };
}

const pagesOf = (tree: Tree): readonly Generated[] => [
  { file: 'engine/src/checks/index.ts', text: formatted('engine/src/checks/index.ts', checksIndex(tree.checks)) },
  ...tree.checks.map((entry) => ({
    file: `docs/checks/${entry.check.id}.md`,
    text: checkPage(entry, tree.requirements),
  })),
  { file: 'docs/checks/README.md', text: checksOverview(tree.checks) },
  { file: 'docs/coverage.md', text: coveragePage(tree) },
  { file: 'ARCHITECTURE.md', text: withLayers(readFileSync(path.join(ROOT, 'ARCHITECTURE.md'), 'utf8')) },
];

/** What the linter would make of it, so that a generated file never differs from its formatted self. */
function formatted(file: string, text: string): string {
  const biome = spawnSync('biome', ['check', '--write', `--stdin-file-path=${file}`], {
    cwd: ROOT,
    input: text,
    encoding: 'utf8',
    env: {
      ...process.env,
      PATH: `${path.join(ROOT, 'node_modules/.bin')}${path.delimiter}${process.env.PATH ?? ''}`,
    },
  });
  if (biome.status !== 0 || biome.stdout === '') throw new Error(`biome could not format ${file}: ${biome.stderr}`);
  return biome.stdout;
}

/** Pages of errors are written by hand; every code has one, and no page is left over. */
function errorPageProblems(): string[] {
  const pages = globSync('docs/errors/*.md', { cwd: ROOT })
    .map((file) => path.basename(file, '.md'))
    .filter((name) => name !== 'README');
  const codes: readonly string[] = INPUT_ERROR_CODES;
  return [
    ...codes.filter((code) => !pages.includes(code)).map((code) => `docs/errors/${code}.md is missing`),
    ...pages
      .filter((name) => !codes.includes(name))
      .map((name) => `docs/errors/${name}.md is about no code of engine/src/model/errors.ts`),
  ];
}

const { files, problems } = await generate();
const leftOver = WHOLLY_GENERATED.flatMap((pattern) => globSync(pattern, { cwd: ROOT })).filter(
  (file) => !files.some((one) => one.file === file),
);
const drifted = files.filter(({ file, text }) => {
  const target = path.join(ROOT, file);
  return !existsSync(target) || readFileSync(target, 'utf8') !== text;
});

for (const problem of problems) console.error(problem);
if (process.argv.includes('--check')) {
  for (const { file } of drifted) console.error(`${file} has drifted: run \`npm run gen\``);
  for (const file of leftOver) console.error(`${file} is left over: run \`npm run gen\``);
  if (problems.length + drifted.length + leftOver.length > 0) process.exitCode = 1;
  else console.log(`${files.length} generated files are up to date`);
} else {
  for (const { file, text } of drifted) {
    mkdirSync(path.join(ROOT, path.dirname(file)), { recursive: true });
    writeFileSync(path.join(ROOT, file), text);
    console.log(`wrote ${file}`);
  }
  for (const file of leftOver) {
    rmSync(path.join(ROOT, file));
    console.log(`removed ${file}`);
  }
  if (problems.length > 0) process.exitCode = 1;
  else console.log(`${files.length} generated files, ${drifted.length} written`);
}
