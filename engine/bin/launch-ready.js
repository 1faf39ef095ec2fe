#!/usr/bin/env node
// Plain JavaScript that any Node can read: the wrong one is told what is needed, not shown a stack trace.
import { existsSync } from 'node:fs';
import module from 'node:module';

const NODE_MAJOR = 24;

if (Number(process.versions.node.split('.')[0]) < NODE_MAJOR) {
  console.error(
    `launch-ready needs Node ${NODE_MAJOR} or newer; this is ${process.version}. Install it, or run: npx --package=node@${NODE_MAJOR} --package=launch-ready launch-ready`,
  );
  process.exit(2);
}
module.enableCompileCache();
// A checkout has sources, the published package has only the bundle: so a left-over build never answers for newer sources.
const source = new URL('../src/cli/main.ts', import.meta.url);
const { main } = await import((existsSync(source) ? source : new URL('../dist/cli/main.js', import.meta.url)).href);
process.exitCode = await main(process.argv.slice(2));
