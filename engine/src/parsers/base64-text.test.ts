import assert from 'node:assert/strict';
import { it } from 'node:test';
import fc from 'fast-check';
import { base64Text } from './base64-text.ts';

it('reads back every text, in either alphabet', () =>
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      assert.equal(base64Text(Buffer.from(text).toString('base64')), Buffer.from(text).toString());
      assert.equal(base64Text(Buffer.from(text).toString('base64url')), Buffer.from(text).toString());
    }),
  ));

it('ends at the first foreign character', () => assert.equal(base64Text('aGk"aGk='), 'hi'));

it('never throws', () => fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void base64Text(text))));
it('survives any bytes', () =>
  fc.assert(fc.property(fc.uint8Array(), (bytes) => void base64Text(Buffer.from(bytes).toString('base64')))));
