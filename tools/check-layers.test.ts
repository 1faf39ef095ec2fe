import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { layerProblems, type Row } from './check-layers.ts';

const layers: readonly Row[] = Object.entries({
  'engine/src/model': ['zod'],
  'engine/src/parsers': ['engine/src/model'],
  'engine/src/parsers/html': ['engine/src/model', 'parse5'],
  'engine/src/checks': ['engine/src/model'],
  'engine/src/probes': ['engine/src/model', 'node:*'],
  range: ['node:*'],
}).map(([layer, may]) => ({ layer, holds: '', may }));
/** A tree in which every row is used. */
const sound: Readonly<Record<string, string>> = {
  'engine/src/model/given.ts': `import { z } from 'zod';`,
  'engine/src/parsers/hsts.ts': `import type {\n  Given,\n} from '../model/given.ts';`,
  'engine/src/parsers/html.ts': `import { parse } from 'parse5';\nimport type { Given } from '../model/given.ts';`,
  'engine/src/checks/https/hsts/check.ts': `import { found } from '../found.ts';\nexport { Given } from '../../../model/given.ts';`,
  'engine/src/probes/http/probe.ts': `import http from 'node:http';\nimport type { Given } from '../../model/given.ts';`,
  'range/score.ts': `import { spawn } from 'node:child_process';`,
};
const problemsWith = (planted: Readonly<Record<string, string>>, awaited: readonly string[] = []) =>
  layerProblems(
    Object.entries({ ...sound, ...planted }).map(([file, text]) => ({ file, text })),
    layers,
    awaited,
  );
const check = 'engine/src/checks/https/planted/check.ts';

