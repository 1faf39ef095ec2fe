// What gen reads: checks, their cases in the range, commands, tests and requirements, each from its one place.
import { existsSync, globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import type { AnyCheck } from '../../engine/src/model/check.ts';
import { criteria } from '../../engine/src/model/criteria.ts';
import { CRITERIA, HARMS } from '../../engine/src/model/criterion.ts';

const RequirementId = z.string().regex(/^LR-\d{3}$/);

const Requirement = z.strictObject({
  id: RequirementId,
  title: z.string().refine((title) => title.split(' ').length <= 12, 'more than 12 words'),
  /** What of it nobody delivers yet, although something helps with it. Taken away when it is done. */
  open: z.string().optional(),
});
export type Requirement = z.infer<typeof Requirement>;

/** The part of range/cases/<check>.ts that is told in the docs. How a case changes the portal is the range's own. */
const Cases = z.looseObject({
  check: z.string(),
  faults: z.array(
    z.looseObject({
      name: z.string(),
      finds: z.array(z.looseObject({ problem: z.string(), subject: z.string() })),
    }),
  ),
  decoys: z.array(z.looseObject({ name: z.string() })),
});
export type Cases = z.infer<typeof Cases>;

export interface CheckEntry {
  /** `engine/src/checks/https/hsts/check.ts`, from the root. */
  readonly file: string;
  readonly check: AnyCheck;
  /** Null while the range has no file for it. */
  readonly cases: Cases | null;
}

/** A place that says of itself which requirements it delivers. */
export interface Claim {
  readonly file: string;
  readonly requirements: readonly string[];
}

export interface Command extends Claim {
  readonly name: string;
  readonly tested: boolean;
}

export interface Tree {
  readonly requirements: readonly Requirement[];
  readonly checks: readonly CheckEntry[];
  readonly commands: readonly Command[];
  readonly tests: readonly Claim[];
  /** What is wrong with the tree itself, a line each. */
  readonly problems: readonly string[];
}

export async function readTree(root: string): Promise<Tree> {
  const glob = (pattern: string) => globSync(pattern, { cwd: root }).filter(isOurs).sort();
  const unreadable: string[] = [];
  /** One file that cannot be read, say of a check that is being written, does not hide the others. */
  const load = async <T>(file: string, as: z.ZodType<T>): Promise<T | null> => {
    try {
      return as.parse(await import(path.join(root, file)));
    } catch (cause) {
      unreadable.push(`${file}: ${cause instanceof z.ZodError ? z.prettifyError(cause) : String(cause)}`);
      return null;
    }
  };

  const requirements = z
    .array(Requirement)
    .parse(JSON.parse(readFileSync(path.join(root, 'docs/requirements.json'), 'utf8')));
  const checks: CheckEntry[] = [];
  for (const file of glob('engine/src/checks/*/*/check.ts')) {
    const check = (await load(file, CheckModule))?.default;
    if (check === undefined) continue;
    const cases = `range/cases/${check.id}.ts`;
    const planted = existsSync(path.join(root, cases)) ? await load(cases, CasesModule) : null;
    checks.push({ file, check, cases: planted?.default ?? null });
  }
  const commands: Command[] = [];
  for (const file of glob('engine/src/cli/commands/*.ts').filter((one) => !one.endsWith('.test.ts'))) {
    const command = await load(file, CommandModule);
    if (command === null) continue;
    const tested = existsSync(path.join(root, file.replace(/\.ts$/, '.test.ts')));
    commands.push({ file, name: path.basename(file, '.ts'), requirements: command.requirements, tested });
  }
  const tests = glob('{engine/src,range,tools}/**/*.test.ts').flatMap((file): Claim[] => {
    const claimed = deliveredBy(readFileSync(path.join(root, file), 'utf8'));
    return claimed.length > 0 ? [{ file, requirements: claimed }] : [];
  });

  const known = new Set(requirements.map(({ id }) => id));
  const claims: readonly Claim[] = [
    ...checks.map(({ file, check }) => ({ file, requirements: check.requirements })),
    ...commands,
    ...tests,
    ...criteria.flatMap((row) =>
      [row, ...row.openParts].map((part) => ({
        file: 'engine/src/model/criteria.ts',
        requirements: part.requirements,
      })),
    ),
  ];
  const ids = new Set(glob('engine/src/checks/*/*/check.ts').map((file) => path.basename(path.dirname(file))));
  return {
    requirements,
    checks,
    commands,
    tests,
    problems: [
      ...unreadable,
      ...checks.flatMap(problemsOf),
      ...checks.flatMap(({ cases }) =>
        problemsPlanted(cases)
          .filter((problem) => !checks.some(({ check }) => problem in check.problems))
          .map((problem) => `range/cases/${cases?.check}.ts: no check has a problem ${problem}`),
      ),
      ...glob('{engine/src/checks/*/*,range/cases}/*.ts')
        .filter((file) => TEMPLATE.test(readFileSync(path.join(root, file), 'utf8')))
        .map((file) => `${file}: 'REPLACE' is left in it`),
      ...glob('range/cases/*.ts')
        .filter((file) => !file.endsWith('.test.ts') && !ids.has(path.basename(file, '.ts')))
        .map((file) => `${file}: there is no check of this name`),
      ...claims.flatMap(({ file, requirements: named }) =>
        named.filter((id) => !known.has(id)).map((id) => `${file}: ${id} is not in docs/requirements.json`),
      ),
    ],
  };
}

/** Every line of its own that reads `// Delivers: LR-116` or `// Delivers: LR-116, LR-114`. */
export function deliveredBy(testText: string): string[] {
  const lines = testText.matchAll(/^\s*\/\/ Delivers: ((?:LR-\d{3})(?:, LR-\d{3})*)\s*$/gm);
  return [...new Set([...lines].flatMap(([, ids = '']) => ids.split(', ')))];
}

/** What a fault must be reported as, by any check: a defect may well earn findings of several. */
export const problemsPlanted = (cases: Cases | null): string[] => [
  ...new Set((cases?.faults ?? []).flatMap(({ finds }) => finds.map(({ problem }) => problem))),
];

/** What new-check leaves for a person to write. */
const TEMPLATE = /\bREPLACE\b/;

const isOurs = (file: string) => !/node_modules|\.tsbuild|\/dist\//.test(file);

/** The facts that pages are made of. The two functions of a check are not called here. */
const Facts = z.looseObject({
  id: z.string(),
  criterion: z.enum(CRITERIA),
  requirements: z.array(z.string()).min(1),
  harms: z.array(z.enum(HARMS)),
  problems: z.record(z.string(), z.looseObject({ says: z.string(), breaks: z.string() })),
});
// `defineCheck` has typed the rest, and the type check of the workspace covers every file.
const CheckModule = z.object({ default: z.custom<AnyCheck>((value) => Facts.parse(value) !== undefined) });
const CasesModule = z.object({ default: Cases });
const CommandModule = z.object({ requirements: z.array(z.string()).readonly().default([]) });

function problemsOf({ file, check, cases }: CheckEntry): string[] {
  const [criterion, folder] = file.split('/').slice(-3);
  return [
    ...(check.id === folder ? [] : [`${file}: its id is ${check.id}, its folder ${folder}`]),
    ...(check.criterion === criterion ? [] : [`${file}: its criterion is ${check.criterion}, its folder ${criterion}`]),
    ...(cases === null || cases.check === check.id
      ? []
      : [`range/cases/${check.id}.ts: it names the check ${cases.check}`]),
  ];
}
