import { parseArgs } from 'node:util';
import { checks } from '../../checks/index.ts';
import { type AnyCheck, STACKS, type Stack } from '../../model/check.ts';
import { criteria } from '../../model/criteria.ts';
import type { CriterionFacts } from '../../model/criterion.ts';
import { InputError } from '../../model/errors.ts';
import { fixItems } from '../../report/fix-items.ts';
import { canonicalJson } from '../../report/json.ts';
import { hung } from '../hung.ts';
import type { Command } from '../io.ts';

export const requirements = ['LR-027', 'LR-122'] as const;

const OPTIONS = { json: { type: 'boolean', default: false } } as const;

const command: Command = {
  name: 'explain',
  about: 'teach a check: what, why, what breaks, how to fix',
  help: `launch-ready explain [name] [--json]

Teaches a check: what it looks at, why it matters, what breaks, how to fix it in your stack, the standards it stands on
and what it cannot see. The name is that of a check (hsts), of a problem (hsts-missing), of a row (https) or of a
requirement (LR-014). Without a name it lists all checks.
`,
  async run(args, io) {
    const { values, positionals } = parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
    const [name, ...more] = positionals;
    if (more.length > 0) throw new InputError('usage', 'explain one name at a time');
    const found = name === undefined ? [] : matching(name);
    const row = criteria.find(({ id }) => id === name);
    if (name !== undefined && found.length === 0 && row === undefined)
      throw new InputError(
        'check-unknown',
        `there is no check, problem, row or requirement called ${JSON.stringify(name)}.${suggestion(name)}`,
      );
    const width = Math.min(io.columns, 100);
    if (values.json)
      io.out(canonicalJson(name === undefined ? checks.map(facts) : { row: row ?? null, checks: found.map(facts) }));
    else if (name === undefined) io.out(list());
    else
      io.out(
        [
          ...(row ? [taughtRow(row, width)] : []),
          ...(row ? [list(found)] : found.map((check) => taught(check, width))),
        ].join('\n'),
      );
    return 0;
  },
};
export default command;

const matching = (name: string) =>
  checks.filter(
    ({ id, criterion, problems, requirements: ids }) =>
      id === name || criterion === name || Object.hasOwn(problems, name) || ids.includes(name.toUpperCase()),
  );

/** Names that share the most letters in a row with what was asked for. */
function suggestion(name: string): string {
  const names = checks.flatMap(({ id, problems }) => [id, ...Object.keys(problems)]);
  const near = names.filter((one) => one.includes(name.slice(0, 5)) || name.includes(one.slice(0, 5))).slice(0, 5);
  return near.length > 0 ? ` Near it: ${near.join(', ')}.` : ' `launch-ready explain` lists them all.';
}

const facts = ({ subjects: _, judge: __, ...check }: AnyCheck) => check;

function list(some: readonly AnyCheck[] = checks): string {
  const rows = criteria.flatMap(({ id, title }) => {
    const own = some.filter(({ criterion }) => criterion === id);
    return own.length === 0
      ? []
      : [`\n${title} (${id})\n`, ...own.map((check) => `  ${check.id.padEnd(26)}${check.title}\n`)];
  });
  return rows.join('').trimStart();
}

function taughtRow(row: CriterionFacts, width: number): string {
  const line = (label: string, text: string) => hung(`${label}  `, text, width);
  return [
    `${row.title} (${row.id})\n\n`,
    line('Passes when', row.passWhen),
    line('Why        ', row.why),
    line('What breaks', row.breaks),
    line('How        ', row.method),
    line('Fix        ', row.fixPath),
    line('Standards  ', row.standards.join(', ')),
    line('To see more', row.unlock),
    '\n',
  ].join('');
}

function taught(check: AnyCheck, width: number): string {
  const text = (words: string, indent = 0) => hung(' '.repeat(indent), words, width);
  const problems = Object.entries(check.problems).flatMap(([id, { severity, says, breaks, fix, fixIn }]) => [
    `\n  ${id} (${severity})\n`,
    text(`It fails when something ${says}.`, 4),
    text(`What breaks: ${breaks}`, 4),
    ...steps(fix, null, width, 4),
    ...STACKS.flatMap((stack) => {
      const own = fixIn?.[stack];
      return own === undefined ? [] : [`    In ${stack}:\n`, ...steps(own, stack, width, 6)];
    }),
  ]);
  const { asvs, top10, cwe, mvsp } = check.standards;
  const standards = [
    ...asvs.map((id) => `ASVS 5.0 ${id}`),
    ...top10.map((id) => `Top 10:2025 ${id}`),
    ...cwe.map((id) => `CWE-${id}`),
    ...mvsp.map((id) => `MVSP ${id}`),
  ];
  return [
    text(`${check.title} (${check.id})`),
    '\n',
    text(`Why it matters: ${check.why}`),
    text(`Looks at: ${check.needs.join(', ')}; what it saw proves something for ${check.evidenceLivesDays} days.`),
    '\nProblems it finds\n',
    ...problems,
    '\nWhat it cannot see\n',
    ...(check.cannotSee.length === 0 ? ['  Nothing known.\n'] : check.cannotSee.map((one) => text(`- ${one}`, 2))),
    '\nStands on\n',
    ...check.sources.map((one) => text(`- ${one}`, 2)),
    text(`- ${standards.join(', ')}`, 2),
    text(`- Requirements ${check.requirements.join(', ')}`, 2),
  ].join('');
}

/** Sentences with a dash, and below each the lines to write, whole, so that they can be copied. */
function steps(fix: readonly string[], fixFor: Stack | null, width: number, indent: number): string[] {
  const lead = ' '.repeat(indent);
  return fixItems({ fix: [...fix], fixFor }).flatMap(({ says, lines }) => [
    ...(says === null ? [] : [hung(`${lead}- `, says, width)]),
    ...lines.map((line) => `${lead}    ${line}\n`),
  ]);
}
