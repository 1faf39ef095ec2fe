import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { stringify } from 'yaml';
import { InputError } from '../../model/errors.ts';
import { type ObservationOf, ofKind, type Sighting } from '../../model/observation.ts';
import type { TargetFile } from '../../model/target.ts';
import dns from '../../probes/dns/probe.ts';
import entry from '../../probes/entry/probe.ts';
import release from '../../probes/release/probe.ts';
import { terminalSafe } from '../../report/terminal-safe.ts';
import { REASON_WORDS } from '../../run/judge.ts';
import type { Command } from '../io.ts';
import { loadTarget, TARGET_FILE } from '../load-target.ts';
import { look } from '../look.ts';
import { mailProvider } from '../mail-provider.ts';
import { version } from '../version.ts';

export const requirements = ['LR-119'] as const;

const OPTIONS = { force: { type: 'boolean', default: false }, print: { type: 'boolean', default: false } } as const;

const command: Command = {
  name: 'init',
  about: 'write a target file from what can be detected',
  help: `launch-ready init <address> [options]

Looks at the portal (DNS, the home page, where redirects lead), writes ${TARGET_FILE} with what it found,
and says what only you can add: accounts of two tenants, the repository, the owner's consent.

  --print   print the file instead of writing it
  --force   write over a file that is there
`,
  async run(args, io) {
    const { values, positionals } = parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
    const [url, ...more] = positionals;
    if (url === undefined || more.length > 0)
      throw new InputError('usage', 'give the address of the portal: launch-ready init https://portal.example');
    const file = path.join(io.cwd, TARGET_FILE);
    if (!values.print && !values.force && existsSync(file))
      throw new InputError(
        'output-not-writable',
        `${TARGET_FILE} is there already; --force writes over it, --print shows what would be written`,
      );
    const target = loadTarget(url, undefined, io);
    const seen = await look(target, [dns, release, entry], io);
    const found = detected(seen, target.given.url);
    const text = targetYaml(target.given.url, found);
    if (values.print) {
      io.out(text);
      return 0;
    }
    writeFileSync(file, text);
    io.out(`${report(found).join('\n')}\n\nWrote ${TARGET_FILE}.\n\nNext: launch-ready doctor\n`);
    return 0;
  },
};
export default command;

interface Detected {
  readonly hosts: readonly string[];
  readonly addresses: readonly string[];
  readonly canonicalHost: string | null;
  readonly stack: readonly string[];
  readonly mail: string | null;
  readonly release: string | null;
  readonly troubles: readonly string[];
}

/** A host is published when it has an address; the canonical one is where the address given ends up. */
function detected(seen: readonly Sighting[], url: string): Detected {
  const answers = ofKind('dns-answer', seen);
  const published = new Set(
    answers.filter(({ type, is }) => is === 'found' && (type === 'A' || type === 'AAAA')).map(({ host }) => host),
  );
  const landed = ofKind('http-exchange', seen).find(
    ({ chainEnd, subject }) => chainEnd === 'landed' && subject === `entry ${url}`,
  );
  const { hostname } = new URL(url);
  const [release] = ofKind('release-sign', seen);
  return {
    hosts: [...new Set([hostname, ...published])],
    addresses: answers.flatMap(({ host, type, records }) =>
      host === hostname && (type === 'A' || type === 'AAAA') ? records : [],
    ),
    canonicalHost: landed === undefined ? null : new URL(landed.url).hostname,
    stack: [...new Set(ofKind('stack-sign', seen).map(({ stack }) => stack))],
    mail: mailProvider(answers.flatMap((one: ObservationOf<'dns-answer'>) => one.records)),
    release: release === undefined ? null : `${release.value} (${release.from})`,
    troubles: [
      ...new Set(ofKind('obstacle', seen).map(({ subject, reason }) => `${subject}: ${REASON_WORDS[reason]}`)),
    ],
  };
}

function report(found: Detected): string[] {
  const line = (label: string, value: string | null, missing: string) =>
    `  ${label.padEnd(11)}${value === null || value === '' ? `not found: ${missing}` : terminalSafe(value, 200)}`;
  return [
    'Found',
    line('hosts', found.hosts.join(', '), 'name them in the file'),
    line('addresses', found.addresses.join(', '), 'the name does not resolve'),
    line('canonical', found.canonicalHost, 'the address did not end at a page'),
    line('stack', found.stack.join(', '), 'fixes will be worded for any stack'),
    line('mail', found.mail, 'no known provider in MX or SPF'),
    line('release', found.release, 'send a header such as x-release, so that evidence names its release'),
    ...(found.troubles.length === 0
      ? []
      : ['', 'Not seen', ...found.troubles.slice(0, 8).map((one) => `  ${terminalSafe(one, 160)}`)]),
    '',
    'Missing, and only you can add it',
    '  accounts    two tenants, one account each, so that tenant isolation can be tried (see the comments in the file)',
    '  ownership   `launch-ready prove` writes the proof that the portal is yours; nothing but looking happens without it',
    '  roles       what each host is for: app, admin, api, marketing or assets',
  ];
}

function targetYaml(url: string, found: Detected): string {
  const target: TargetFile['target'] = {
    name: new URL(url).host,
    url,
    environment: 'production',
    hosts: found.hosts.map((host) => ({ host, role: 'app' })),
    ...(found.canonicalHost === null ? {} : { canonicalHost: found.canonicalHost }),
    paths: ['/'],
  };
  const detectedLine = [...found.stack, ...(found.mail === null ? [] : [`mail by ${found.mail}`])].join(', ');
  return `# yaml-language-server: $schema=https://unpkg.com/launch-ready@${version}/schema/target-file-1.schema.json
# The portal under review. No secret belongs here: name environment variables instead.
${detectedLine === '' ? '' : `# Detected: ${detectedLine.replaceAll(/[^\x20-\x7e]/g, '?')}\n`}${stringify({ version: 1, target })}
# Test accounts of two tenants, so that it can be tried whether one reaches the other's data:
# identityPath: /api/me
# accounts:
#   - name: client@a
#     tenant: a
#     role: client
#     signIn:
#       kind: json
#       path: /api/session
#       body: { email: { env: LR_A_EMAIL }, password: { env: LR_A_PASSWORD } }
#       identity: { env: LR_A_EMAIL }
# One kind of object that belongs to a tenant. Only objects that a run makes are ever changed:
# objects:
#   - name: record
#     create: { path: /api/records, body: { title: Launch Ready }, idAt: /id }
#     path: /api/records/{id}
#     field: note
# What you agree to beyond looking, and since when. It also needs the proof of \`launch-ready prove\`:
# consent: { effects: [reads, writes], by: Your Name, on: 2026-01-31 }
`;
}
