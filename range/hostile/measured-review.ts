import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

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
