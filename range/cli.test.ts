// The command line as a process, against the sound portal: what it sends, keeps, says and leaves behind.
import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { stringify } from 'yaml';
import { type RunningPortal, startPortal } from './portal/start-portal.ts';
import { launched, passwordsOf, targetFileOf } from './review-portal.ts';
import { LOOPBACK, listen } from './world/listen.ts';

const home = mkdtempSync(path.join(os.tmpdir(), 'launch-ready-cli-range-'));
after(() => rmSync(home, { recursive: true, force: true }));

/** What these tests read of a record. */
interface ReadRecord {
  readonly run: {
    readonly id: string;
    readonly egress: string | null;
    readonly cutShort: string | null;
    readonly left: readonly string[];
    readonly tool: { readonly version: string };
    readonly sent: readonly {
      readonly template: string;
      readonly unit: string;
      readonly sent: number;
      readonly ceiling: number;
    }[];
  };
  readonly judgedAt: string;
  readonly target: {
    readonly release: { readonly value: string; readonly from: string } | null;
    readonly hosts: readonly { readonly host: string; readonly addresses: readonly string[] }[];
  };
  readonly standing: { readonly is: string };
  readonly verdict: { readonly is: string; readonly sentence: string; readonly exitCode: number };
  readonly gates: readonly { readonly id: string; readonly is: string; readonly because: string }[];
  readonly harms: readonly {
    readonly id: string;
    readonly failing: readonly string[];
    readonly notTested: readonly string[];
    readonly proved: readonly string[];
  }[];
  readonly criteria: readonly {
    readonly id: string;
    readonly verdict: string;
    readonly unlock: string | null;
    readonly coverage: { readonly unproved: readonly { readonly subject: string; readonly because: string }[] };
  }[];
  readonly checks: readonly {
    readonly id: string;
    readonly criterion: string;
    readonly verdict: string;
    readonly harms: readonly string[];
    readonly oldestSeenAt: string | null;
    readonly goodUntil: string | null;
    readonly coverage: { readonly proved: number; readonly unproved: readonly { readonly subject: string }[] };
  }[];
  readonly findings: readonly { readonly problem: string; readonly subject: string }[];
  readonly notTested: readonly { readonly what: string; readonly because: string; readonly unlock: string }[];
  readonly observations: Readonly<Record<string, { readonly release: string; readonly seenAt: string }>>;
  readonly limits: readonly string[];
}

const recordIn = (folder: string): ReadRecord => JSON.parse(readFileSync(path.join(folder, 'record.json'), 'utf8'));
const filesIn = (folder: string) =>
  Object.fromEntries(readdirSync(folder).map((name) => [name, readFileSync(path.join(folder, name), 'utf8')]));
/** A control character, but for the end of a line: escape codes begin with one (ECMA-48, 5.4). */
const hasEscapes = (text: string) => /[^\P{Cc}\n]/u.test(text);

/** In parts: a secret scanner must find nothing in this repository. */
const PLANTED = ['sk', 'live', 'Kq7ZpW2mXv94TbRc81LsYd0H'].join('_');

const targetFile = (name: string, target: object): string => {
  const file = path.join(home, `${name}.yaml`);
  writeFileSync(file, stringify(target));
  return file;
};
const launch = (args: readonly string[], env: Readonly<Record<string, string>> = {}) => launched(args, home, env);

