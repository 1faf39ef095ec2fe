import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { canonicalJson } from './json.ts';
import { runRecordSchema } from './json-schema.ts';
import { sampleRecord } from './testing/sample-record.ts';

test('the order in which keys were set does not show', () => {
  assert.equal(canonicalJson({ b: 1, a: [{ d: 2, c: 3 }] }), canonicalJson({ a: [{ c: 3, d: 2 }], b: 1 }));
  assert.equal(canonicalJson({ b: [], a: {} }), '{\n  "a": {},\n  "b": []\n}\n');
});

test('a record comes back as it was', () => {
  const record = sampleRecord({ hostile: true });
  assert.deepEqual(JSON.parse(canonicalJson(record)), record);
  assert.equal(canonicalJson(JSON.parse(canonicalJson(record))), canonicalJson(record));
});

test('a key that is no ordinary name is kept', () => {
  const value: unknown = JSON.parse('{"__proto__": 1, "constructor": 2, "1": 3, "é": 4}');
  assert.deepEqual(JSON.parse(canonicalJson(value)), value);
});

for (const [what, value] of Object.entries({
  NaN: Number.NaN,
  infinity: { a: Number.POSITIVE_INFINITY },
  'a function': [() => 1],
  'a hole': [undefined],
  bigint: 1n,
}))
  test(`${what} is an error, never a silent null`, () => assert.throws(() => canonicalJson(value), TypeError));

const validate = new Ajv2020({
  strict: true,
  formats: { 'date-time': (text: string) => !Number.isNaN(Date.parse(text)) },
}).compile(runRecordSchema());

const takes = (value: unknown): boolean => validate(value);

for (const [name, record] of Object.entries({
  sample: sampleRecord(),
  hostile: sampleRecord({ hostile: true }),
  empty: sampleRecord({ empty: true }),
}))
  test(`the published schema takes the ${name} record`, () => {
    assert.ok(validate(JSON.parse(canonicalJson(record))), JSON.stringify(validate.errors?.slice(0, 3)));
  });

test('the schema takes a later record with more in it, and none with less', () => {
  const { verdict, ...rest } = sampleRecord();
  assert.ok(takes({ ...rest, verdict: { ...verdict, later: 1 }, later: true }));
  assert.ok(!takes(rest));
  assert.ok(!takes({ ...rest, verdict: { ...verdict, exitCode: 7 } }));
});
