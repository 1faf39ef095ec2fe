import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fixItems } from './fix-items.ts';

for (const [what, fix, fixFor, items] of [
  [
    'sentences are steps',
    ['Do a.', 'Do `b`'],
    null,
    [
      ['Do a.', []],
      ['Do `b`', []],
    ],
  ],
  ['lines of a stack', ['add_header X "1" always;'], 'nginx', [[null, ['add_header X "1" always;']]]],
  [
    'a sentence and its lines',
    ['In public/_headers:', '/*', '  X: 1'],
    'netlify',
    [['In public/_headers:', ['/*', '  X: 1']]],
  ],
  [
    'a line and what it is for',
    ["app.set('a', 1);", 'so that `b` holds.'],
    'express',
    [
      [null, ["app.set('a', 1);"]],
      ['so that `b` holds.', []],
    ],
  ],
  [
    'a path through menus is read',
    ['Rules → Transform Rules: Set static  X  1'],
    'cloudflare',
    [['Rules → Transform Rules: Set static  X  1', []]],
  ],
  ['a command in backticks', ['Then:', '`nginx -t`'], null, [['Then:', ['nginx -t']]]],
  ['lines inside one step', ['In one query:\na\n  b'], null, [['In one query:', ['a', '  b']]]],
] as const)
  test(`${what}`, () =>
    assert.deepEqual(
      fixItems({ fix: [...fix], fixFor }),
      items.map(([says, lines]) => ({ says, lines: [...lines] })),
    ));
