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
type Lock = z.infer<typeof Lock>;

const SYSTEMS = ['android', 'darwin', 'freebsd', 'linux', 'openharmony', 'win32', 'sunos', 'aix', 'netbsd', 'openbsd'];
const PROCESSORS = ['arm64', 'x64', 'arm', 'ia32', 'loong64', 'mips64el', 'ppc64', 'riscv64', 's390x', 'wasm32'];
const EXACT = /^\d+\.\d+\.\d+[\w.+-]*$/;

export interface Missing {
  /** The entries to add, by their key. */
  readonly entries: Readonly<Record<string, LockEntry>>;
  /** Missing variants that are asked for by a range, so that we cannot know their version. */
  readonly unknown: readonly string[];
}

export function missingVariants({ packages }: Pick<Lock, 'packages'>): Missing {
  const entries: Record<string, LockEntry> = {};
  const unknown: string[] = [];
  const at = (place: string) => packages[place] ?? entries[place];
  for (const [key, entry] of Object.entries(packages)) {
    for (const [name, range] of Object.entries(entry.optionalDependencies ?? {})) {
      const found = foldersSeenFrom(key).find((folder) => at(folder + name) !== undefined);
      const version = range.startsWith('npm:') ? range.slice(range.lastIndexOf('@') + 1) : range;
      if (!EXACT.test(version)) {
        if (found === undefined) unknown.push(`${key}: ${name}@${range}`);
        continue;
      }
      if (found !== undefined && at(found + name)?.version === version) continue;
      // Beside everything else where the name is free, else in the asking package's own folder, where it hides the other version.
      const place = (found === undefined ? 'node_modules/' : `${key}/node_modules/`) + name;
      entries[place] = variant(name, version, entry.dev === true);
    }
  }
  return { entries, unknown };
}

/** The lock's text with the missing variants in their places, and otherwise as npm wrote it. */
export function completed(text: string): { readonly text: string; readonly missing: Missing } {
  const missing = missingVariants(Lock.parse(JSON.parse(text)));
  // The shape was checked just above; this copy keeps npm's order of keys.
  const lock: { packages: Record<string, unknown> } = JSON.parse(text);
  const packages = Object.entries({ ...lock.packages, ...missing.entries }).sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    text: `${JSON.stringify({ ...lock, packages: Object.fromEntries(packages) }, null, 2)}\n`,
    missing,
  };
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
  const { text, missing } = completed(readFileSync(file, 'utf8'));
  writeFileSync(file, text);
  for (const one of missing.unknown) console.error(`left out, its version is not exact: ${one}`);
  console.log(`${Object.keys(missing.entries).length} platform variants added to package-lock.json`);
}
