import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { sarif, sarifLog } from './sarif.ts';
import { sampleRecord } from './testing/sample-record.ts';

const message = {
  type: 'object',
  required: ['text'],
  properties: { text: { type: 'string', minLength: 1 }, markdown: { type: 'string' } },
  additionalProperties: false,
};
const level = { enum: ['none', 'note', 'warning', 'error'] };
const moment = { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d+)?Z$' };
const descriptor = {
  type: 'object',
  required: ['id'],
  properties: {
    id: { type: 'string' },
    name: { type: 'string' },
    shortDescription: message,
    fullDescription: message,
    help: message,
    properties: { type: 'object' },
    defaultConfiguration: { type: 'object', properties: { level }, additionalProperties: false },
  },
  additionalProperties: false,
};

/** The parts of the SARIF 2.1.0 schema that we use, by hand: required properties, closed objects, and the enums. */
const validate = new Ajv2020({ strict: true }).compile({
  type: 'object',
  required: ['version', 'runs'],
  additionalProperties: false,
  properties: {
    $schema: { type: 'string' },
    version: { const: '2.1.0' },
    runs: {
      type: 'array',
      items: {
        type: 'object',
        required: ['tool', 'results'],
        additionalProperties: false,
        properties: {
          tool: {
            type: 'object',
            required: ['driver'],
            additionalProperties: false,
            properties: {
              driver: {
                type: 'object',
                required: ['name'],
                additionalProperties: false,
                properties: {
                  name: { type: 'string' },
                  version: { type: 'string' },
                  semanticVersion: { type: 'string' },
                  rules: { type: 'array', uniqueItems: true, items: descriptor },
                  notifications: { type: 'array', uniqueItems: true, items: descriptor },
                },
              },
            },
          },
          automationDetails: { type: 'object', properties: { id: { type: 'string' } }, additionalProperties: false },
          columnKind: { enum: ['utf16CodeUnits', 'unicodeCodePoints'] },
          properties: { type: 'object' },
          invocations: {
            type: 'array',
            items: {
              type: 'object',
              required: ['executionSuccessful'],
              additionalProperties: false,
              properties: {
                executionSuccessful: { type: 'boolean' },
                exitCode: { type: 'integer' },
                exitCodeDescription: { type: 'string' },
                startTimeUtc: moment,
                endTimeUtc: moment,
                toolExecutionNotifications: {
                  type: 'array',
                  items: {
                    type: 'object',
                    required: ['message'],
                    additionalProperties: false,
                    properties: {
                      descriptor: {
                        type: 'object',
                        required: ['id'],
                        properties: { id: { type: 'string' } },
                        additionalProperties: false,
                      },
                      level,
                      message,
                      properties: { type: 'object' },
                    },
                  },
                },
              },
            },
          },
          results: {
            type: 'array',
            items: {
              type: 'object',
              required: ['message'],
              additionalProperties: false,
              properties: {
                ruleId: { type: 'string' },
                ruleIndex: { type: 'integer', minimum: 0 },
                kind: { const: 'fail' },
                level,
                message,
                locations: {
                  type: 'array',
                  minItems: 1,
                  items: {
                    type: 'object',
                    additionalProperties: false,
                    properties: {
                      physicalLocation: {
                        type: 'object',
                        required: ['artifactLocation'],
                        additionalProperties: false,
                        properties: {
                          artifactLocation: {
                            type: 'object',
                            properties: { uri: { type: 'string', pattern: '^[a-z][a-z0-9+.-]*:[!-~]+$' } },
                            additionalProperties: false,
                          },
                        },
                      },
                      logicalLocations: {
                        type: 'array',
                        items: {
                          type: 'object',
                          additionalProperties: false,
                          properties: {
                            name: { type: 'string' },
                            fullyQualifiedName: { type: 'string' },
                            kind: { type: 'string' },
                          },
                        },
                      },
                    },
                  },
                },
                partialFingerprints: { type: 'object', additionalProperties: { type: 'string' } },
                properties: { type: 'object' },
              },
            },
          },
        },
      },
    },
  },
});

const samples = {
  sample: sampleRecord(),
  hostile: sampleRecord({ hostile: true, standing: 'rehearsal' }),
  empty: sampleRecord({ empty: true }),
  huge: sampleRecord({ manyFindings: 3000 }),
};

for (const [name, record] of Object.entries(samples))
  test(`${name}: the log keeps to SARIF 2.1.0, and every result points at its rule`, () => {
    assert.ok(validate(JSON.parse(sarif(record))), JSON.stringify(validate.errors?.slice(0, 3)));
    for (const { tool, results } of sarifLog(record).runs) {
      for (const { ruleId, ruleIndex } of results) assert.equal(tool.driver.rules[ruleIndex]?.id, ruleId);
      assert.equal(new Set(tool.driver.rules.map(({ id }) => id)).size, tool.driver.rules.length);
      assert.equal(results.length, record.findings.length);
    }
  });

test('rows that nobody saw are notifications, so that an empty list is not read as green', () => {
  const [run] = sarifLog(samples.empty).runs;
  assert.deepEqual(run?.results, []);
  const rows = run?.invocations[0]?.toolExecutionNotifications.filter(
    ({ descriptor: { id } }) => id === 'row-not-seen',
  );
  assert.equal(rows?.length, 12);
  assert.equal(run?.invocations[0]?.exitCode, 3);
});

test('a finding keeps its fingerprint, its rank and its weakness', () => {
  const [run] = sarifLog(samples.sample).runs;
  const [first] = run?.results ?? [];
  assert.equal(first?.partialFingerprints['launchReadyFinding/v1'], samples.sample.findings[0]?.id);
  assert.equal(first?.level, 'error');
  assert.match(JSON.stringify(run?.tool.driver.rules[0]?.properties), /external\/cwe\/cwe-639/);
});

test('a rehearsal says so in every result, and the target has no say in the Markdown', () => {
  const [run] = sarifLog(samples.hostile).runs;
  for (const { message: said } of run?.results ?? []) assert.match(said.text, /^\[Rehearsal\] /);
  for (const { help } of run?.tool.driver.rules ?? [])
    assert.doesNotMatch((help.markdown ?? '').replace(/^ {7}.*$/gm, ''), /(?<!\\)[<[]/);
  assert.doesNotMatch(sarif(samples.hostile), /[\p{Cf}\p{Cs}]|\\u00/u);
});
