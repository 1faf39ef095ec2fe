import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';

const ROOT = path.join(import.meta.dirname, '..');
const COPIED = [
  'engine',
  'range',
  'tools',
  'docs',
  'ARCHITECTURE.md',
  'package.json',
  'biome.json',
  'tsconfig.json',
  'tsconfig.base.json',
];

describe('new-check', () => {
  const copy = mkdtempSync(path.join(os.tmpdir(), 'new-check-'));
  const run = (...args: readonly string[]) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: copy, encoding: 'utf8' });
    return { status, text: stdout + stderr };
  };
  before(() => {
    for (const name of COPIED)
      cpSync(path.join(ROOT, name), path.join(copy, name), {
        recursive: true,
        filter: (file) => !/node_modules|\.tsbuild|\/dist$/.test(path.relative(ROOT, file)),
      });
    symlinkSync(path.join(ROOT, 'node_modules'), path.join(copy, 'node_modules'));
  });
  after(() => rmSync(copy, { recursive: true, force: true }));

  const folder = 'engine/src/checks/logging/planted-check';

  it('writes three files by hand, and the rest is generated', () => {
    assert.equal(run('tools/new-check.ts', 'logging', 'planted-check').status, 0);
    for (const file of [
      `${folder}/check.ts`,
      `${folder}/check.test.ts`,
      'range/cases/planted-check.ts',
      'docs/checks/planted-check.md',
    ])
      assert.ok(existsSync(path.join(copy, file)), file);
  });
  it('starts green', () => {
    const { status, text } = run('--test', `${folder}/check.test.ts`);
    assert.equal(status, 0, text);
  });
  it('type checks and is formatted', () => {
    const types = run(path.join(ROOT, 'node_modules/typescript/bin/tsc'), '-b', 'range', 'engine');
    assert.deepEqual(
      types.text.split('\n').filter((line) => line.includes('planted-check')),
      [],
    );
    const lint = spawnSync(
      path.join(ROOT, 'node_modules/.bin/biome'),
      ['check', '--error-on-warnings', folder, 'range/cases/planted-check.ts'],
      {
        cwd: copy,
        encoding: 'utf8',
      },
    );
    assert.equal(lint.status, 0, lint.stderr);
  });
  it('is refused as long as anything says REPLACE', () => {
    const { status, text } = run('tools/gen.ts', '--check');
    assert.equal(status, 1);
    assert.match(text, /planted-check\/check\.ts: 'REPLACE' is left in it/);
    assert.match(text, /planted-check\/check\.ts: LR-000 is not in docs\/requirements\.json/);
  });
  it('refuses a name that is taken, a wrong criterion and a wrong name', () => {
    for (const args of [['mail', 'planted-check'], ['post', 'other-check'], ['mail', 'Other'], ['mail']]) {
      const { status, text } = run('tools/new-check.ts', ...args);
      assert.equal(status, 2, args.join(' '));
      assert.match(text, /usage: npm run new-check/);
    }
  });
});
