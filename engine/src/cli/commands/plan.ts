import path from 'node:path';
import { parseArgs } from 'node:util';
import { InputError } from '../../model/errors.ts';
import type { Given } from '../../model/given.ts';
import type { Sighting } from '../../model/observation.ts';
import type { RunRecord } from '../../model/run-record.ts';
import { STAGES } from '../../model/stage.ts';
import { probes } from '../../probes/index.ts';
import { canonicalJson } from '../../report/json.ts';
import { templateLines } from '../../run/review.ts';
import { readRunFolder } from '../../run/store.ts';
import { hung } from '../hung.ts';
import type { Command } from '../io.ts';
import { loadTarget } from '../load-target.ts';

export const requirements = ['LR-040'] as const;

const OPTIONS = {
  target: { type: 'string' },
  from: { type: 'string' },
  json: { type: 'boolean', default: false },
} as const;

interface Plan {
  readonly target: string;
  readonly lines: readonly Omit<RunRecord['run']['sent'][number], 'sent'>[];
  /** Exact requests that are known before anything was seen, or were planned on what a run saw. */
  readonly exact: readonly { readonly stage: string; readonly says: string }[];
}

const command: Command = {
  name: 'plan',
  about: 'print what a review would send, and send nothing',
  help: `launch-ready plan [address] [options]

Prints what \`launch-ready check\` would send, and sends nothing: every line with its ceiling, and the exact requests
where they are known already. Later stages depend on earlier answers: for them a line is a template. Nothing outside
these lines is ever sent.

  --target <file>   the target file, when it is not ./launch-ready.yaml
  --from <run>      a recorded run: prints the exact requests that were planned on what it saw
  --json            one object with lines and exact requests
`,
  async run(args, io) {
    const { values, positionals } = parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
    if (positionals.length > 1) throw new InputError('usage', `one address at a time; got ${positionals.length}`);
    const recorded = values.from === undefined ? undefined : readRunFolder(path.resolve(io.cwd, values.from));
    const given = recorded?.given ?? {
      judgedAt: io.now().toISOString(),
      ...loadTarget(positionals[0], values.target, io).given,
    };
    const plan = planOf(given, recorded?.sightings ?? []);
    io.out(values.json ? canonicalJson(plan) : printed(plan, Math.min(io.columns, 120)));
    return 0;
  },
};
export default command;

function planOf(given: Given, seen: readonly Sighting[]): Plan {
  const lines = templateLines(probes, given);
  const exact = probes.flatMap((probe) =>
    probe.plan({ given, seen, seed: 'plan' }).map(({ says }) => ({ stage: probe.stage, says })),
  );
  return { target: given.url, lines, exact };
}

function printed({ target, lines, exact }: Plan, width: number): string {
  const stages = STAGES.flatMap((stage) => {
    const own = lines.filter((line) => line.stage === stage);
    const known = exact.filter((one) => one.stage === stage);
    if (own.length === 0) return [];
    return [
      `\n${stage}\n`,
      ...own.map(({ says, ceiling, unit, effect }) =>
        hung(`  at most ${String(ceiling).padStart(4)} ${unit.padEnd(10)} ${effect.padEnd(8)} `, says, width),
      ),
      ...(known.length === 0 ? [] : [`  known now:\n`, ...known.map(({ says }) => `    ${says}\n`)]),
    ];
  });
  const sum = (unit: string) =>
    lines.filter((line) => line.unit === unit).reduce((total, { ceiling }) => total + ceiling, 0);
  return [
    `A review of ${target} sends nothing but this. Nothing has been sent.\n`,
    ...stages,
    `\nIn all at most ${sum('requests')} requests, ${sum('handshakes')} handshakes and ${sum('queries')} DNS queries.\n`,
  ].join('');
}
