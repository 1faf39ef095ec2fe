import { existsSync, globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import type { Outcome } from './tally.ts';

export interface Known {
  readonly scripts: readonly string[];
  readonly commands: readonly string[];
  readonly exists: (file: string) => boolean;
}

const Package = z.object({ scripts: z.record(z.string(), z.string()) });
/** What a reader must be able to copy out of the README. */
const README_SHOWS = ['npm ci', 'npm test'];

/** What our documents tell a reader to type or to follow is there: scripts, commands, links. */
export function docsStep(root: string): Outcome {
  const { scripts } = Package.parse(JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')));
  const known: Known = {
    scripts: Object.keys(scripts),
    commands: globSync('engine/src/cli/commands/*.ts', { cwd: root })
      .filter((file) => !file.endsWith('.test.ts'))
      .map((file) => path.basename(file, '.ts')),
    exists: (file) => existsSync(path.join(root, file)),
  };
  const scriptProblems = missingFiles(scripts, known.exists);
  const files = globSync(['*.md', 'docs/**/*.md'], { cwd: root }).sort();
  const inDocuments = files.flatMap((file) =>
    documentProblems(file, readFileSync(path.join(root, file), 'utf8'), known),
  );
  const problems = [...inDocuments, ...scriptProblems];
  for (const problem of problems) console.error(problem);
  return {
    passed: files.length - new Set(inDocuments.map((problem) => problem.split(':')[0])).size,
    failed: problems.length,
    skipped: [],
  };
}

/** Files that a script of package.json runs and that are not there. */
export function missingFiles(scripts: Readonly<Record<string, string>>, exists: Known['exists']): string[] {
  return Object.entries(scripts).flatMap(([name, line]) =>
    [...line.matchAll(/(?<=^|\s)[\w./-]+\.[jt]s(?=\s|$)/g)]
      .filter(([file]) => !exists(file))
      .map(([file]) => `package.json: script ${name} runs ${file}, which is not there`),
  );
}

export function documentProblems(file: string, text: string, { scripts, commands, exists }: Known): string[] {
  const typed = [...text.matchAll(/```[^\n]*\n([\s\S]*?)```|`([^`\n]+)`/g)]
    .map(([, block, inline]) => block ?? inline ?? '')
    .join('\n');
  const all = (pattern: RegExp, within: string) => [
    ...new Set([...within.matchAll(pattern)].map(([, found = '']) => found)),
  ];
  const unlinked = all(/\]\(([^)\s#]+)(?:#[^)]*)?\)/g, text).filter(
    (link) => !/^[a-z]+:/.test(link) && !exists(path.join(path.dirname(file), link)),
  );
  return [
    ...all(/\bnpm run (?:-\S+ )*([\w:-]+)/g, typed)
      .filter((name) => !scripts.includes(name))
      .map((name) => `${file}: there is no script ${name}`),
    ...all(/\blaunch-ready ([a-z][a-z-]*)\b/g, typed)
      .filter((name) => !commands.includes(name))
      .map((name) => `${file}: there is no command ${name}`),
    ...unlinked.map((link) => `${file}: ${link} leads nowhere`),
    ...(file === 'README.md'
      ? README_SHOWS.filter((line) => !typed.includes(line)).map((line) => `${file}: it does not show ${line}`)
      : []),
  ];
}
