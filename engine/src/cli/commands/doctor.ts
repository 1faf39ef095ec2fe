import { isIP } from 'node:net';
import { parseArgs } from 'node:util';
import { ofKind, type Sighting } from '../../model/observation.ts';
import { nameSubject, ownershipSubject, releaseSubject, signInSubject } from '../../model/subject.ts';
import dns from '../../probes/dns/probe.ts';
import ownership from '../../probes/ownership/probe.ts';
import release from '../../probes/release/probe.ts';
import signIn from '../../probes/sign-in/probe.ts';
import { canonicalJson } from '../../report/json.ts';
import { terminalSafe } from '../../report/terminal-safe.ts';
import { REASON_WORDS } from '../../run/judge.ts';
import type { Command } from '../io.ts';
import { type LoadedTarget, loadTarget } from '../load-target.ts';
import { look } from '../look.ts';

export const requirements = ['LR-048'] as const;

const OPTIONS = { target: { type: 'string' }, json: { type: 'boolean', default: false } } as const;

interface Line {
  readonly is: 'good' | 'bad' | 'missing';
  readonly what: string;
  readonly says: string;
}

const command: Command = {
  name: 'doctor',
  about: 'prove that the target file is usable',
  help: `launch-ready doctor [--target <file>] [--json]

Proves that the target file is usable, by doing with each part of it the least that shows it: every host is looked up,
the portal is asked once, the ownership proof is looked for, every account signs in once and is proved by its identity.

Exit codes: 0 everything works · 2 the file itself cannot be used · 3 something does not work yet; it says what
`,
  async run(args, io) {
    const { values } = parseArgs({ args: [...args], options: OPTIONS });
    const target = loadTarget(undefined, values.target, io);
    const lines = examined(target, await look(target, [dns, release, ownership, signIn], io));
    const marks = { good: 'ok     ', bad: 'problem', missing: 'missing' } as const;
    if (values.json) io.out(canonicalJson(lines));
    else {
      for (const { is, what, says } of lines)
        io.out(`${marks[is]}  ${terminalSafe(what, 80).padEnd(28)} ${terminalSafe(says, 300)}\n`);
      const bad = lines.filter(({ is }) => is === 'bad').length;
      io.out(
        bad === 0
          ? '\nThe target file is usable. Next: launch-ready plan\n'
          : `\n${bad} to mend first. Then run launch-ready doctor again.\n`,
      );
    }
    return lines.some(({ is }) => is === 'bad') ? 3 : 0;
  },
};
export default command;

function examined({ given, file }: LoadedTarget, seen: readonly Sighting[]): Line[] {
  const trouble = (subject: string) => {
    const found = ofKind('obstacle', seen).find((one) => one.subject === subject);
    return found === undefined ? 'it was not reached' : `${REASON_WORDS[found.reason]}: ${found.detail}`;
  };
  const hosts = given.hosts.map(({ host }): Line => {
    const addresses = ofKind('dns-answer', seen).flatMap((one) =>
      one.host === host && (one.type === 'A' || one.type === 'AAAA') ? one.records : [],
    );
    if (isIP(host.replaceAll(/[[\]]/g, '')) !== 0) return { is: 'good', what: host, says: 'is an address itself' };
    return addresses.length > 0
      ? { is: 'good', what: host, says: `leads to ${addresses.join(', ')}` }
      : {
          is: 'bad',
          what: host,
          says: `no address: ${trouble(nameSubject(host))}. Correct the name, or take it out of hosts.`,
        };
  });
  const [sign] = ofKind('release-sign', seen);
  const identified: Line = sign
    ? { is: 'good', what: 'release', says: `${sign.value} (${sign.from})` }
    : {
        is: 'bad',
        what: 'release',
        says: `not identified (${trouble(releaseSubject(new URL(given.url).hostname))}). Send a header such as x-release.`,
      };
  const accounts = given.accounts.map(({ name, tenant, role }): Line => {
    const signed = ofKind('signed-in', seen).find(({ account }) => account === name);
    return signed
      ? { is: 'good', what: name, says: `signs in; ${signed.identityAt} names it (tenant ${tenant}, role ${role})` }
      : { is: 'bad', what: name, says: trouble(signInSubject(name)) };
  });
  const tenants = new Set(given.accounts.map(({ tenant }) => tenant)).size;
  const enough: Line =
    tenants >= 2
      ? { is: 'good', what: 'tenants', says: `${tenants}, so that one can be tried against another` }
      : { is: 'missing', what: 'tenants', says: `${tenants} of the 2 that tenant isolation needs: add accounts` };
  const [proof] = ofKind('ownership-proof', seen);
  const host = new URL(given.url).host;
  const proved: Line[] =
    given.accounts.length === 0
      ? []
      : [
          proof
            ? {
                is: 'good',
                what: 'ownership',
                says: `proved by ${proof.from} for ${proof.effects.join(', ')} until ${proof.expires}`,
              }
            : { is: 'bad', what: 'ownership', says: `${trouble(ownershipSubject(host))}. See launch-ready prove.` },
          given.consent.length > 0
            ? { is: 'good', what: 'consent', says: given.consent.join(', ') }
            : { is: 'bad', what: 'consent', says: 'none given: add `consent:` with effects, name and day' },
        ];
  return [
    { is: 'good', what: file ?? 'target', says: 'reads well' },
    ...hosts,
    identified,
    enough,
    ...accounts,
    ...proved,
  ];
}
