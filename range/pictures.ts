// `npm run pictures`: reviews a portal with four defects, and puts what came out into the README.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import { stringify } from 'yaml';
import { startPortal } from './portal/start-portal.ts';
import type { PartialSwitches } from './portal/switches.ts';
import { launched, targetFileOf } from './review-portal.ts';

const ROOT = path.join(import.meta.dirname, '..');
const PICTURES = path.join(ROOT, 'docs', 'pictures');

/** In parts: a secret scanner must find nothing in this repository. */
const FAKE_KEY = ['sk', 'live', '51N0rthl1ghtRangeOnly4711abcdEFGH'].join('_');

/** What such portals really have: a key in the bundle, an API that forgot to ask, no HSTS, www beside the bare domain. */
const DEFECTS: PartialSwitches = {
  assetText: { 'index.js': `;const billing={key:"${FAKE_KEY}"};` },
  access: { signedOutApis: { 'GET /api/records': 'serves' } },
  hsts: { page: null, api: null, redirect: null, error: null, asset: null },
  canonical: { 'www.portal.example': { answer: 'serve' } },
};

const portal = await startPortal(DEFECTS);
const folder = mkdtempSync(path.join(os.tmpdir(), 'launch-ready-pictures-'));
try {
  const file = path.join(folder, 'launch-ready.yaml');
  writeFileSync(file, stringify(targetFileOf(portal, false)));
  const run = path.join(folder, 'run');
  const { stdout } = await launched(['check', '--target', file, '--out', run], folder, {});
  const shown = stdout.replaceAll(/Report {2}.*\n/g, '').trimEnd();
  const readme = path.join(ROOT, 'README.md');
  const text = readFileSync(readme, 'utf8');
  writeFileSync(
    readme,
    text.replace(
      /(<!-- check: [^>]*-->\n)[\s\S]*?(<!-- \/check -->)/,
      (_, open: string, close: string) => `${open}\n\`\`\`\n${shown}\n\`\`\`\n\n${close}`,
    ),
  );

  const browser = await chromium.launch({
    executablePath: process.env.LAUNCH_READY_BROWSER ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run', '--disable-sync'],
  });
  const page = await browser.newPage({ viewport: { width: 1200, height: 900 } });
  await page.goto(pathToFileURL(path.join(run, 'report.html')).href);
  await page.screenshot({ path: path.join(PICTURES, 'report.png') });
  // Tall enough to show it whole, so that nothing sticky lies over it.
  await page.setViewportSize({ width: 1200, height: 6000 });
  const finding = page.locator('#findings article, #findings details, .finding').first();
  await finding.screenshot({ path: path.join(PICTURES, 'finding.png') });
  await browser.close();
} finally {
  await portal.close();
  rmSync(folder, { recursive: true, force: true });
}
