// Which TLS versions and suites a server accepts: our probe against sslscan and testssl.sh, on two real servers of this machine.
// Every run also compares the verdicts: a fast answer that differs is no answer.
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import net, { type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { ofKind } from '../../engine/src/model/observation.ts';
import { tlsSuiteName } from '../../engine/src/parsers/tls-suites.ts';
import type { Context } from '../../engine/src/probes/probe.ts';
import probe from '../../engine/src/probes/tls-offer/probe.ts';
import { createWire } from '../../engine/src/probes/wire/create-wire.ts';
import { issue, RSA_2048 } from '../../engine/src/testing/certificates.ts';
import { loopbackContext } from '../../engine/src/testing/loopback-wire.ts';

export interface BenchRow {
  readonly name: string;
  readonly ours: number;
  readonly peer: number;
  /** Ours over the peer's. */
  readonly ratio: number;
  readonly unit: string;
  /** The largest ratio that is good enough. */
  readonly aim: number;
}

const run = promisify(execFile);

/** Aim: five times as fast. Ours. */
const RATIO_AIM = 0.2;
/** testssl.sh takes half a minute, and its time varies by a few per cent: once is enough. */
const RUNS = { near: 41, far: 7, testssl: 1 };
/** One way, and only once a connection is open, ms: half of a round trip between two cities of one continent. */
const FAR_MS = 20;

const NEEDED: Readonly<Record<string, string>> = {
  nginx: 'nginx',
  sslscan: 'sslscan',
  testssl: 'testssl.sh',
  openssl: 'openssl',
};

interface Server {
  readonly name: string;
  readonly nginx: readonly string[];
}

const SERVERS: readonly Server[] = [
  {
    name: 'modern',
    nginx: ['ssl_protocols TLSv1.2 TLSv1.3;', 'ssl_ciphers ECDHE+AESGCM:ECDHE+CHACHA20;'],
  },
  {
    name: 'old',
    nginx: [
      'ssl_protocols TLSv1 TLSv1.1 TLSv1.2;',
      'ssl_ciphers "ECDHE+AES:kRSA+AES:kRSA+CAMELLIA:@SECLEVEL=0";',
      'ssl_prefer_server_ciphers on;',
    ],
  },
];

/** `TLSv1.2 0xc02f`, sorted: all that is compared. */
type Verdict = readonly string[];
type Scan = (port: number) => () => Promise<Verdict>;
type Runs = Readonly<Record<string, { readonly scan: Scan; readonly times: number }>>;

const line = (version: string, code: number) => `${version} 0x${code.toString(16).padStart(4, '0')}`;

/**
 * The wire of the product, unpaced: how long it waits between requests for the sake of the target is no matter of speed.
 * One wire serves all runs, as it does in a review; the median is of a program that is warm, as the peers are compiled ones.
 */
function ours(port: number): () => Promise<Verdict> {
  const given = { ...loopbackContext(port).given, hosts: [{ host: 'bench.test', role: 'app' as const }] };
  const wire = createWire({
    network: { resolver: null, trust: [], connect: { 'bench.test:443': `127.0.0.1:${port}` } },
    hosts: ['bench.test'],
    templates: probe.templates(given).map((template) => ({ ...template, ceiling: Number.POSITIVE_INFINITY })),
    pacing: { requestsPerSecond: 1_000_000, concurrentPerHost: 100, connectTimeoutMs: 5_000, timeoutMs: 5_000 },
    version: 'bench',
    runHeader: ['X-Bench', 'bench'],
    now: () => new Date(),
    ticks: () => performance.now(),
  });
  const context: Context = { ...loopbackContext(port), given, wire };
  const [action] = probe.plan({ given, seen: [], seed: 'bench' });
  if (action === undefined) throw new Error('nothing planned');
  return async () => {
    const seen = await Array.fromAsync(probe.run(action, context, AbortSignal.timeout(60_000)));
    const [obstacle] = ofKind('obstacle', seen);
    if (obstacle !== undefined) throw new Error(`${obstacle.reason}: ${obstacle.detail}`);
    return ofKind('tls-offer', seen)
      .flatMap(({ suites }) => suites)
      .flatMap(({ version, accepted, complete }) => [
        ...accepted.map((code) => line(version, code)),
        ...(complete ? [] : [`${version} cut`]),
      ])
      .sort();
  };
}

/** Only what we do too: versions and suites. */
const sslscan: Scan = (port) => async () => {
  const leaveOut = [
    'heartbleed',
    'compression',
    'renegotiation',
    'fallback',
    'groups',
    'check-certificate',
    'cipher-details',
  ];
  const args = ['--no-colour', '--show-cipher-ids', ...leaveOut.map((what) => `--no-${what}`), `127.0.0.1:${port}`];
  const { stdout } = await run('sslscan', args);
  return [...stdout.matchAll(/^(?:Preferred|Accepted)\s+(\S+)\s+\d+ bits\s+0x([0-9A-F]+)/gim)]
    .map(([, version = '', code = '']) => line(version, Number.parseInt(code, 16)))
    .sort();
};

const testssl: Scan = (port) => async () => {
  const { stdout } = await run('testssl', [
    '-E',
    '--color',
    '0',
    '--quiet',
    '--warnings',
    'off',
    '--nodns',
    'min',
    `127.0.0.1:${port}`,
  ]);
  const verdict: string[] = [];
  let version = '';
  for (const row of stdout.split('\n')) {
    version = VERSION_OF_HEAD[row.trim().replace(/ {2,}.*$/, '')] ?? version;
    const code = /^ x([0-9a-f]{2,4}) /.exec(row)?.[1];
    if (code !== undefined) verdict.push(line(version, Number.parseInt(code, 16)));
  }
  return verdict.sort();
};
const VERSION_OF_HEAD: Readonly<Record<string, string>> = {
  SSLv3: 'SSLv3',
  'TLS 1': 'TLSv1.0',
  'TLS 1.1': 'TLSv1.1',
  'TLS 1.2': 'TLSv1.2',
  'TLS 1.3': 'TLSv1.3',
};

interface Measured {
  readonly verdict: Verdict;
  readonly medianMs: number;
}

/** Takes turns, so that whatever else this machine does slows both alike. */
async function measure(port: number, runs: Runs): Promise<Readonly<Record<string, Measured>>> {
  const scans = Object.entries(runs).map(([name, { scan, times }]) => ({ name, scan: scan(port), left: times }));
  const taken = new Map<string, { verdict: Verdict; ms: number[] }>();
  while (scans.some(({ left }) => left > 0)) {
    for (const one of scans.filter(({ left }) => left > 0)) {
      one.left -= 1;
      const startedMs = performance.now();
      const verdict = await one.scan();
      const ms = [...(taken.get(one.name)?.ms ?? []), performance.now() - startedMs];
      taken.set(one.name, { verdict, ms });
    }
  }
  return Object.fromEntries([...taken].map(([name, { verdict, ms }]) => [name, { verdict, medianMs: medianOf(ms) }]));
}

const medianOf = (values: readonly number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

function differences(name: string, mine: Verdict, theirs: Verdict): string[] {
  const named = (one: string) => one.replace(/0x[0-9a-f]{4}/, (code) => tlsSuiteName(Number(code)));
  return [
    ...mine.filter((one) => !theirs.includes(one)).map((one) => `${name}: only we see ${named(one)}`),
    ...theirs.filter((one) => !mine.includes(one)).map((one) => `${name}: we do not see ${named(one)}`),
  ];
}

/** Compares speed and verdicts. Throws when a verdict differs or a tool is missing. */
export async function benchTls(): Promise<readonly BenchRow[]> {
  const missing = await missingTools();
  if (missing.length > 0) throw new Error(`install these packages first: ${missing.join(' ')}`);
  const folder = mkdtempSync(path.join(tmpdir(), 'bench-tls-'));
  const stops: (() => Promise<void>)[] = [];
  try {
    const rows: BenchRow[] = [];
    const problems: string[] = [];
    const compare = (name: string, { ours: mine, ...peers }: Readonly<Record<string, Measured>>) => {
      if (mine === undefined) throw new Error('we were not measured');
      for (const [peer, theirs] of Object.entries(peers)) {
        problems.push(...differences(`${name}, ${peer}`, mine.verdict, theirs.verdict));
        rows.push(rowOf(`${name}, against ${peer}`, mine, theirs));
      }
    };
    for (const server of SERVERS) {
      const port = await startNginx(server, path.join(folder, server.name), stops);
      const near: Runs = {
        ours: { scan: ours, times: RUNS.near },
        sslscan: { scan: sslscan, times: RUNS.near },
        'testssl.sh -E': { scan: testssl, times: RUNS.testssl },
      };
      const far: Runs = { ours: { scan: ours, times: RUNS.far }, sslscan: { scan: sslscan, times: RUNS.far } };
      compare(`TLS versions and suites, ${server.name} server`, await measure(port, near));
      const farPort = await startFar(port, stops);
      compare(`the same, ${2 * FAR_MS} ms away`, await measure(farPort, far));
    }
    if (problems.length > 0) throw new Error(`verdicts differ:\n${problems.join('\n')}`);
    return rows;
  } finally {
    for (const stop of stops) await stop();
    rmSync(folder, { recursive: true });
  }
}

function rowOf(name: string, mine: Measured, theirs: Measured): BenchRow {
  const title = `${name} (${mine.verdict.length} accepted)`;
  return {
    name: title,
    ours: mine.medianMs,
    peer: theirs.medianMs,
    ratio: mine.medianMs / theirs.medianMs,
    unit: 'ms',
    aim: RATIO_AIM,
  };
}

async function missingTools(): Promise<string[]> {
  const found = await Promise.all(
    Object.entries(NEEDED).map(async ([command, debianPackage]) => {
      try {
        await run('sh', ['-c', `command -v ${command}`]);
        return [];
      } catch {
        return [debianPackage];
      }
    }),
  );
  return found.flat();
}

async function freePort(): Promise<number> {
  const server = net.createServer();
  await once(server.listen(0, '127.0.0.1'), 'listening');
  // The cast holds: a TCP server that listens has an address with a port.
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

async function startNginx({ nginx }: Server, folder: string, stops: (() => Promise<void>)[]): Promise<number> {
  mkdirSync(folder);
  const port = await freePort();
  const { key, cert } = issue({
    subject: '/CN=bench.test',
    key: RSA_2048,
    extensions: ['subjectAltName=DNS:bench.test'],
  });
  writeFileSync(path.join(folder, 'key.pem'), key);
  writeFileSync(path.join(folder, 'cert.pem'), cert);
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (what) => `${what}_temp_path ${folder}/${what};`,
  );
  const lines = [
    'daemon off; worker_processes auto;',
    `pid ${folder}/pid; error_log ${folder}/error.log;`,
    'events { worker_connections 512; }',
    `http { access_log off; ${temporary.join(' ')}`,
    `server { listen 127.0.0.1:${port} ssl; ssl_certificate ${folder}/cert.pem; ssl_certificate_key ${folder}/key.pem;`,
    ...nginx,
    'return 204; } }',
  ];
  writeFileSync(path.join(folder, 'nginx.conf'), lines.join('\n'));
  const child = spawn(
    'nginx',
    ['-p', folder, '-c', path.join(folder, 'nginx.conf'), '-e', path.join(folder, 'error.log')],
    {
      stdio: ['ignore', 'ignore', 'inherit'],
    },
  );
  stops.push(async () => {
    if (child.exitCode !== null) return;
    child.kill('SIGTERM');
    await once(child, 'exit');
  });
  await answering(port);
  return port;
}

/** A way to the port that takes its time, in a process of its own, so that it slows neither side. */
async function startFar(to: number, stops: (() => Promise<void>)[]): Promise<number> {
  const port = await freePort();
  const child = spawn(process.execPath, [import.meta.filename, 'far', String(port), String(to)], { stdio: 'inherit' });
  stops.push(async () => {
    child.kill('SIGTERM');
    await once(child, 'exit');
  });
  await answering(port);
  return port;
}

function beFar(port: number, to: number): void {
  net
    .createServer({ allowHalfOpen: true }, (near) => {
      const far = net.connect({ host: '127.0.0.1', port: to, allowHalfOpen: true });
      for (const [from, into] of [
        [near, far],
        [far, near],
      ] as const) {
        from.on('data', (chunk) => setTimeout(() => into.write(chunk), FAR_MS));
        from.on('end', () => setTimeout(() => into.end(), FAR_MS));
        from.on('error', () => into.destroy());
      }
    })
    .listen(port, '127.0.0.1');
}

async function answering(port: number): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    const socket = net.connect({ host: '127.0.0.1', port });
    try {
      await once(socket, 'connect');
      return;
    } catch {
      await sleep(50);
    } finally {
      socket.destroy();
    }
  }
  throw new Error(`nothing answers on port ${port}`);
}

if (import.meta.main) {
  const [, , mode, port, to] = process.argv;
  if (mode === 'far') beFar(Number(port), Number(to));
  else {
    try {
      const rows = await benchTls();
      for (const { name, ours: mine, peer, ratio, unit, aim } of rows) {
        console.log(
          `${ratio <= aim ? 'ok  ' : 'SLOW'} ${name}: ${mine.toFixed(1)} / ${peer.toFixed(1)} ${unit} = ${ratio.toFixed(3)} (aim ${aim})`,
        );
      }
      if (rows.some(({ ratio, aim }) => ratio > aim)) process.exitCode = 1;
    } catch (cause) {
      console.error(cause instanceof Error ? cause.message : cause);
      process.exitCode = 1;
    }
  }
}
