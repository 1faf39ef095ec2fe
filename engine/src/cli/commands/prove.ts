import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { InputError } from '../../model/errors.ts';
import { ofKind } from '../../model/observation.ts';
import { ownershipLine } from '../../parsers/ownership-proof.ts';
import ownership from '../../probes/ownership/probe.ts';
import { REASON_WORDS } from '../../run/judge.ts';
import { clockOf } from '../clock.ts';
import type { Command } from '../io.ts';
import { loadTarget } from '../load-target.ts';
import { look } from '../look.ts';
import { loadOperator } from '../operator.ts';

export const requirements = [] as const;

const OPTIONS = {
  target: { type: 'string' },
  effects: { type: 'string', default: 'reads,writes' },
  days: { type: 'string', default: '30' },
  write: { type: 'string' },
  check: { type: 'boolean', default: false },
} as const;

const EFFECTS = ['reads', 'writes', 'disrupts'] as const;
/** A proof is renewed at least so often, days: the domain may change hands. */
const DAYS_MAX = 90;

const command: Command = {
  name: 'prove',
  about: 'write and check the proof that the portal is yours',
  help: `launch-ready prove [address] [options]

Looking at what is public needs no proof. Signing in and changing objects of a run does: the portal's owner publishes
one line that names this machine's key, what is allowed and until when, in the DNS or in a file on the portal.

  --effects <list>   reads, writes, disrupts; separated by commas (default: reads,writes)
  --days <n>         how long it holds, at most ${DAYS_MAX} (default: 30)
  --write <folder>   write .well-known/launch-ready.txt below this folder of static files
  --check            look whether the proof is published already
  --target <file>    the target file, when it is not ./launch-ready.yaml

Exit codes: 0 written, or found · 2 usage · 3 --check did not find it
`,
  async run(args, io) {
    const { values, positionals } = parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
    if (positionals.length > 1) throw new InputError('usage', `one address at a time; got ${positionals.length}`);
    const target = loadTarget(positionals[0], values.target, io);
    const { host } = new URL(target.given.url);
    if (values.check) {
      // The probe plans nothing without accounts; whose they are does not matter here.
      const asked = {
        ...target,
        given: { ...target.given, accounts: [{ name: 'owner', tenant: 'owner', role: 'owner' }] },
      };
      const seen = await look(asked, [ownership], io);
      const [proof] = ofKind('ownership-proof', seen);
      const [trouble] = ofKind('obstacle', seen);
      if (proof)
        io.out(`Proved by ${proof.from}: ${host} allows ${proof.effects.join(', ')} until ${proof.expires}.\n`);
      else
        io.out(
          `Not proved: ${trouble === undefined ? 'nothing was found' : `${REASON_WORDS[trouble.reason]} (${trouble.detail})`}.\nNext: launch-ready prove ${target.given.url} prints the line to publish.\n`,
        );
      return proof ? 0 : 3;
    }
    const effects = values.effects.split(',').map((word) => word.trim());
    const known = EFFECTS.filter((effect) => effects.includes(effect));
    if (known.length === 0 || known.length !== effects.length)
      throw new InputError('usage', `--effects takes ${EFFECTS.join(', ')}, not ${JSON.stringify(values.effects)}`);
    const days = Number(values.days);
    if (!Number.isInteger(days) || days < 1 || days > DAYS_MAX)
      throw new InputError('usage', `--days takes a number from 1 to ${DAYS_MAX}, not ${JSON.stringify(values.days)}`);
    const expires = new Date(clockOf(target.clock, io)().getTime() + days * 86_400_000).toISOString().slice(0, 10);
    const line = ownershipLine({ key: loadOperator(io).key, effects: known, expires });
    io.out(`Publish this line in one of two places; it lets this machine's key do: ${known.join(', ')}.

  DNS    _launch-ready.${host}  TXT  "${line}"
  file   https://${host}/.well-known/launch-ready.txt, holding the line

Then: launch-ready prove --check${positionals[0] === undefined ? '' : ` ${positionals[0]}`}
`);
    if (values.write !== undefined) {
      const folder = path.resolve(io.cwd, values.write, '.well-known');
      try {
        mkdirSync(folder, { recursive: true });
        writeFileSync(path.join(folder, 'launch-ready.txt'), `${line}\n`);
      } catch (cause) {
        throw new InputError('output-not-writable', `cannot write to ${folder}`, { cause });
      }
      io.out(`\nWrote ${path.join(folder, 'launch-ready.txt')}\n`);
    }
    return 0;
  },
};
export default command;
