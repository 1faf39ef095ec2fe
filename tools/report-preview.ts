import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import { htmlReport } from '../engine/src/report/html.ts';
import { sarif } from '../engine/src/report/sarif.ts';
import { closing, row } from '../engine/src/report/terminal.ts';
import { sampleRecord } from '../engine/src/report/testing/sample-record.ts';

/**
 * Shows what the reports look like: writes the sample's files and pictures of them into a folder.
 * Use: node --conditions=source tools/report-preview.ts <folder> [terminal]
 */
const [folder, only] = process.argv.slice(2);
if (folder === undefined) {
  console.error('Use: node --conditions=source tools/report-preview.ts <folder> [terminal]');
  process.exit(2);
}
mkdirSync(folder, { recursive: true });
const record = sampleRecord();
const rehearsal = sampleRecord({ standing: 'rehearsal' });

for (const width of [80, 120]) {
  console.log(`${'─'.repeat(width)} ${width} columns`);
  for (const criterion of record.criteria) console.log(row(criterion, { colour: only === 'terminal', width }));
  console.log(closing(record, { colour: only === 'terminal', width }));
}
if (only === 'terminal') process.exit(0);

const samples = {
  sample: record,
  rehearsal,
  hostile: sampleRecord({ hostile: true }),
  empty: sampleRecord({ empty: true }),
  huge: sampleRecord({ manyFindings: 3000, manyUnproved: 5000 }),
};
for (const [name, one] of Object.entries(samples)) writeFileSync(path.join(folder, `${name}.html`), htmlReport(one));
writeFileSync(path.join(folder, 'sample.sarif'), sarif(record));

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-background-networking',
    '--no-first-run',
    '--disable-component-update',
    '--disable-sync',
  ],
});
const views = [
  { file: 'desktop', page: 'sample', width: 1280, height: 900, colorScheme: 'light' },
  { file: 'dark', page: 'sample', width: 1280, height: 900, colorScheme: 'dark' },
  { file: 'phone', page: 'sample', width: 390, height: 844, colorScheme: 'light' },
  { file: 'rehearsal', page: 'rehearsal', width: 1280, height: 900, colorScheme: 'light' },
  { file: 'hostile', page: 'hostile', width: 1280, height: 900, colorScheme: 'light' },
  { file: 'empty', page: 'empty', width: 1280, height: 900, colorScheme: 'light' },
] as const;
for (const { file, page: name, width, height, colorScheme } of views) {
  const page = await browser.newPage({ viewport: { width, height }, colorScheme });
  await page.goto(pathToFileURL(path.resolve(folder, `${name}.html`)).href);
  await page.screenshot({ path: path.join(folder, `${file}-top.png`) });
  await page.screenshot({ path: path.join(folder, `${file}.png`), fullPage: true });
  await page.close();
}
const paper = await browser.newPage();
await paper.goto(pathToFileURL(path.resolve(folder, 'rehearsal.html')).href);
await paper.pdf({
  path: path.join(folder, 'rehearsal.pdf'),
  format: 'A4',
  preferCSSPageSize: true,
  printBackground: true,
});
await browser.close();
