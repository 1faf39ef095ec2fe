import assert from 'node:assert/strict';
import { it } from 'node:test';
import fc from 'fast-check';
import { Mark, Page } from '../model/observation.ts';
import { pageFacts } from './page-facts.ts';

const Shape = Page.omit({ kind: true, id: true, subject: true, seenAt: true, release: true, vantage: true }).strict();
const URL = 'https://portal.example/records';

it('keeps what a page is made of, and nothing that opens something', () => {
  const facts = pageFacts(
    '<title>Records of anna@acme.example</title><a href="/reset/q8Zr2LmX0pVt7Ks9">x</a><script src="/a.js?token=abc"></script><form action="/go?code=abc"></form><table><tr><td>1<td>anna@acme.example</table>',
    `${URL}?session=abc`,
    200,
  );
  assert.ok(Shape.safeParse(facts).success);
  assert.deepEqual(
    [
      facts.url,
      facts.title,
      facts.links,
      facts.scripts[0]?.url,
      facts.forms[0]?.action,
      facts.data.emails,
      facts.tableRows,
    ],
    [
      `${URL}?session=(masked)`,
      'Records of (masked)',
      ['https://portal.example/reset/(masked)'],
      'https://portal.example/a.js?token=(masked)',
      'https://portal.example/go?code=(masked)',
      1,
      1,
    ],
  );
  assert.doesNotMatch(JSON.stringify(facts), /abc|anna|q8Zr2/);
});

it('leaves out the mark, and only that', () => {
  const names = new Set([...Object.keys(pageFacts('', URL, 200)), ...Object.keys(Mark.shape), 'kind']);
  assert.deepEqual([...names].sort(), Object.keys(Page.shape).sort());
});

it('never throws', () =>
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => assert.ok(Shape.safeParse(pageFacts(text, URL, 200)).success)),
  ));
