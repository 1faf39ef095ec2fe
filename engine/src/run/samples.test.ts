import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import { checks } from '../checks/index.ts';
import { RunRecord } from '../model/run-record.ts';
import { canonicalJson } from '../report/json.ts';
import { recordOf } from './record.ts';
import { readRunFolder } from './store.ts';

const SAMPLES = path.join(import.meta.dirname, '..', '..', 'samples');
const folders = globSync(path.join(SAMPLES, '*', 'given.json'))
  .map((file) => path.dirname(file))
  .sort();

/** Recorded runs, each with the record it must be judged to. `npm run samples` writes them anew when a check means to change one. */
describe('recorded runs are judged as they were', () => {
  it('there are recorded runs', () => assert.ok(folders.length >= 3, SAMPLES));
  for (const folder of folders) {
    it(path.basename(folder), () => {
      const { given, run, sightings } = readRunFolder(folder);
      const record = canonicalJson(recordOf(checks, sightings, given, run));
      assert.equal(record, readFileSync(path.join(folder, 'record.json'), 'utf8'));
      RunRecord.parse(JSON.parse(record));
    });
  }
});
