import assert from 'node:assert/strict';
import { it } from 'node:test';
import { bodyText, essenceOf } from './body-text.ts';

const read = (bytes: readonly number[] | Buffer, type?: string) =>
  bodyText({ headers: type === undefined ? [] : [['Content-Type', type]], bytes: Buffer.from(bytes) });

it('reads what a browser reads', () => {
  assert.equal(read(Buffer.from('ä')), 'ä');
  assert.equal(read([0xe4], 'text/html; charset=iso-8859-1'), 'ä');
  assert.equal(read([0xff, 0xfe, 0xe4, 0], 'text/html; charset=utf-8'), 'ä');
  assert.equal(read([0xe4, 0], 'text/plain; charset=UTF-16LE'), 'ä');
  assert.equal(read([0xe4, 65], 'text/html; charset=nonsense'), '\ufffdA');
});

it('knows the media type, or that there is none', () => {
  assert.equal(essenceOf({ headers: [['content-type', 'Text/HTML; charset=utf-8']] }), 'text/html');
  assert.equal(essenceOf({ headers: [['content-type', '???']] }), null);
});
