import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { stringify } from 'yaml';
import { type RunningPortal, startPortal } from './portal/start-portal.ts';
import type { PartialSwitches } from './portal/switches.ts';

const LAUNCHER = path.join(import.meta.dirname, '..', 'engine', 'bin', 'launch-ready.js');
/** A review of the range takes a few seconds; past this it hangs, ms. */
const REVIEW_MS_MAX = 120_000;

/** Long enough for a busy machine, so that no fault is missed for want of time, s. */
const PATIENT_SECONDS = 5;
/** Where silence is what is tried, waiting for it tells nothing more, s. */
export const SHORT_SECONDS = 1;

/** What the range reads of a run record; the whole shape is the engine's. */
export interface ReadRecord {
  readonly verdict: { readonly is: string; readonly exitCode: number; readonly sentence: string };
  readonly findings: readonly { readonly check: string; readonly problem: string; readonly subject: string }[];
  readonly checks: readonly {
    readonly id: string;
    readonly verdict: string;
    readonly because: string | null;
    readonly evidence: readonly { readonly observation: string }[];
    readonly coverage: { readonly unproved: readonly { readonly subject: string; readonly because: string }[] };
  }[];
  readonly observations: Readonly<Record<string, { readonly subject: string }>>;
  readonly run: {
    readonly left: readonly string[];
    readonly sent: readonly { readonly template: string; readonly sent: number; readonly ceiling: number }[];
  };
}

export interface Reviewed {
  readonly record: ReadRecord;
  readonly exitCode: number;
  readonly stderr: string;
  /** What the portal itself was asked. */
  readonly requests: ReturnType<RunningPortal['requests']>;
  readonly state: ReturnType<RunningPortal['state']>;
  readonly stateBefore: ReturnType<RunningPortal['state']>;
}

/** Two accounts of two tenants, as an owner would write them down. */
export function targetFileOf(portal: RunningPortal, signedIn: boolean, timeoutSeconds = PATIENT_SECONDS) {
  const accounts = portal.accounts.filter(({ role }) => role === 'client');
  const target = {
    ...portal.targetFile,
    pacing: {
      requestsPerSecond: 1_000,
      concurrentPerHost: 32,
      timeoutSeconds,
      retryPauseSeconds: 0.02,
      budgetMinutes: 1,
    },
  };
  return signedIn
    ? {
        ...target,
        identityPath: '/api/me',
        accounts: accounts.map(({ account, tenant, role, email }) => ({
          name: account,
          tenant,
          role,
          signIn: {
            kind: 'json',
            path: '/api/session',
            body: { email, password: { env: envOf(account) } },
            identity: email,
          },
        })),
        objects: [
          {
            name: 'record',
            create: {
              path: '/api/records',
              body: {
                title: 'Launch Ready review',
                note: 'made by a review',
                amountCents: '100',
                contactEmail: 'review@canary.invalid',
              },
              idAt: '/id',
            },
            path: '/api/records/{id}',
            field: 'note',
          },
        ],
        consent: { effects: ['reads', 'writes'], by: 'The range', on: '2026-11-01' },
      }
    : target;
}

export const envOf = (account: string) => `LR_${account.toUpperCase().replaceAll(/[^A-Z]/g, '_')}_PASSWORD`;

export const passwordsOf = (portal: RunningPortal) =>
  Object.fromEntries(portal.accounts.map(({ account, password }) => [envOf(account), password]));

/** Brings up the portal with a change, lets the CLI review it as a process of its own, and reads what it says. */
export async function reviewPortal(
  change: PartialSwitches,
  { signedIn = false, timeoutSeconds = PATIENT_SECONDS } = {},
): Promise<Reviewed> {
  const portal = await startPortal(change);
  const folder = mkdtempSync(path.join(os.tmpdir(), 'launch-ready-range-'));
  try {
    const file = path.join(folder, 'launch-ready.yaml');
    writeFileSync(file, stringify(targetFileOf(portal, signedIn, timeoutSeconds)));
    const stateBefore = structuredClone(portal.state());
    const { exitCode, stderr } = await launched(
      ['check', '--quiet', '--target', file, '--out', path.join(folder, 'run')],
      folder,
      signedIn ? passwordsOf(portal) : {},
    );
    if (exitCode === 2 || exitCode === 4) throw new Error(`the review ended with ${exitCode}:\n${stderr}`);
    const record: ReadRecord = JSON.parse(readFileSync(path.join(folder, 'run', 'record.json'), 'utf8'));
    return { record, exitCode, stderr, requests: portal.requests(), state: portal.state(), stateBefore };
  } finally {
    await portal.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Runs the CLI with nothing of our environment but what it needs. */
export function launched(
  args: readonly string[],
  folder: string,
  env: Readonly<Record<string, string>>,
): Promise<{ readonly exitCode: number; readonly stdout: string; readonly stderr: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [LAUNCHER, ...args], {
      cwd: folder,
      env: {
        PATH: process.env.PATH ?? '',
        HOME: folder,
        LAUNCH_READY_HOME: path.join(folder, 'home'),
        NODE_COMPILE_CACHE: path.join(os.tmpdir(), 'launch-ready-compile-cache'),
        ...env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: REVIEW_MS_MAX,
      killSignal: 'SIGKILL',
    });
    const [out, err]: [Buffer[], Buffer[]] = [[], []];
    child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => err.push(chunk));
    child.once('error', reject);
    child.once('close', (code, signal) =>
      signal === null
        ? resolve({ exitCode: code ?? 4, stdout: Buffer.concat(out).toString(), stderr: Buffer.concat(err).toString() })
        : reject(new Error(`the review was killed by ${signal}:\n${Buffer.concat(err)}`)),
    );
  });
}
