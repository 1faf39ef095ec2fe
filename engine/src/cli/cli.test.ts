// The command line as a process, without a portal: what it says of wrong use. With one: range/cli.test.ts.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, it } from 'node:test';

const LAUNCHER = path.join(import.meta.dirname, '..', '..', 'bin', 'launch-ready.js');
const folder = mkdtempSync(path.join(os.tmpdir(), 'launch-ready-cli-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const COMMANDS = ['check', 'plan', 'explain', 'judge', 'init', 'doctor', 'prove'] as const;

function launch(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const { status, stdout, stderr, signal } = spawnSync(process.execPath, [LAUNCHER, ...args], {
    cwd: folder,
    encoding: 'utf8',
    env: { PATH: process.env.PATH ?? '', HOME: folder, LAUNCH_READY_HOME: path.join(folder, 'home'), ...env },
    timeout: 60_000,
  });
  assert.equal(signal, null);
  return { code: status, out: stdout, err: stderr };
}

const file = (name: string, text: string) => {
  writeFileSync(path.join(folder, name), text);
  return name;
};
const TARGET = 'version: 1\ntarget: { name: Portal, url: https://portal.example, environment: staging }\n';
const ACCOUNT =
  'accounts: [{ name: client@a, tenant: a, role: client, signIn: { kind: json, path: /s, body: { password: { env: LR_NOT_SET } }, identity: a@b.example } }]\n';

it('shows what it is for, which commands there are and what its exit codes mean', () => {
  for (const args of [['--help'], ['-h'], ['help']]) {
    const { code, out, err } = launch(args);
    assert.equal(code, 0);
    assert.equal(err, '');
    for (const command of COMMANDS) assert.match(out, new RegExp(`^  ${command} `, 'm'));
    for (const exit of [0, 1, 2, 3, 4]) assert.match(out, new RegExp(`^  ${exit}  `, 'm'));
  }
  assert.equal(launch([]).code, 2);
  assert.match(launch(['--version']).out, /^\d+\.\d+\.\d+\n$/);
});

for (const command of COMMANDS)
  it(`explains ${command} to whoever asks for it`, () => {
    for (const args of [
      [command, '--help'],
      [command, 'anything', '-h'],
    ]) {
      const { code, out, err } = launch(args);
      assert.deepEqual([code, err], [0, '']);
      assert.match(out, new RegExp(`^launch-ready ${command} `));
    }
  });

it('writes help without escape codes where nobody watches', () => {
  for (const command of COMMANDS) assert.ok(!launch([command, '--help']).out.includes('\u001b'));
});

/** Wrong use, and what the message must name: the thing, and what to do. */
const WRONG: readonly (readonly [says: string, args: () => readonly string[], names: readonly RegExp[]])[] = [
  ['an unknown command', () => ['chek'], [/"chek"/, /Commands: check, plan/]],
  ['a name that every object has', () => ['constructor'], [/"constructor"/, /Commands: /]],
  ['an unknown option', () => ['check', '--nope'], [/--nope/, /check --help/]],
  ['an option without its value', () => ['check', '--target'], [/--target/, /check --help/]],
  ['two addresses', () => ['check', 'https://a.example', 'https://b.example'], [/one address/]],
  ['an address and a file', () => ['check', 'https://a.example', '--target', 'x'], [/not both/]],
  ['no address', () => ['check', 'htp://portal.example'], [/htp:/, /https:\/\//]],
  ['a bare name', () => ['check', 'portal.example'], [/portal\.example/, /https:\/\//]],
  ['an address with a password', () => ['check', 'https://a:b@portal.example'], [/user name and no password/]],
  ['no target file', () => ['check'], [/launch-ready\.yaml/, /launch-ready init/]],
  ['a target file that is not there', () => ['check', '--target', 'none.yaml'], [/none\.yaml/]],
  ['a folder for a target file', () => ['check', '--target', '.'], [/cannot be read as a file/]],
  ['no YAML', () => ['check', '--target', file('no.yaml', 'version: 1\n  a: [')], [/no\.yaml/, /line \d/]],
  ['an empty target file', () => ['check', '--target', file('empty.yaml', '')], [/empty\.yaml/]],
  ['aliases', () => ['check', '--target', file('alias.yaml', 'a: &a [x]\nb: [*a, *a]\n')], [/alias\.yaml/, /aliases/]],
  ['unknown keys', () => ['check', '--target', file('keys.yaml', `${TARGET}colour: red\n`)], [/keys\.yaml/, /colour/]],
  [
    'a value that does not fit',
    () => ['plan', '--target', file('value.yaml', TARGET.replace('staging', 'moon'))],
    [/value\.yaml/, /environment/, /production/],
  ],
  [
    'a secret that is not set',
    () => ['check', '--target', file('secret.yaml', `${TARGET}identityPath: /me\n${ACCOUNT}`)],
    [/client@a/, /LR_NOT_SET/],
  ],
  [
    'accounts without identityPath',
    () => ['doctor', '--target', file('id.yaml', `${TARGET}${ACCOUNT}`)],
    [/identityPath/],
  ],
  [
    'a certificate authority that is not there',
    () => ['check', '--target', file('ca.yaml', `${TARGET}network: { ca: none.pem }\n`)],
    [/network\.ca/, /none\.pem/],
  ],
  ['a run folder that is none', () => ['judge', 'nowhere'], [/nowhere/, /given\.json/]],
  ['no run folder', () => ['judge'], [/run folder/]],
  ['a name that explains nothing', () => ['explain', 'hst'], [/"hst"/]],
  ['init without an address', () => ['init'], [/launch-ready init https:/]],
  ['init of no address', () => ['init', 'ftp://portal.example'], [/ftp:/]],
  ['too many days', () => ['prove', 'https://portal.example', '--days', '91'], [/1 to 90/, /"91"/]],
  [
    'an unknown effect',
    () => ['prove', 'https://portal.example', '--effects', 'all'],
    [/reads, writes, disrupts/, /"all"/],
  ],
];
for (const [says, args, names] of WRONG)
  it(`refuses ${says}, and names it and what to do`, () => {
    const { code, out, err } = launch(args());
    assert.equal(code, 2, err);
    assert.equal(out, '');
    for (const name of names) assert.match(err, name);
    assert.doesNotMatch(err, /^\s+at /m);
  });

it('refuses to record a run where something is already', () => {
  mkdirSync(path.join(folder, 'full'));
  writeFileSync(path.join(folder, 'full', 'mine.txt'), 'mine');
  const { code, err } = launch(['check', '--out', 'full', 'https://portal.example']);
  assert.equal(code, 2);
  assert.match(err, /full is not empty/);
  assert.equal(readFileSync(path.join(folder, 'full', 'mine.txt'), 'utf8'), 'mine');
});

it('refuses to write over a target file', () => {
  file('launch-ready.yaml', TARGET);
  const { code, err } = launch(['init', 'https://portal.example']);
  rmSync(path.join(folder, 'launch-ready.yaml'));
  assert.equal(code, 2);
  assert.match(err, /--force/);
  assert.match(err, /--print/);
});

it('teaches every check, row and problem it names', () => {
  const { code, out } = launch(['explain', '--json']);
  assert.equal(code, 0);
  const checks: readonly { readonly id: string; readonly problems: Readonly<Record<string, unknown>> }[] =
    JSON.parse(out);
  assert.ok(checks.length > 0);
  const [first] = checks;
  assert.ok(first);
  for (const name of [first.id, ...Object.keys(first.problems), 'https'])
    assert.equal(launch(['explain', name]).code, 0);
});

it('writes a proof that names this operator, and keeps the key to itself', () => {
  const { code, out } = launch(['prove', 'https://portal.example', '--write', 'site']);
  assert.equal(code, 0);
  const line = readFileSync(path.join(folder, 'site', '.well-known', 'launch-ready.txt'), 'utf8').trim();
  assert.ok(out.includes(line));
  const key = path.join(folder, 'home', 'operator-key');
  assert.equal(statSync(key).mode & 0o777, 0o600);
  assert.ok(!out.includes(readFileSync(key, 'utf8').trim()));
});

it('prints a plan as one object, and nothing else', () => {
  const { code, out, err } = launch(['plan', '--json', 'https://portal.example']);
  assert.deepEqual([code, err], [0, '']);
  const plan: { readonly lines: readonly { readonly template: string; readonly ceiling: number }[] } = JSON.parse(out);
  assert.ok(plan.lines.length > 5);
  for (const { ceiling } of plan.lines) assert.ok(ceiling > 0);
});
