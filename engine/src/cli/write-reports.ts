import path from 'node:path';
import type { RunRecord } from '../model/run-record.ts';
import { htmlReport } from '../report/html.ts';
import { canonicalJson } from '../report/json.ts';
import { sarif } from '../report/sarif.ts';
import type { RunFolder } from '../run/store.ts';

/** Every report of one record, side by side in its run folder. */
export function writeReports(record: RunRecord, { folder, write }: Pick<RunFolder, 'folder' | 'write'>) {
  write('record.json', canonicalJson(record));
  write('report.html', htmlReport(record));
  write('report.sarif', sarif(record));
  return { html: path.join(folder, 'report.html') };
}
