import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { defineCheck, notVerified } from '../../engine/src/model/check.ts';
import { checkPage } from './check-pages.ts';
import { checksIndex } from './checks-index.ts';
import { coverageOf } from './coverage.ts';
import { table } from './markdown.ts';
import { type Cases, type CheckEntry, deliveredBy } from './tree.ts';

const check = defineCheck({
  id: 'planted-door',
  criterion: 'authorization',
  title: 'No door stands open',
  why: 'An open door lets people in.',
  harms: ['data-exposure'],
  requirements: ['LR-900'],
  sources: ['House rules, 1'],
  standards: { asvs: ['8.2.2'], top10: [], cwe: [], mvsp: [] },
  cannotSee: [],
  needs: ['http-exchange'],
  evidenceLivesDays: 1,
  problems: {
    'door-open': {
      severity: 'high',
      says: 'stands open',
      breaks: 'Anybody walks in.',
      fix: ['Shut it.'],
      fixIn: { nginx: ['deny all;'] },
    },
  },
  subjects: () => [],
  judge: () => notVerified('nobody looked'),
});
const cases: Cases = {
  check: 'planted-door',
  faults: [{ name: 'door left ajar | wide', finds: [{ problem: 'door-open', subject: 'page /' }] }],
  decoys: [{ name: 'a painted door' }],
};
const entry = (with_: Partial<CheckEntry> = {}): CheckEntry => ({
  file: 'engine/src/checks/authorization/planted-door/check.ts',
  check,
  cases,
  ...with_,
});
const requirements = [{ id: 'LR-900', title: 'Doors are shut' }];
const stateOf = (tree: Partial<Parameters<typeof coverageOf>[0]>) =>
  coverageOf({ requirements, checks: [], commands: [], tests: [], ...tree })[0]?.state;

describe('coverage', () => {
  it('leaves open what nobody names', () => assert.equal(stateOf({}), 'open'));
  it('counts a check that the range plants a fault for', () =>
    assert.equal(stateOf({ checks: [entry()] }), 'delivered'));
  it('does not count a check without cases', () => assert.equal(stateOf({ checks: [entry({ cases: null })] }), 'open'));
  it('does not count a check with decoys only', () =>
    assert.equal(stateOf({ checks: [entry({ cases: { ...cases, faults: [] } })] }), 'open'));
  it('counts a command only with its test', () => {
    const command = { file: 'x', name: 'x', requirements: ['LR-900'] };
    assert.equal(stateOf({ commands: [{ ...command, tested: false }] }), 'open');
    assert.equal(stateOf({ commands: [{ ...command, tested: true }] }), 'delivered');
  });
  it('counts a test', () =>
    assert.equal(stateOf({ tests: [{ file: 'x.test.ts', requirements: ['LR-900'] }] }), 'delivered'));
  it('is in part while a criterion lists a part as open', () => {
    const [row] = coverageOf({
      requirements: [{ id: 'LR-004', title: 'All routes' }],
      checks: [],
      commands: [],
      tests: [{ file: 'x.test.ts', requirements: ['LR-004'] }],
    });
    assert.equal(row?.state, 'in part');
    assert.ok(row.open.length > 0);
  });
});

describe('what is left', () => {
  it('keeps an id in part that requirements.json says something is left of', () => {
    const left = [{ id: 'LR-900', title: 'Doors are shut', open: 'the back door' }];
    assert.equal(stateOf({ requirements: left, checks: [entry()] }), 'in part');
    assert.equal(stateOf({ requirements: left }), 'open');
  });
});

describe('deliveredBy', () => {
  it('reads lines of their own', () =>
    assert.deepEqual(deliveredBy('// Delivers: LR-116\n  // Delivers: LR-114, LR-001\n'), [
      'LR-116',
      'LR-114',
      'LR-001',
    ]));
  it('reads nothing else', () =>
    assert.deepEqual(
      deliveredBy("const a = 1; // Delivers: LR-116\n// Delivers LR-115\nit('// Delivers: LR-114');"),
      [],
    ));
});

describe('pages', () => {
  it('names checks in the order of their files', () =>
    assert.match(
      checksIndex([entry()]),
      /import plantedDoor from '\.\/authorization\/planted-door\/check\.ts';\n\nexport const checks: readonly AnyCheck\[\] = \[plantedDoor\];\n$/,
    ));
  it('tells what, why, the fix of each stack, the faults and the decoys', () => {
    const text = checkPage(entry(), requirements);
    for (const part of [
      '# No door stands open',
      'An open door',
      'stands open',
      'deny all;',
      'LR-900: Doors are shut',
      'ajar \\| wide',
      'a painted door',
      '5.0.0',
    ])
      assert.ok(text.includes(part), part);
  });
  it('says so when nothing is planted', () =>
    assert.match(checkPage(entry({ cases: null }), requirements), /nothing has shown/));
  it('says so when a table is empty', () => assert.equal(table(['a'], []), 'None.'));
});
