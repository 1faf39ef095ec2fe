import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import type { Outcome } from './tally.ts';

/** What `launch-ready --help` may cost, user and system time together. It is what a shell completion or a CI step feels. */
const HELP_CPU_MS_MAX = 150;
/** Where a system keeps its own Node, which may be older than ours. */
const SYSTEM_NODES = ['/usr/bin/node', '/usr/local/bin/node'];

const Packed = z.tuple([
  z.object({ filename: z.string(), files: z.array(z.object({ path: z.string() })), unpackedSize: z.number() }),
]);

interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The package as a user gets it: packed, installed into an empty folder without a network, and started. */
export function packageStep(root: string): Outcome {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'launch-ready-package-'));
  const call = (cwd: string, program: string, ...args: readonly string[]): Ran => {
    const { status, stdout, stderr } = spawnSync(program, args, {
      cwd,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    return { code: status, stdout, stderr };
  };
  try {
    const packed = call(root, 'npm', 'pack', '--json', '-w', 'engine', '--pack-destination', folder);
    if (packed.code !== 0) return failing(`npm pack: ${packed.stderr}`);
    // Hooks may write to stdout before the JSON does.
    const [{ filename, files, unpackedSize }] = Packed.parse(
      JSON.parse(packed.stdout.slice(packed.stdout.indexOf('[\n'))),
    );
    console.log(`${filename}: ${files.length} files, ${Math.round(unpackedSize / 1024)} KiB`);

    const empty = path.join(folder, 'empty');
    mkdirSync(empty);
    writeFileSync(path.join(empty, 'package.json'), '{ "name": "empty", "private": true, "type": "module" }\n');
    const installed = call(
      empty,
      'npm',
      'install',
      '--offline',
      '--ignore-scripts',
      '--no-audit',
      path.join(folder, filename),
    );
    if (installed.code !== 0) return failing(`npm install: ${installed.stderr}`);

    const bin = path.join(empty, 'node_modules/launch-ready/bin/launch-ready.js');
    const launch = (...args: readonly string[]) => call(empty, process.execPath, bin, ...args);
    launch('--help'); // once to fill the compile cache
    const olderNode =
      'data:text/javascript,Object.defineProperty(process,"versions",{value:{...process.versions,node:"20.20.2"}})';
    const refused = ({ code, stdout, stderr }: Ran) =>
      code === 2 && stdout === '' && /needs Node 24 or newer/.test(stderr) && !/\n\s+at /.test(stderr);
    const older = SYSTEM_NODES.filter(
      (node) => existsSync(node) && majorOf(call(empty, node, '--version').stdout) < 24,
    );

    return count([
      [
        'holds the launcher, the bundle, the schemas, the readme and the licence',
        holdsAll(files.map((file) => file.path)),
      ],
      ['holds no source and no test', files.every((file) => !/\.ts$|\/src\//.test(file.path))],
      ['names no folder of this machine', !namesFolder(path.join(empty, 'node_modules/launch-ready'), files, root)],
      ['installs nothing besides', !existsSync(path.join(empty, 'node_modules/zod'))],
      ['--help lists the commands', /\bcheck\b/.test(launch('--help').stdout) && launch('--help').code === 0],
      [`--help costs less than ${HELP_CPU_MS_MAX} ms`, helpCpuMs(empty, bin) < HELP_CPU_MS_MAX],
      ['check without an address is refused with exit code 2', launch('check').code === 2],
      ['check of what is no web address is refused with exit code 2', launch('check', 'ftp://portal.test').code === 2],
      ['an unknown command is refused with exit code 2', launch('no-such-command').code === 2],
      ['the library can be imported', call(empty, process.execPath, '-e', 'import("launch-ready")').code === 0],
      [
        'an older Node is told what is needed',
        refused(call(empty, process.execPath, '--import', olderNode, bin, '--help')),
      ],
      ...older.map((node): [string, boolean] => [
        `${node} is told what is needed`,
        refused(call(empty, node, bin, '--help')),
      ]),
      ['the checkout is left as it was', !existsSync(path.join(root, 'engine/dist'))],
    ]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function failing(because: string): Outcome {
  console.error(because);
  return { passed: 0, failed: 1, skipped: [] };
}

function count(results: readonly (readonly [name: string, holds: boolean])[]): Outcome {
  for (const [name, holds] of results) console.log(`${holds ? 'ok    ' : 'FAILED'} ${name}`);
  const failed = results.filter(([, holds]) => !holds).length;
  return { passed: results.length - failed, failed, skipped: [] };
}

const holdsAll = (files: readonly string[]) =>
  [
    'bin/launch-ready.js',
    'dist/cli/main.js',
    'dist/index.js',
    'schema/run-record-1.schema.json',
    'README.md',
    'LICENSE',
  ].every((file) => files.includes(file));

const namesFolder = (folder: string, files: readonly { readonly path: string }[], name: string) =>
  files.some((file) => readFileSync(path.join(folder, file.path), 'utf8').includes(name));

const majorOf = (version: string) => Number(/^v(\d+)/.exec(version)?.[1] ?? Number.NaN);

/** User and system time of one start, ms, as the shell's `times` sums it up for its children (POSIX: second line). */
function helpCpuMs(cwd: string, bin: string): number {
  const { stdout } = spawnSync('sh', ['-c', '"$0" "$1" --help > help.txt; times', process.execPath, bin], {
    cwd,
    encoding: 'utf8',
  });
  const [user, system] = [...(stdout.split('\n')[1] ?? '').matchAll(/(\d+)m([\d.]+)s/g)].map(
    ([, minutes, seconds]) => (Number(minutes) * 60 + Number(seconds)) * 1000,
  );
  const cost = (user ?? Number.NaN) + (system ?? Number.NaN);
  console.log(`--help costs ${cost.toFixed(0)} ms of CPU`);
  return cost;
}
