// `npm start`: the sound portal on its little internet, reviewed by the command line as any portal would be.
import { spawn } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { stringify } from 'yaml';
import { startPortal } from './portal/start-portal.ts';
import { passwordsOf, targetFileOf } from './review-portal.ts';

/** Something is always unseen here: a review of the range has no repository, no logs and no drills. */
const EXPECTED_EXIT = 3;

const root = path.join(import.meta.dirname, '..');
const folder = path.join(root, '.launch-ready', 'start');
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
const portal = await startPortal();
const file = path.join(folder, 'launch-ready.yaml');
writeFileSync(file, stringify(targetFileOf(portal, true)));

console.log('A small client portal is up on a small internet of its own (loopback only). Reviewing it:\n');
const child = spawn(
  process.execPath,
  [path.join(root, 'engine', 'bin', 'launch-ready.js'), 'check', '--target', file, '--out', path.join(folder, 'run')],
  {
    cwd: root,
    env: { ...process.env, ...passwordsOf(portal), LAUNCH_READY_HOME: path.join(folder, 'home') },
    stdio: 'inherit',
  },
);
const code = await new Promise<number>((resolve) => child.once('close', (exit) => resolve(exit ?? 4)));
await portal.close();
console.log(
  code === EXPECTED_EXIT
    ? 'Exit code 3, as expected: nothing failed, and rows that nobody let it see are not verified.'
    : `Exit code ${code}, expected ${EXPECTED_EXIT}.`,
);
process.exitCode = code === EXPECTED_EXIT ? 0 : 1;
