// Adds to package-lock.json the platform variants that the registry in reach did not serve (npm leaves them out, and then
// `npm ci` refuses the lock, on this machine and on others; npm/cli#9342). An entry of name and version is enough: npm skips
// what is optional and not for its platform. Run by `npm run lock`, after every change of a dependency.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';

const LockEntry = z.looseObject({
  version: z.string().optional(),
  link: z.boolean().optional(),
  dev: z.boolean().optional(),
  optionalDependencies: z.record(z.string(), z.string()).optional(),
});
const Lock = z.looseObject({ packages: z.record(z.string(), LockEntry) });
type LockEntry = z.infer<typeof LockEntry>;
export type Lock = z.infer<typeof Lock>;

const SYSTEMS = ['android', 'darwin', 'freebsd', 'linux', 'openharmony', 'win32', 'sunos', 'aix', 'netbsd', 'openbsd'];
const PROCESSORS = ['arm64', 'x64', 'arm', 'ia32', 'loong64', 'mips64el', 'ppc64', 'riscv64', 's390x', 'wasm32'];
const EXACT = /^\d+\.\d+\.\d+[\w.+-]*$/;

export interface Completed {
  readonly lock: Lock;
  /** Keys of the entries that were added. */
  readonly added: readonly string[];
  /** Missing variants that are asked for by a range, so that we cannot know their version. */
  readonly unknown: readonly string[];
}

export function completeLock(lock: Lock): Completed {
  const packages: Record<string, LockEntry> = { ...lock.packages };
  const added: string[] = [];
  const unknown: string[] = [];
  for (const [key, entry] of Object.entries(lock.packages)) {
    for (const [name, range] of Object.entries(entry.optionalDependencies ?? {})) {
      const folders = foldersSeenFrom(key);
      const found = folders.find((folder) => packages[folder + name] !== undefined);
      const version = range.startsWith('npm:') ? range.slice(range.lastIndexOf('@') + 1) : range;
      if (!EXACT.test(version)) {
        if (found === undefined) unknown.push(`${key}: ${name}@${range}`);
        continue;
      }
      if (found !== undefined && packages[found + name]?.version === version) continue;
      // Beside everything else where the name is free, else in the asking package's own folder, where it hides the other version.
      const place = (found === undefined ? 'node_modules/' : `${key}/node_modules/`) + name;
      packages[place] = variant(name, version, entry.dev === true);
      added.push(place);
    }
  }
  const sorted = Object.entries(packages).sort(([a], [b]) => (a < b ? -1 : 1));
  return { lock: { ...lock, packages: Object.fromEntries(sorted) }, added, unknown };
}

/** The node_modules folders in which Node looks for what a package imports, nearest first. */
function foldersSeenFrom(key: string): string[] {
  const steps = key.split('/');
  const folders = steps.map((_, index) => `${steps.slice(0, steps.length - index).join('/')}/node_modules/`);
  return [...folders.filter((folder) => !folder.includes('node_modules/node_modules')), 'node_modules/'];
}

/** npm names a variant after its platform: `@biomejs/cli-linux-arm64-musl`. */
function variant(name: string, version: string, dev: boolean): LockEntry {
  const words = name.split(/[-/_]/);
  const system = SYSTEMS.filter((one) => words.includes(one));
  const processor = PROCESSORS.filter((one) => words.includes(one));
  return {
    version,
    ...(processor.length > 0 ? { cpu: processor } : {}),
    ...(dev ? { dev: true } : {}),
    ...(words.includes('musl') ? { libc: ['musl'] } : {}),
    optional: true,
    ...(system.length > 0 ? { os: system } : {}),
  };
}

if (import.meta.main) {
  const file = path.join(import.meta.dirname, '../package-lock.json');
  const { lock, added, unknown } = completeLock(Lock.parse(JSON.parse(readFileSync(file, 'utf8'))));
  writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
  for (const one of unknown) console.error(`left out, its version is not exact: ${one}`);
  console.log(`${added.length} platform variants added to package-lock.json`);
}
