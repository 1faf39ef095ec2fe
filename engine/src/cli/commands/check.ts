import { randomBytes } from 'node:crypto';
import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { checks } from '../../checks/index.ts';
import { InputError } from '../../model/errors.ts';
import type { Given } from '../../model/given.ts';
import { probes } from '../../probes/index.ts';
import { canonicalJson } from '../../report/json.ts';
import { closing } from '../../report/terminal.ts';
import { recordOf } from '../../run/record.ts';
import { review } from '../../run/review.ts';
import { createRunFolder, deleteOldRuns } from '../../run/store.ts';
import { clockOf } from '../clock.ts';
import { type Command, colours, type Io } from '../io.ts';
import { createLive } from '../live.ts';
import { loadTarget } from '../load-target.ts';
import { loadOperator } from '../operator.ts';
import { version } from '../version.ts';
import { writeReports } from '../write-reports.ts';

export const requirements = ['LR-001', 'LR-103', 'LR-116', 'LR-119'] as const;

const OPTIONS = {
  target: { type: 'string' },
  out: { type: 'string' },
  json: { type: 'boolean', default: false },
  quiet: { type: 'boolean', default: false },
  'no-color': { type: 'boolean', default: false },
} as const;

const command: Command = {
  name: 'check',
  about: 'review a portal and say, row by row, what is proved',
  help: `launch-ready check [address] [options]

Reviews a deployed portal and says, row by row, what is proved, what failed and what could not be seen.
With an address alone it looks at what any visitor can see, sends a few hundred paced requests at most, and ends
with exit code 3: rows that need accounts, the repository or a drill are not verified, and it says what would show them.
Without an address it reads launch-ready.yaml (make one with \`launch-ready init\`).

  --target <file>   the target file, when it is not ./launch-ready.yaml
  --out <folder>    where the run is recorded; new or empty (default: .launch-ready/runs/<run>)
  --json            print the run record as JSON on standard output, and nothing else
  --quiet           print only the closing sentence
  --no-color        no colours (NO_COLOR is honoured too)

Recorded: record.json, report.html, report.sarif, and what was seen, without secrets. Recorded runs under
.launch-ready are deleted after 30 days. Ctrl-C keeps what was seen, cleans up what was made, and says what was not seen.

Exit codes: 0 nothing failed, nothing unseen · 1 something failed · 2 usage or target file · 3 something unseen · 4 our error

Examples
  launch-ready check https://portal.example
  launch-ready check --json https://portal.example > record.json
  launch-ready plan https://portal.example        what it would send, without sending it
`,
  async run(args, io) {
    const { values, positionals } = parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
    if (positionals.length > 1) throw new InputError('usage', `one address at a time; got ${positionals.length}`);
    const target = loadTarget(positionals[0], values.target, io);
    const operator = loadOperator(io);
    const now = clockOf(target.clock, io);
    const runId = `${now().toISOString().slice(0, 19).replaceAll(':', '-')}-${hostPart(target.given.url)}-${randomBytes(2).toString('hex')}`;
    const runs = path.join(io.cwd, '.launch-ready', 'runs');
    const folder = createRunFolder(
      values.out === undefined ? path.join(runs, runId) : path.resolve(io.cwd, values.out),
    );
    if (values.out === undefined) keepOutOfGit(io);
    deleteOldRuns(runs, io.now());

    const given = (judgedAt: string): Given => ({ judgedAt, ...target.given });
    folder.write('given.json', canonicalJson(given(now().toISOString())));
    const colour = colours(io, !values['no-color']);
    const live = createLive({
      io,
      colour,
      mode: values.json || values.quiet ? 'silent' : io.isTerminal ? 'live' : 'lines',
      target: target.given,
      checks,
    });
    const { sightings, run } = await review({
      given: given(now().toISOString()),
      probes,
      recipes: target.recipes,
      network: target.network,
      pacing: target.pacing,
      operator,
      version,
      runId,
      now,
      stop: io.stop,
      keep: folder.keep,
      progress: live.progress,
    });
    const judged = given(run.endedAt);
    folder.write('given.json', canonicalJson(judged));
    folder.write('run.json', canonicalJson(run));
    const record = recordOf(checks, sightings, judged, run);
    const files = writeReports(record, folder);
    live.end(record);
    if (values.json) io.out(canonicalJson(record));
    else if (values.quiet) io.out(`${record.verdict.sentence}\n`);
    else
      io.out(
        `${closing(record, { colour, width: io.columns, report: path.relative(io.cwd, files.html), rows: !live.showedRows })}\n`,
      );
    return record.verdict.exitCode;
  },
};
export default command;

const hostPart = (url: string) => new URL(url).hostname.replaceAll(/[^a-z0-9.-]/gi, '_');

function keepOutOfGit(io: Io): void {
  const file = path.join(io.cwd, '.launch-ready', '.gitignore');
  if (!existsSync(file)) writeFileSync(file, '*\n');
}
