// The library: what a portal or a program of yours needs to read, check and show run records. Reviews are run by the CLI.
export { checks } from './checks/index.ts';
export type { AnyCheck, Problem, Severity, Stack } from './model/check.ts';
export { criteria } from './model/criteria.ts';
export { CRITERIA, type Criterion, type CriterionFacts, HARMS, type Harm } from './model/criterion.ts';
export { INPUT_ERROR_CODES, InputError, type InputErrorCode } from './model/errors.ts';
export { RUN_RECORD_VERSION, RunRecord } from './model/run-record.ts';
export { STANDARDS } from './model/standards.ts';
export { htmlReport } from './report/html.ts';
export { canonicalJson } from './report/json.ts';
export { runRecordSchema } from './report/json-schema.ts';
export { sarif } from './report/sarif.ts';
