import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { stringify } from 'yaml';
import { startPortal } from '../portal/start-portal.ts';
import type { PartialSwitches } from '../portal/switches.ts';

const LAUNCHER = path.join(import.meta.dirname, '..', '..', 'engine', 'bin', 'launch-ready.js');

export interface Measured {
  /** Null when a signal ended it. */
  readonly exitCode: number | null;
  readonly signal: string | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly wallMs: number;
  /** Largest resident memory, bytes. */
  readonly memoryBytes: number;
  /** User and system time together, ms. */
  readonly cpuMs: number;
}

/**
 * Loaded before the CLI: writes down what the process took once it is over. Memory from /proc where there is one:
 * what getrusage tells starts with the memory of the parent (Linux, fs/exec.c).
 */
const NOTE_USAGE = `data:text/javascript,${encodeURIComponent(
  `import { existsSync, readFileSync, writeFileSync } from 'node:fs';
process.on('exit', () => {
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
  const status = existsSync('/proc/self/status') ? readFileSync('/proc/self/status', 'utf8') : '';
  const memoryKib = Number(/VmHWM:\\s+(\\d+) kB/.exec(status)?.[1] ?? maxRSS);
  writeFileSync(process.env.LR_USAGE_FILE, JSON.stringify({ memoryKib, cpuUs: userCPUTime + systemCPUTime }));
});`,
)}`;

/** A program that hangs is killed after this, ms. */
const MS_MAX = 150_000;

/** Runs the CLI as a process of its own, with nothing of our environment, and measures it. */
export function launchMeasured(
  args: readonly string[],
  folder: string,
  {
    env = {},
    launcher = LAUNCHER,
  }: { readonly env?: Readonly<Record<string, string>>; readonly launcher?: string } = {},
): Promise<Measured> {
  const notes = mkdtempSync(path.join(os.tmpdir(), 'launch-ready-usage-'));
  const usageFile = path.join(notes, 'usage.json');
  const startedMs = performance.now();
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--import', NOTE_USAGE, launcher, ...args], {
      cwd: folder,
      env: {
        PATH: process.env.PATH ?? '',
        HOME: folder,
        LAUNCH_READY_HOME: path.join(folder, 'home'),
        NODE_COMPILE_CACHE: path.join(os.tmpdir(), 'launch-ready-compile-cache'),
        LR_USAGE_FILE: usageFile,
        ...env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: MS_MAX,
      killSignal: 'SIGKILL',
    });
    const [out, err]: [Buffer[], Buffer[]] = [[], []];
    child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => err.push(chunk));
    child.once('error', reject);
    child.once('close', (exitCode, signal) => {
      const wallMs = performance.now() - startedMs;
      // Of a process that was killed nothing is known.
      const usage: { readonly memoryKib: number; readonly cpuUs: number } | undefined =
        signal === null ? JSON.parse(readFileSync(usageFile, 'utf8')) : undefined;
      rmSync(notes, { recursive: true });
      resolve({
        exitCode,
        signal,
        stdout: Buffer.concat(out).toString(),
        stderr: Buffer.concat(err).toString(),
        wallMs,
        memoryBytes: (usage?.memoryKib ?? Number.NaN) * 1024,
        cpuMs: (usage?.cpuUs ?? Number.NaN) / 1000,
      });
    });
  });
}

/** What tools/bench hands over: what is changed at the sound portal, and the pacing of the target file. */
interface ToMeasure {
  readonly switches: PartialSwitches;
  readonly pacing: object;
}

/** Reviews the portal from outside, and measures that. */
async function reviewMeasured({ switches, pacing }: ToMeasure) {
  const portal = await startPortal(switches);
  const folder = mkdtempSync(path.join(os.tmpdir(), 'launch-ready-measured-'));
  try {
    const file = path.join(folder, 'launch-ready.yaml');
    const out = path.join(folder, 'run');
    writeFileSync(file, stringify({ ...portal.targetFile, pacing }));
    const { exitCode, stderr, memoryBytes, cpuMs } = await launchMeasured(
      ['check', '--quiet', '--target', file, '--out', out],
      folder,
    );
    if (exitCode !== 1 && exitCode !== 3) throw new Error(`the review ended with ${exitCode}:\n${stderr}`);
    const { waitedMs, wallMs }: { readonly waitedMs: number; readonly wallMs: number } = JSON.parse(
      readFileSync(path.join(out, 'run.json'), 'utf8'),
    );
    return { waitedMs, wallMs, memoryBytes, cpuMs, requests: portal.requests().length };
  } finally {
    await portal.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** `--review '{"switches":{},"pacing":{}}'`, or `--command <launcher> <arguments>`: for tools/bench, which imports nothing of the range. */
if (import.meta.main) {
  const [mode, first = '', ...args] = process.argv.slice(2);
  const result =
    mode === '--review'
      ? await reviewMeasured(JSON.parse(first))
      : await launchMeasured(args, os.tmpdir(), { launcher: path.resolve(first) });
  process.stdout.write(`${JSON.stringify(result)}\n`);
}
