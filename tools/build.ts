// Bundles the engine to engine/dist, as it is published: plain JavaScript without dependencies. One file to load for
// `--help`, a chunk for each command. Run by `npm pack` and `npm publish` (prepack); `--clean` takes everything away again.
import { copyFileSync, existsSync, globSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { rolldown } from 'rolldown';
import { z } from 'zod';

const ROOT = path.join(import.meta.dirname, '..');
const DIST = path.join(ROOT, 'engine/dist');
/** Files of the checkout that belong into the package too. */
const SHARED = ['README.md', 'LICENSE'];

const Package = z.object({ name: z.string(), version: z.string(), license: z.string() });

export async function build(): Promise<void> {
  clean();
  const bundle = await rolldown({
    cwd: path.join(ROOT, 'engine'),
    input: { 'cli/main': 'src/cli/main.ts', index: 'src/index.ts' },
    platform: 'node',
    // Anything that is found nowhere is our mistake, not the user's to install.
    onLog(level, log, report) {
      if (log.code === 'UNRESOLVED_IMPORT') throw new Error(log.message);
      report(level, log);
    },
  });
  const { output } = await bundle.write({
    dir: DIST,
    format: 'esm',
    // As deep as cli/: code that looks for a file of the package finds it from both.
    chunkFileNames: 'chunks/[name]-[hash].js',
    cleanDir: true,
  });
  await bundle.close();
  const modules = output.flatMap((file) => (file.type === 'chunk' ? file.moduleIds : []));
  writeFileSync(path.join(DIST, 'THIRD-PARTY-LICENSES.txt'), notices(modules));
  for (const file of SHARED) copyFileSync(path.join(ROOT, file), path.join(ROOT, 'engine', file));
}

function clean(): void {
  rmSync(DIST, { recursive: true, force: true });
  for (const file of SHARED) rmSync(path.join(ROOT, 'engine', file), { force: true });
}

/** Whoever's code we pass on is named, with the terms under which they gave it. */
function notices(modules: readonly string[]): string {
  const folders = modules.map((file) => /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0] ?? '').filter(Boolean);
  return [...new Set(folders)]
    .sort()
    .map((folder) => {
      const { name, version, license } = Package.parse(
        JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')),
      );
      const [terms] = globSync('{LICENSE,LICENCE,license}*', { cwd: folder });
      if (terms === undefined) throw new Error(`${name} comes without its licence text: it cannot be passed on`);
      return `${name} ${version} (${license})\n\n${readFileSync(path.join(folder, terms), 'utf8').trim()}\n`;
    })
    .join(`\n${'-'.repeat(72)}\n\n`);
}

if (import.meta.main) {
  if (process.argv.includes('--clean')) clean();
  else {
    const missing = ['engine/src/cli/main.ts', 'engine/src/index.ts', ...SHARED].filter(
      (file) => !existsSync(path.join(ROOT, file)),
    );
    if (missing.length > 0) {
      console.error(`nothing is built: ${missing.join(', ')} is missing`);
      process.exit(1);
    }
    await build();
    const files = globSync('**/*.js', { cwd: DIST });
    const bytes = files.reduce((sum, file) => sum + statSync(path.join(DIST, file)).size, 0);
    console.log(`engine/dist: ${files.length} files, ${Math.round(bytes / 1024)} KiB`);
  }
}
