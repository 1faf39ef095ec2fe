import assert from 'node:assert/strict';
import { test } from 'node:test';
import { stripVTControlCharacters } from 'node:util';
import { closing, row } from './terminal.ts';
import { terminalSafe } from './terminal-safe.ts';
import { cells, wrap } from './terminal-width.ts';
import { HOSTILE, sampleRecord } from './testing/sample-record.ts';

const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}]/u;

for (const [what, [text, left]] of Object.entries({
  'a clear screen': ['a\u001b[2Jb', 'ab'],
  'a window title ended by BEL': ['a\u001b]0;owned\u0007b', 'ab'],
  'a link ended by ST': ['a\u001b]8;;http://evil.example\u001b\\b', 'ab'],
  'a clipboard write that never ends': ['a\u001b]52;c;ZXZpbA==', 'a'],
  'eight-bit control sequences': ['a\u009b31mb', 'ab'],
  'a bare escape at the end': ['a\u001b', 'a'],
  'line breaks and tabs': ['a\r\n\tb', 'a b'],
  'bidi overrides and zero width letters': ['a\u202e\u200bb\u2066', 'ab'],
  'letters of other scripts': ['Größe 名前 שלום', 'Größe 名前 שלום'],
} satisfies Record<string, [string, string]>))
  test(`${what}: only what can be read is left`, () => assert.equal(terminalSafe(text), left));

test('a text is cut after a number of letters, never inside one', () => {
  assert.equal(terminalSafe('😀'.repeat(50), 10), `${'😀'.repeat(9)}…`);
});

for (const width of [30, 80, 120, 400])
  for (const [name, record] of Object.entries({
    sample: sampleRecord(),
    hostile: sampleRecord({ hostile: true, standing: 'preview' }),
    empty: sampleRecord({ empty: true }),
  }))
    test(`${name} at ${width} columns: no line is wider, none has a control character, none ends in a space`, () => {
      const text = closing(record, { colour: false, width, report: '/tmp/r.html' });
      for (const line of [
        ...text.trimEnd().split('\n'),
        ...record.criteria.flatMap((one) => row(one, { colour: false, width }).split('\n')),
      ]) {
        assert.ok(cells(line) <= width, `${cells(line)}: ${line}`);
        assert.doesNotMatch(line, UNSEEN);
        assert.doesNotMatch(line, / $/);
      }
    });

test('with colour it says the same, and the only escape codes are ours', () => {
  const record = sampleRecord({ hostile: true });
  const coloured = closing(record, { colour: true, width: 100 });
  assert.equal(stripVTControlCharacters(coloured), closing(record, { colour: false, width: 100 }));
  assert.doesNotMatch(
    coloured.replaceAll(new RegExp(`${String.fromCharCode(27)}\\[(?:0|1|2|31|32|33)m`, 'g'), '').replaceAll('\n', ''),
    UNSEEN,
  );
});

test('it has the twelve rows, the gates, the sentence, the worst first, what was not seen, one next step and the report', () => {
  const record = sampleRecord();
  const text = closing(record, { colour: false, width: 100, report: 'runs/1/report.html' });
  for (const { title } of record.criteria) assert.ok(text.includes(title), title);
  const places = [
    'Gates  ',
    'Not ready: ',
    'Worst first',
    'Not seen in full',
    'Next  ',
    'Report  runs/1/report.html',
  ].map((says) => text.indexOf(says));
  assert.ok(places.every((place) => place > 0));
  assert.deepEqual(
    places,
    [...places].sort((a, b) => a - b),
  );
  assert.equal(text.match(/^\d\. /gm)?.length, 3);
  assert.ok(text.includes('12 parts that nobody looked at'));
});

test('rows that were shown are not shown again', () => {
  const record = sampleRecord();
  assert.ok(!closing(record, { colour: false, width: 80, rows: false }).includes('✗ Fail'));
});

test('a rehearsal says so first', () => {
  assert.match(closing(sampleRecord({ standing: 'rehearsal' }), { colour: false, width: 80 }), /^REHEARSAL: /);
});

test('hostile text is in the record that is tested', () => {
  assert.ok(sampleRecord({ hostile: true }).findings.some(({ says }) => says.includes(HOSTILE)));
});

test('a word longer than a line is broken, and nothing is lost', () => {
  assert.deepEqual(wrap('a bbbbbbbb c', 4), ['a', 'bbbb', 'bbbb', 'c']);
});