describe('a review with accounts of two tenants', () => {
  let portal: RunningPortal;
  let stateBefore: ReturnType<RunningPortal['state']>;
  let said: Awaited<ReturnType<typeof launch>>;
  let file: string;
  const folder = path.join(home, 'signed-in');
  const env = () => passwordsOf(portal);
  const target = () => ['--target', file] as const;

  before(async () => {
    portal = await startPortal({
      assetText: { 'index.js': `const payments = "${PLANTED}";` },
      anonymousCookies: { '/': ['visit=4f1d9c55aa03c7e2b1; Path=/; Secure; HttpOnly; SameSite=Lax'] },
    });
    file = targetFile('signed-in', targetFileOf(portal, true));
    stateBefore = structuredClone(portal.state());
  });
  after(() => portal.close());

  it('is planned without sending anything', async () => {
    const { exitCode, stdout } = await launch(['plan', ...target()], env());
    assert.equal(exitCode, 0);
    assert.match(stdout, /Nothing has been sent/);
    assert.deepEqual(portal.requests(), []);
  });

  it('prints one JSON object and nothing else', async () => {
    said = await launch(['check', '--json', ...target(), '--out', folder], env());
    assert.equal(said.stderr, '');
    assert.equal(said.exitCode, 1, 'the planted key is found');
    assert.equal(said.stdout, filesIn(folder)['record.json']);
  });

  it('sends what the plan allows, and counts what the portal counts', async () => {
    const { stdout } = await launch(['plan', '--json', ...target()], env());
    const plan: { readonly lines: readonly { readonly template: string; readonly ceiling: number }[] } =
      JSON.parse(stdout);
    const ceilings = new Map(plan.lines.map(({ template, ceiling }) => [template, ceiling]));
    const { sent } = recordIn(folder).run;
    for (const line of sent) {
      assert.equal(line.ceiling, ceilings.get(line.template), line.template);
      assert.ok(line.sent <= line.ceiling, line.template);
    }
    const requests = sent.filter(({ unit }) => unit === 'requests').reduce((sum, line) => sum + line.sent, 0);
    assert.equal(requests, portal.requests().length);
    assert.ok(requests > 100);
  });

  it('says of every request whose it is', () => {
    const { id, tool } = recordIn(folder).run;
    for (const { headers } of portal.requests()) {
      assert.equal(headers['x-launch-ready-run'], id);
      assert.ok(headers['user-agent']?.startsWith(`launch-ready/${tool.version} `));
    }
  });

  it('plans on what a run saw without sending anything', async () => {
    const asked = portal.requests().length;
    const { exitCode, stdout } = await launch(['plan', '--from', folder]);
    assert.equal(exitCode, 0);
    assert.match(stdout, /\/api\/records\//);
    assert.equal(portal.requests().length, asked);
  });

  it('crosses between the tenants, and leaves the portal as it was', () => {
    const { run, checks } = recordIn(folder);
    const crossing = checks.find(({ id }) => id === 'other-tenant-object');
    assert.equal(crossing?.verdict, 'pass');
    assert.ok(crossing.coverage.proved > 0);
    assert.deepEqual(run.left, []);
    const { records, settings } = portal.state();
    assert.deepEqual([records, settings], [stateBefore.records, stateBefore.settings]);
  });

  it('finds the planted key', () =>
    assert.ok(recordIn(folder).findings.some(({ subject }) => subject.includes('/assets/index'))));

  it('keeps no password, session, canary, cookie or secret anywhere', () => {
    const canaries = new Set(portal.requests().flatMap(({ body }) => notesIn(body)));
    const secrets = [
      ...portal.accounts.map(({ password }) => password),
      ...portal
        .requests()
        .flatMap(({ headers }) =>
          [...(headers.cookie ?? '').matchAll(/__Host-session=([^;]+)/g)].map(([, id = '']) => id),
        ),
      ...canaries,
      PLANTED,
      '4f1d9c55aa03c7e2b1',
      readFileSync(path.join(home, 'home', 'operator-key'), 'utf8').trim(),
    ].filter((one) => one.length >= 8);
    assert.ok(canaries.size >= 2, 'canaries were planted');
    assert.ok(secrets.length > 10);
    const kept = { ...filesIn(folder), stdout: said.stdout, stderr: said.stderr };
    for (const [name, text] of Object.entries(kept))
      for (const secret of new Set(secrets))
        for (const spelled of [
          secret,
          encodeURIComponent(secret),
          Buffer.from(secret).toString('base64').replace(/=+$/, ''),
        ])
          assert.ok(!text.includes(spelled), `${name} holds ${secret.slice(0, 6)}…`);
  });

  it('keeps what it wrote to its owner', () => {
    assert.equal(statSync(folder).mode & 0o777, 0o700);
    for (const name of readdirSync(folder)) assert.equal(statSync(path.join(folder, name)).mode & 0o777, 0o600, name);
  });

  it('is judged again byte for byte, without the network', async () => {
    const asked = portal.requests().length;
    const written = filesIn(folder);
    const { exitCode, stdout } = await launch(['judge', '--json', folder]);
    assert.equal(exitCode, said.exitCode);
    assert.equal(stdout, said.stdout);
    assert.deepEqual(filesIn(folder), written);
    assert.equal(portal.requests().length, asked);
  });

  it('goes stale', async () => {
    const written = filesIn(folder);
    const { stdout } = await launch(['judge', '--json', '--at', '2027-06-01T00:00:00Z', folder]);
    const later: ReadRecord = JSON.parse(stdout);
    const passed = recordIn(folder).checks.filter(({ verdict }) => verdict === 'pass');
    assert.ok(passed.length > 5);
    for (const { id } of passed) assert.notEqual(later.checks.find((one) => one.id === id)?.verdict, 'pass', id);
    assert.ok(later.checks.filter(({ verdict }) => verdict === 'stale').length > 5);
    assert.deepEqual(filesIn(folder), written, 'judging as of another moment writes nothing');
  });

  // Delivers: LR-001
  it('is bound to a release, an address, a moment and a place', () => {
    const { target: seen, run, observations, judgedAt } = recordIn(folder);
    assert.equal(seen.release?.value, 'r42');
    assert.ok(seen.hosts.every(({ addresses }) => addresses.length > 0));
    assert.equal(run.egress, LOOPBACK);
    assert.match(judgedAt, /Z$/);
    const own = Object.values(observations);
    assert.ok(own.length > 50);
    assert.deepEqual(
      own.filter(({ release }) => release !== 'r42'),
      [],
    );
  });

  // Delivers: LR-002
  it('answers for each of the five harms', () => {
    const { harms, checks } = recordIn(folder);
    assert.deepEqual(
      harms.map(({ id }) => id),
      ['data-exposure', 'broken-access-control', 'account-takeover', 'downtime', 'email-spoofing'],
    );
    for (const { harms: own, id } of checks) assert.ok(own.length > 0, id);
    const exposure = harms.find(({ id }) => id === 'data-exposure');
    assert.ok(exposure && exposure.failing.length > 0 && exposure.proved.length > 0);
    for (const { id, notTested } of harms) assert.ok(notTested.length > 0, `${id}: something is always untested here`);
  });

  // Delivers: LR-103
  it('says in every export what it is not and what was not tested', async () => {
    const { limits, notTested } = recordIn(folder);
    assert.ok(limits.some((line) => line.includes('not a penetration test')));
    assert.ok(notTested.length > 10);
    const { stdout } = await launch(['judge', folder]);
    assert.match(stdout, /listed in the report/);
    const exports = filesIn(folder);
    for (const name of ['record.json', 'report.html', 'report.sarif']) {
      const text = (exports[name] ?? '').replaceAll(/\s+/g, ' ');
      assert.match(text, /not a penetration test/i, name);
      assert.match(text, /not (?:tested|verified|seen)/i, name);
      assert.doesNotMatch(text, /\b(?:is|are) (?:now )?(?:secure|safe|certified|compliant)\b/i, name);
    }
  });

  it('is checked for use by doctor, which names what does not work', async () => {
    const good = await launch(['doctor', ...target()], env());
    assert.equal(good.exitCode, 0, good.stdout);
    assert.match(good.stdout, /client@a\s+signs in/);
    const names = Object.keys(env());
    const wrong = await launch(['doctor', ...target()], {
      ...env(),
      [names[0] ?? '']: 'wrong-password-of-a-test',
      [names[1] ?? '']: 'wrong-password-of-a-test',
    });
    assert.equal(wrong.exitCode, 3);
    assert.match(wrong.stdout, /^problem\s+client@a/m);
    assert.ok(!wrong.stdout.includes('wrong-password-of-a-test'));
  });
});

/** What a body writes into the field that canaries are planted in. Some bodies are broken on purpose. */
function notesIn(body: string): string[] {
  const note = /"note":"([^"]*)"/.exec(body)?.[1];
  return note === undefined || note === 'made by a review' ? [] : [note];
}

