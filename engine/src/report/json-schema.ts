import { z } from 'zod';
import { RUN_RECORD_VERSION, RunRecord } from '../model/run-record.ts';

/** Name under which the schema is published with the package: `launch-ready/schema/<name>`. */
export const RUN_RECORD_SCHEMA_NAME = `run-record-${RUN_RECORD_VERSION}.schema.json`;

/**
 * The published shape of a run record. It leaves room for unknown fields (`io: 'input'`), because a reader of version 1
 * reads every later 1.x.
 */
export function runRecordSchema(): object {
  const { $schema, ...shape } = z.toJSONSchema(RunRecord, { target: 'draft-2020-12', io: 'input' });
  return {
    $schema,
    $id: `urn:launch-ready:${RUN_RECORD_SCHEMA_NAME.replace('.schema.json', '')}`,
    title: 'Launch Ready run record',
    description: 'Everything about one review of a deployed client portal. Checklist evidence, not a certificate.',
    ...shape,
  };
}
