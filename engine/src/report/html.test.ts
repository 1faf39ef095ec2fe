import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { htmlReport } from './html.ts';
import { HOSTILE, sampleRecord } from './testing/sample-record.ts';
import { attributeOf, type Tag, tagsOf } from './testing/tags-of.ts';

const hostile = htmlReport(sampleRecord({ hostile: true, standing: 'rehearsal' }));
const all = tagsOf(hostile);

test('text of the target never becomes an element, an attribute or a script', () => {
  assert.deepEqual(
    all.filter(({ name }) => ['img', 'iframe', 'object', 'embed', 'link', 'base', 'form'].includes(name)),
    [],
  );
  assert.equal(named('script').length, 1);
  assert.equal(named('style').length, 1);
  assert.equal(named('title').length, 1);
  assert.deepEqual(
    all.flatMap(({ attributes }) => attributes.filter(([name]) => name.startsWith('on') || name === 'style')),
    [],
  );
  assert.ok(!hostile.includes('<img'));
});

test('markup that a browser would have to guess at is an error here', () => {
  for (const text of ['<p><img src=x onerror=alert(1)>', '<p title="a`b">', '<p>1 < 2', '<p <b>'])
    assert.throws(() => tagsOf(text));
});

test('controls, escape codes and bidi characters of the target are spelled out', () => {
  assert.ok(HOSTILE.includes('\u202e') && HOSTILE.includes('\u001b'));
  const unseen = /[\p{Cc}\p{Cf}\p{Cs}]/gu;
  assert.deepEqual([...new Set(hostile.match(unseen))], ['\n']);
  assert.ok(hostile.includes('[U+202E]') && hostile.includes('[U+001B]'));
});

test('nothing is loaded from anywhere, and links out tell nobody where they came from', () => {
  for (const tag of all)
    for (const [name, value] of tag.attributes) {
      if (['src', 'srcset', 'poster', 'data', 'action', 'formaction', 'xlink:href', 'ping'].includes(name))
        assert.fail(`${tag.name} ${name}`);
      if (name !== 'href' || value.startsWith('#')) continue;
      assert.equal(tag.name, 'a');
      assert.match(value, /^https?:\/\//);
      assert.match(attributeOf(tag, 'rel') ?? '', /\bnoreferrer\b/);
    }
  assert.doesNotMatch(textOf('style'), /@import|url\((?!#)/);
});

test('the policy allows exactly the style and the script of the page', () => {
  const content = all
    .filter((tag) => attributeOf(tag, 'http-equiv') === 'Content-Security-Policy')
    .map((tag) => attributeOf(tag, 'content') ?? '')
    .join('');
  assert.ok(content.includes("default-src 'none'"));
  assert.ok(content.includes(`style-src '${digest(textOf('style'))}'`));
  assert.ok(content.includes(`script-src '${digest(textOf('script'))}'`));
  assert.ok(!content.includes('unsafe'));
});

test('the script writes text only', () => {
  assert.doesNotMatch(
    textOf('script'),
    /innerHTML|outerHTML|insertAdjacent|document\.write|eval\(|Function\(|fetch|XMLHttp/,
  );
});

test('every reference inside the page has its target, every id is unique', () => {
  const ids = all.flatMap((tag) => attributeOf(tag, 'id') ?? []);
  assert.equal(new Set(ids).size, ids.length);
  for (const { attributes } of all)
    for (const [name, value] of attributes) {
      const refers =
        name === 'href' && value.startsWith('#')
          ? [value.slice(1)]
          : ['aria-labelledby', 'aria-describedby', 'for'].includes(name)
            ? value.split(' ')
            : [];
      for (const id of refers) assert.ok(ids.includes(id), `${name} ${id}`);
    }
});

test('a row that fails and is unseen in part is never called seen in full', () => {
  const record = sampleRecord();
  for (const row of record.criteria) row.unlock = null;
  const full = record.criteria.filter(
    ({ verdict, coverage }) =>
      ['pass', 'fail'].includes(verdict) && coverage.expected === coverage.proved + coverage.failed,
  );
  assert.equal(htmlReport(record).split('it was seen in full').length - 1, full.length);
});

test('the same record gives the same bytes', () => {
  assert.equal(htmlReport(sampleRecord()), htmlReport(sampleRecord()));
});

test('a rehearsal is named in every section and on every printed page', () => {
  const sections = named('section').filter((tag) => !/^(?:row-|verdict$)/.test(attributeOf(tag, 'id') ?? ''));
  assert.ok(sections.length >= 10);
  assert.equal(hostile.split('class="standing-tag">Rehearsal<').length - 1, sections.length);
  assert.ok(hostile.includes('class="watermark" aria-hidden="true">Rehearsal<'));
  assert.ok(!htmlReport(sampleRecord()).includes('class="watermark"'));
});

test('what was not tested and what the words mean is said also when nothing was found', () => {
  const empty = htmlReport(sampleRecord({ empty: true }));
  for (const says of [
    'What was not tested',
    'Limits of this report',
    'checklist evidence',
    'What was sent',
    'Left out by the owner',
  ])
    assert.ok(empty.includes(says), says);
  assert.doesNotMatch(empty.replace(/<(style|script)>[\s\S]*?<\/\1>/g, ''), /\b(certified|is secure)\b/i);
});

test('3,000 findings and 20,000 unseen subjects stay one small page, and the rest is counted', () => {
  const record = sampleRecord({ manyFindings: 3000, manyUnproved: 20_000 });
  const started = process.hrtime.bigint();
  const page = htmlReport(record);
  assert.ok(Number(process.hrtime.bigint() - started) / 1e6 < 2000);
  assert.ok(page.length < 700_000, String(page.length));
  assert.match(page, /\d+ more problems?, all in the run record/);
  assert.match(page, /13,333 subjects: budget spent/);
  assert.match(page, /and 13,325 more, all in the run record/);
});

test('no text runs away with the page', () => {
  const record = sampleRecord();
  const [first] = record.findings;
  assert.ok(first);
  first.detail = 'x'.repeat(1_000_000);
  first.prompt = 'y'.repeat(1_000_000);
  assert.ok(htmlReport(record).length < 200_000);
});

function named(name: string): readonly Tag[] {
  return all.filter((tag) => tag.name === name);
}

function textOf(name: string): string {
  return named(name)
    .map(({ raw }) => raw)
    .join('');
}

function digest(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}