describe('check-layers', () => {
  it('is silent on a sound tree', () => assert.deepEqual(problemsWith({}), []));

  const refused: Readonly<Record<string, readonly [file: string, text: string, name: string]>> = {
    'Node in a check': [check, `import { readFileSync } from 'node:fs';`, 'node:fs'],
    'a probe in a check': [check, `import p from '../../../probes/http/probe.ts';`, 'engine/src/probes/http/probe.ts'],
    'a type only': [check, `import type { P } from '../../../probes/probe.ts';`, 'engine/src/probes/probe.ts'],
    'a re-export': [check, `export * from '../../../probes/probe.ts';`, 'engine/src/probes/probe.ts'],
    'an import for its effect': [check, `import '../../../probes/probe.ts';`, 'engine/src/probes/probe.ts'],
    'an import inside a function': [check, `const f = () => import('node:fs');`, 'node:fs'],
    'an import over several lines': [check, `import {\n  a,\n  b,\n} from "node:fs";`, 'node:fs'],
    'a package that only one parser may use': [
      'engine/src/parsers/csp.ts',
      `import { parse } from 'parse5';`,
      'parse5',
    ],
    'a source of the engine in the range': [
      'range/score.ts',
      `import { spawn } from 'node:child_process';\nimport { judge } from '../engine/src/run/judge.ts';`,
      'engine/src/run/judge.ts',
    ],
    'the engine as a package in the range': ['range/x.ts', `import { checks } from 'launch-ready';`, 'launch-ready'],
    'the range in the engine': [
      'engine/src/probes/x.ts',
      `import w from '../../../range/world/world.ts';`,
      'range/world/world.ts',
    ],
    'a check in another check': [
      check,
      `import other from '../hsts/check.ts';`,
      'engine/src/checks/https/hsts/check.ts, a check of its own',
    ],
    'the range in a test of a check': [
      'engine/src/checks/https/planted/check.test.ts',
      `import w from '../../../../../range/world/world.ts';`,
      'range/world/world.ts',
    ],
  };
  for (const [name, [file, text, refusedName]] of Object.entries(refused))
    it(`reports ${name}`, () =>
      assert.deepEqual(problemsWith({ [file]: text }), [`${file} may not import ${refusedName}`]));

  it('lets a test of a probe meet the world', () =>
    assert.deepEqual(
      problemsWith({ 'engine/src/probes/http/probe.test.ts': `import w from '../../../../range/world/world.ts';` }),
      [],
    ));
  it('lets the registry import every check', () =>
    assert.deepEqual(problemsWith({ 'engine/src/checks/index.ts': `import hsts from './https/hsts/check.ts';` }), []));
  it('reports a name that is only known at run time', () =>
    assert.deepEqual(problemsWith({ 'engine/src/probes/x.ts': 'await import(name);' }), [
      'engine/src/probes/x.ts imports a name that is only known at run time',
    ]));
  it('reports a file of no layer', () =>
    assert.deepEqual(problemsWith({ 'engine/src/utils/x.ts': '' }), ['engine/src/utils/x.ts belongs to no layer']));
  it('reads no import out of a text or a comment', () =>
    assert.deepEqual(
      problemsWith({ [check]: `// import('node:fs')\n/* import 'node:fs'; */\nconst text = "import('node:fs')";` }),
      [],
    ));

  const impure: readonly string[] = [
    'const now = Date.now();',
    'const now = new Date();',
    'const now = new Date( );',
    'const { now } = Date;',
    'const clock: typeof Date = given;',
    'const n = Math.random();',
    'const { random } = Math;',
    'async function f() {}',
    'const f = async () => 1;',
    'await x;',
    'Promise.resolve(1);',
    'globalThis.fetch;',
    'const h = when.getHours();',
    'when.toLocaleString();',
    'const rate = a / (await b) / c;',
    'const QUOTE = /[\'"]/; await x; const OTHER = /[\'"]/;',
    `const s = \`\${Date.now()} is late\`;`,
  ];
  for (const line of impure)
    it(`is not pure: ${line}`, () =>
      assert.deepEqual(
        problemsWith({ [check]: `\n${line}` }).map((problem) => problem.split(':').slice(0, 2).join(':')),
        [`${check}:2 is not pure`],
      ));

  const pure: readonly string[] = [
    'const at = Date.parse(given.judgedAt);',
    'const at = new Date(Date.parse(text)).toISOString();',
    'const at = Date.UTC(2026, 0, 1);',
    'const says = "await the Date"; // async',
    'const says = `no Date`;',
    'const KEYWORD = /(?:await|[/]async)$/;',
    "const text = `a\nimport { readFileSync } from 'node:fs';\nawait b`;",
    'const found = text.match(/await/g)?.length;',
    '/** Date.now() */',
    'const top = Math.max(1, 2);',
  ];
  for (const line of pure) it(`is pure: ${line}`, () => assert.deepEqual(problemsWith({ [check]: line }), []));

  it('lets a test wait', () =>
    assert.deepEqual(problemsWith({ 'engine/src/checks/https/planted/check.test.ts': 'await x;' }), []));

  it('reports a row that no import uses', () => {
    const { 'engine/src/parsers/html.ts': _, ...rest } = sound;
    assert.deepEqual(
      layerProblems(
        Object.entries(rest).map(([file, text]) => ({ file, text })),
        layers,
        [],
      ),
      ['stale row: engine/src/parsers/html -> engine/src/model', 'stale row: engine/src/parsers/html -> parse5'],
    );
  });
  it('does not count what only a test imports', () =>
    assert.deepEqual(
      problemsWith({
        'engine/src/model/given.ts': '',
        'engine/src/model/given.test.ts': `import { z } from 'zod';`,
      }),
      ['stale row: engine/src/model -> zod'],
    ));
  it('keeps an awaited row until it is used', () => {
    assert.deepEqual(problemsWith({ 'engine/src/model/given.ts': '' }, ['engine/src/model -> zod']), []);
    assert.deepEqual(problemsWith({}, ['engine/src/model -> zod']), [
      'no longer awaited, take it off the list: engine/src/model -> zod',
    ]);
  });
});
