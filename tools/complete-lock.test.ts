import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { completed, missingVariants } from './complete-lock.ts';

const VARIANT = 'node_modules/@lint/cli-linux-arm64-musl';
const linter = { version: '2.0.0', dev: true, optionalDependencies: { '@lint/cli-linux-arm64-musl': '2.0.0' } };
const added = (packages: Parameters<typeof missingVariants>[0]['packages']) =>
  Object.keys(missingVariants({ packages }).entries);

describe('complete-lock', () => {
  it('adds a missing variant with what its name says', () =>
    assert.deepEqual(missingVariants({ packages: { '': {}, 'node_modules/lint': linter } }), {
      entries: {
        [VARIANT]: { version: '2.0.0', cpu: ['arm64'], dev: true, libc: ['musl'], optional: true, os: ['linux'] },
      },
      unknown: [],
    }));
  it('is content with a variant that is there', () =>
    assert.deepEqual(added({ 'node_modules/lint': linter, [VARIANT]: { version: '2.0.0' } }), []));
  it('finds a variant in the folder of a package that holds the asking one', () =>
    assert.deepEqual(
      added({ 'node_modules/a/node_modules/lint': linter, [`node_modules/a/${VARIANT}`]: { version: '2.0.0' } }),
      [],
    ));
  it('puts a second version of a variant below the package that asks for it', () =>
    assert.deepEqual(added({ 'node_modules/lint': linter, [VARIANT]: { version: '1.0.0' } }), [
      `node_modules/lint/${VARIANT}`,
    ]));
  it('adds a variant once that two packages ask for', () =>
    assert.deepEqual(added({ 'node_modules/lint': linter, 'node_modules/other': linter }), [VARIANT]));
  it('guesses no version', () =>
    assert.deepEqual(
      missingVariants({ packages: { 'node_modules/x': { optionalDependencies: { 'x-linux-x64': '^1.0.0' } } } }),
      { entries: {}, unknown: ['node_modules/x: x-linux-x64@^1.0.0'] },
    ));

  const text = `${JSON.stringify(
    {
      name: 'small',
      lockfileVersion: 3,
      packages: { '': { name: 'small' }, 'node_modules/lint': { integrity: 'sha512-x', ...linter, license: 'MIT' } },
      last: true,
    },
    null,
    2,
  )}\n`;
  it('leaves everything else as npm wrote it, in its order', () => {
    const { entries } = completed(text).missing;
    const stub = JSON.stringify({ [VARIANT]: entries[VARIANT] }, null, 2)
      .split('\n')
      .slice(1, -1);
    const lines = completed(text).text.split('\n');
    const start = lines.findIndex((line) => line.includes(VARIANT));
    assert.deepEqual(
      lines.slice(start, start + stub.length).map((line) => line.trim()),
      [...stub.slice(0, -1), `${stub.at(-1)},`].map((line) => line.trim()),
    );
    assert.equal([...lines.slice(0, start), ...lines.slice(start + stub.length)].join('\n'), text);
  });
  it('changes nothing when run again', () => assert.equal(completed(completed(text).text).text, completed(text).text));
});
