// `npm run samples`: judges every recorded run anew and writes the record it is now judged to. Look at the diff before you commit it.
import { globSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { checks } from '../engine/src/checks/index.ts';
import { canonicalJson } from '../engine/src/report/json.ts';
import { recordOf } from '../engine/src/run/record.ts';
import { readRunFolder } from '../engine/src/run/store.ts';

for (const file of globSync(path.join(import.meta.dirname, '..', 'engine', 'samples', '*', 'given.json')).sort()) {
  const folder = path.dirname(file);
  const { given, run, sightings } = readRunFolder(folder);
  const record = recordOf(checks, sightings, given, run);
  writeFileSync(path.join(folder, 'record.json'), canonicalJson(record));
  console.log(`${path.basename(folder)}: ${record.verdict.is}, ${record.findings.length} findings`);
}