describe('a review from outside', () => {
  let portal: RunningPortal;
  let file: string;
  before(async () => {
    portal = await startPortal();
    file = targetFile('outside', targetFileOf(portal, false));
  });
  after(() => portal.close());

  // Delivers: LR-119
  it('takes less than a minute, and passes nothing that it could not see', async () => {
    const startedMs = performance.now();
    const { exitCode, stdout } = await launch([
      'check',
      '--json',
      '--target',
      file,
      '--out',
      path.join(home, 'outside'),
    ]);
    assert.ok(performance.now() - startedMs < 60_000);
    assert.equal(exitCode, 3);
    const { criteria, notTested, verdict }: ReadRecord = JSON.parse(stdout);
    const unseen = ['authorization', 'rate-limits', 'monitoring', 'rollback', 'latency', 'resilience'];
    for (const { id, verdict: own, unlock } of criteria.filter((row) => unseen.includes(row.id))) {
      assert.equal(own, 'not_verified', id);
      assert.ok(unlock, `${id}: what would show it`);
    }
    assert.ok(notTested.every(({ because, unlock }) => because !== '' && unlock !== ''));
    assert.match(verdict.sentence, /Nothing failed/);
  });

  it('says one line when it is told to be quiet', async () => {
    const { stdout, stderr } = await launch(['check', '--quiet', '--target', file, '--out', path.join(home, 'quiet')]);
    assert.equal(stderr, '');
    assert.match(stdout, /^[^\n]+\n$/);
  });

  it('writes no escape codes where nobody watches', async () => {
    const { stdout, stderr } = await launch(['check', '--target', file, '--out', path.join(home, 'piped')]);
    assert.ok(stdout.split('\n').length > 12);
    assert.ok(!hasEscapes(stdout + stderr));
  });

  // Delivers: LR-116
  it('ends with 0 when all that it did not see is signed out, and no more once the evidence is old', async () => {
    const { criteria, checks } = recordIn(path.join(home, 'outside'));
    const https = criteria.find(({ id }) => id === 'https');
    assert.ok(https);
    const signed = {
      because: 'Agreed for this test of the range.',
      signedBy: 'The range',
      signedAt: '2026-11-01',
      expires: '2027-11-01',
    };
    const unseen = checks.filter(({ criterion, verdict }) => criterion === 'https' && verdict !== 'pass');
    const scope = [
      ...criteria.filter(({ id }) => id !== 'https').map(({ id }) => ({ check: id, ...signed })),
      ...https.coverage.unproved.map(({ subject }) => ({ check: 'https', subject, ...signed })),
      ...unseen.map(({ id }) => ({ check: id, ...signed })),
    ];
    const folder = path.join(home, 'ready');
    const agreed = targetFile('ready', { ...targetFileOf(portal, false), scope });
    const { exitCode, stdout } = await launch(['check', '--quiet', '--target', agreed, '--out', folder]);
    assert.equal(exitCode, 0, stdout);
    assert.match(stdout, /^Checklist evidence complete for the agreed scope, release r42, until 2026-/);
    assert.match(stdout, /This was a rehearsal/);
    const record = recordIn(folder);
    assert.equal(record.criteria.find(({ id }) => id === 'https')?.verdict, 'pass');
    assert.ok(
      record.checks
        .filter(({ verdict }) => verdict === 'pass')
        .every(({ oldestSeenAt, goodUntil }) => oldestSeenAt !== null && goodUntil !== null),
    );
    assert.ok(
      record.gates.every(({ is }) => is !== 'open'),
      'what was signed out opens no gate',
    );
    const later = await launch(['judge', '--quiet', '--at', '2026-12-24T00:00:00Z', folder]);
    assert.equal(later.exitCode, 3);
    assert.match(later.stdout, /https/);
  });
});

