import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { completeLock, type Lock } from './complete-lock.ts';

const lock = (packages: Lock['packages']): Lock => ({ name: 'small', lockfileVersion: 3, packages });
const linter = { version: '2.0.0', dev: true, optionalDependencies: { '@lint/cli-linux-arm64-musl': '2.0.0' } };

describe('complete-lock', () => {
  it('adds a missing variant with what its name says', () => {
    const { lock: done, added } = completeLock(lock({ '': {}, 'node_modules/lint': linter }));
    assert.deepEqual(added, ['node_modules/@lint/cli-linux-arm64-musl']);
    assert.deepEqual(done.packages['node_modules/@lint/cli-linux-arm64-musl'], {
      version: '2.0.0',
      cpu: ['arm64'],
      dev: true,
      libc: ['musl'],
      optional: true,
      os: ['linux'],
    });
  });

  it('keeps an entry that is there, with its integrity, and the order of npm', () => {
    const there = { version: '2.0.0', integrity: 'sha512-x', optional: true };
    const { lock: done, added } = completeLock(
      lock({ '': {}, 'node_modules/lint': linter, 'node_modules/@lint/cli-linux-arm64-musl': there }),
    );
    assert.deepEqual(added, []);
    assert.deepEqual(Object.keys(done.packages), ['', 'node_modules/@lint/cli-linux-arm64-musl', 'node_modules/lint']);
    assert.deepEqual(done.packages['node_modules/@lint/cli-linux-arm64-musl'], there);
  });

  it('puts a second version of a variant below the package that asks for it', () => {
    const { added } = completeLock(
      lock({
        'node_modules/lint': linter,
        'node_modules/@lint/cli-linux-arm64-musl': { version: '1.0.0' },
      }),
    );
    assert.deepEqual(added, ['node_modules/lint/node_modules/@lint/cli-linux-arm64-musl']);
  });

  it('finds a variant in the folder of a package that holds the asking one', () => {
    const { added } = completeLock(
      lock({
        'node_modules/a/node_modules/lint': linter,
        'node_modules/a/node_modules/@lint/cli-linux-arm64-musl': { version: '2.0.0' },
      }),
    );
    assert.deepEqual(added, []);
  });

  it('guesses no version', () => {
    const { added, unknown } = completeLock(
      lock({ 'node_modules/lint': { version: '1.0.0', optionalDependencies: { 'x-linux-x64': '^1.0.0' } } }),
    );
    assert.deepEqual(added, []);
    assert.deepEqual(unknown, ['node_modules/lint: x-linux-x64@^1.0.0']);
  });

  it('changes nothing when run again', () => {
    const once = completeLock(lock({ '': {}, 'node_modules/lint': linter })).lock;
    assert.deepEqual(completeLock(once), { lock: once, added: [], unknown: [] });
  });
});
