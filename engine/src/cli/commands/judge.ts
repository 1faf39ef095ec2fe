import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { checks } from '../../checks/index.ts';
import { InputError } from '../../model/errors.ts';
import { canonicalJson } from '../../report/json.ts';
import { closing } from '../../report/terminal.ts';
import { recordOf } from '../../run/record.ts';
import { readRunFolder } from '../../run/store.ts';
import { type Command, colours } from '../io.ts';
import { writeReports } from '../write-reports.ts';

export const requirements = ['LR-116'] as const;

const OPTIONS = {
  at: { type: 'string' },
  json: { type: 'boolean', default: false },
  quiet: { type: 'boolean', default: false },
  'no-color': { type: 'boolean', default: false },
} as const;

const command: Command = {
  name: 'judge',
  about: 'judge a recorded run again, without the network',
  help: `launch-ready judge <run folder> [options]

Judges a recorded run again from what it saw, without the network: with the same version byte for byte the same
record, with a newer one what its checks make of the same evidence. Writes the reports of the run folder anew.

  --at <moment>   judge as of another moment, to see what has gone stale: 2026-12-31T00:00:00Z. Writes nothing.
  --json          print the run record on standard output, and nothing else
  --quiet         print only the closing sentence
  --no-color      no colours

Exit codes as of \`launch-ready check\`.
`,
  async run(args, io) {
    const { values, positionals } = parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
    const [named, ...more] = positionals;
    if (named === undefined || more.length > 0)
      throw new InputError('usage', 'name one run folder: launch-ready judge .launch-ready/runs/<run>');
    const folder = path.resolve(io.cwd, named);
    const { given, run, sightings } = readRunFolder(folder);
    const record = recordOf(checks, sightings, { ...given, judgedAt: momentOf(values.at) ?? given.judgedAt }, run);
    if (values.at === undefined)
      writeReports(record, {
        folder,
        write: (name, text) => writeFileSync(path.join(folder, name), text, { mode: 0o600 }),
      });
    const colour = colours(io, !values['no-color']);
    if (values.json) io.out(canonicalJson(record));
    else if (values.quiet) io.out(`${record.verdict.sentence}\n`);
    else io.out(`${closing(record, { colour, width: io.columns, report: path.join(named, 'report.html') })}\n`);
    return record.verdict.exitCode;
  },
};
export default command;

function momentOf(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const moment = new Date(text);
  if (Number.isNaN(moment.getTime()))
    throw new InputError('usage', `--at takes a moment such as 2026-12-31T00:00:00Z, not ${JSON.stringify(text)}`);
  return moment.toISOString();
}