it('keeps what it saw when it is stopped, and says that it was cut short', async () => {
  const portal = await startPortal({ delaysMs: { '*': 200 } });
  try {
    const folder = path.join(home, 'stopped');
    const file = targetFile('stopped', targetFileOf(portal, true));
    const child = started(['check', '--quiet', '--target', file, '--out', folder], passwordsOf(portal));
    for (const until = performance.now() + 20_000; portal.requests().length < 20 && performance.now() < until; )
      await new Promise((resolve) => setTimeout(resolve, 20));
    child.kill('SIGINT');
    const [out, [code]] = await Promise.all([textOf(child), once(child, 'close')]);
    assert.equal(code, 3, out);
    assert.match(out, /The run was cut short: the operator stopped it/);
    const record = recordIn(folder);
    assert.equal(record.run.cutShort, 'the operator stopped it');
    assert.ok(record.notTested.some(({ what }) => what === 'the rest of the run'));
    assert.ok((filesIn(folder)['outside.ndjson'] ?? '').split('\n').length > 10);
    assert.equal((await launch(['judge', '--quiet', folder])).exitCode, 3);
    assert.deepEqual(record.run.left, []);
  } finally {
    await portal.close();
  }
});

function started(args: readonly string[], env: Readonly<Record<string, string>>): ChildProcess {
  const launcher = path.join(import.meta.dirname, '..', 'engine', 'bin', 'launch-ready.js');
  return spawn(process.execPath, [launcher, ...args], {
    cwd: home,
    env: { PATH: process.env.PATH ?? '', HOME: home, LAUNCH_READY_HOME: path.join(home, 'home'), ...env },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
}

async function textOf({ stdout }: ChildProcess): Promise<string> {
  return stdout === null ? '' : Buffer.concat(await stdout.toArray()).toString();
}

describe('this machine', () => {
  const rows =
    'authentication authorization secrets https mail edge rate-limits logging monitoring rollback latency resilience';
  const page = '<!doctype html><title>Mine</title><h1>Mine</h1>';
  let origin: string;
  let close: () => Promise<void>;
  before(async () => {
    const server = await listen(
      createServer((_, response) =>
        response.writeHead(200, { 'content-type': 'text/html', 'x-release': 'r1' }).end(page),
      ),
    );
    origin = `http://${LOOPBACK}:${server.port}`;
    close = server.close;
  });
  after(() => close());

  it('is a preview and never ready, whatever is signed out', async () => {
    const scope = rows.split(' ').map((check) => ({
      check,
      because: 'Agreed for this test of the range.',
      signedBy: 'The range',
      signedAt: '2026-01-01',
      expires: '2099-01-01',
    }));
    const file = targetFile('local', {
      version: 1,
      target: { name: 'Local', url: origin, environment: 'staging' },
      pacing: { requestsPerSecond: 1_000, timeoutSeconds: 0.5, retryPauseSeconds: 0 },
      scope,
    });
    const folder = path.join(home, 'local');
    const { exitCode } = await launch(['check', '--quiet', '--target', file, '--out', folder]);
    const { standing, verdict } = recordIn(folder);
    assert.equal(standing.is, 'preview');
    assert.notEqual(exitCode, 0);
    assert.equal(verdict.exitCode, exitCode);
    assert.match(verdict.sentence, /This was a preview/);
  });

  it('is described by init, which asks before it overwrites', async () => {
    const { exitCode, stdout, stderr } = await launch(['init', '--print', origin]);
    assert.equal(exitCode, 0, stderr);
    assert.match(stdout, /^version: 1$/m);
    assert.ok(stdout.includes(`url: ${origin}/`));
  });
});
