import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { AxeBuilder } from '@axe-core/playwright';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { htmlReport } from './html.ts';
import { sampleRecord } from './testing/sample-record.ts';

/** `LAUNCH_READY_BROWSER` names one; the others are where the systems we know put it. */
const EXECUTABLE = [process.env.LAUNCH_READY_BROWSER ?? '', '/usr/bin/chromium', '/usr/bin/google-chrome'].find(
  (file) => file !== '' && existsSync(file),
);
const skip = EXECUTABLE === undefined && process.env.CI !== 'true' ? 'no Chromium on this machine' : false;

const LOOKS: Readonly<Record<string, BrowserContextOptions>> = {
  light: { viewport: { width: 1280, height: 900 }, colorScheme: 'light' },
  dark: { viewport: { width: 1280, height: 900 }, colorScheme: 'dark' },
  phone: { viewport: { width: 360, height: 780 }, colorScheme: 'light', hasTouch: true },
};

describe('the HTML report in a browser', { skip }, () => {
  let browser: Browser;
  const folder = mkdtempSync(path.join(tmpdir(), 'report-'));
  const address = (name: string) => pathToFileURL(path.join(folder, name)).href;

  before(async () => {
    writeFileSync(path.join(folder, 'rehearsal.html'), htmlReport(sampleRecord({ standing: 'rehearsal' })));
    writeFileSync(path.join(folder, 'hostile.html'), htmlReport(sampleRecord({ hostile: true })));
    writeFileSync(
      path.join(folder, 'huge.html'),
      htmlReport(sampleRecord({ manyFindings: 3000, manyUnproved: 20_000 })),
    );
    assert.ok(EXECUTABLE !== undefined, 'CI has no Chromium');
    browser = await chromium.launch({
      executablePath: EXECUTABLE,
      args: [
        '--headless',
        '--no-sandbox',
        '--disable-gpu',
        '--disable-background-networking',
        '--no-first-run',
        '--disable-component-update',
        '--disable-sync',
      ],
    });
  });
  after(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true });
  });

  for (const [name, look] of Object.entries(LOOKS))
    test(`${name}: axe finds nothing, the policy is kept, nothing is asked of the network, nothing is wider than the screen`, async () => {
      for (const file of name === 'phone' ? ['rehearsal.html', 'hostile.html'] : ['rehearsal.html']) {
        const context = await browser.newContext(look);
        const page = await context.newPage();
        const trouble = watch(page);
        await page.goto(address(file));
        await page.evaluate(() => {
          for (const one of document.querySelectorAll('details')) one.open = true;
        });
        const { violations } = await new AxeBuilder({ page })
          .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
          .analyze();
        assert.deepEqual(
          violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`),
          [],
        );
        assert.deepEqual(trouble, []);
        assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
        await context.close();
      }
    });

  test('without JavaScript everything is there, and nothing that would need it', async () => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(address('rehearsal.html'));
    assert.ok(await page.getByRole('heading', { name: 'Findings' }).isVisible());
    assert.equal(await page.getByRole('button').count(), 0);
    await page.locator('.check > summary').first().click();
    assert.ok(await page.locator('.check-body').first().isVisible());
    await context.close();
  });

  test('filtering, colours and copying work', async () => {
    const context = await browser.newContext({ permissions: ['clipboard-read', 'clipboard-write'] });
    const page = await context.newPage();
    const trouble = watch(page);
    await page.goto(address('rehearsal.html'));
    await page.getByLabel('Filter').fill('stripe');
    assert.equal(await page.locator('.finding:visible').count(), 1);
    await page.getByRole('button', { name: 'Copy prompt for finding 2' }).click();
    await page.getByText('Copied').waitFor();
    await page.getByLabel('Filter').fill('');
    await page.getByRole('button', { name: 'Critical' }).click();
    assert.ok(await page.locator('.finding').first().isHidden());
    await page.getByRole('button', { name: 'Dark' }).click();
    assert.equal(await page.evaluate(() => getComputedStyle(document.documentElement).colorScheme), 'dark');
    assert.deepEqual(trouble, []);
    await context.close();
  });

  test('the first key leads past the contents, and focus is seen', async () => {
    const page = await browser.newPage();
    await page.goto(address('rehearsal.html'));
    await page.keyboard.press('Tab');
    const skipLink = page.getByRole('link', { name: 'Skip to the report' });
    assert.ok(
      await skipLink.evaluate((link) => link === document.activeElement && link.getBoundingClientRect().top >= 0),
    );
    await page.keyboard.press('Enter');
    assert.equal(await page.evaluate(() => document.activeElement?.id), 'main');
    await page.close();
  });

  test('paper shows what is folded away, and the watermark', async () => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(address('rehearsal.html'));
    await page.emulateMedia({ media: 'print' });
    assert.ok(await page.locator('.watermark').isVisible());
    assert.ok(((await page.locator('.check-body').first().boundingBox())?.height ?? 0) > 40);
    assert.ok((await page.pdf({ format: 'A4', preferCSSPageSize: true })).length > 10_000);
    await context.close();
  });

  test('3,000 findings are on screen within five seconds', async () => {
    const page = await browser.newPage();
    const started = process.hrtime.bigint();
    await page.goto(address('huge.html'));
    await page.getByRole('heading', { name: 'Limits of this report' }).scrollIntoViewIfNeeded();
    assert.ok(Number(process.hrtime.bigint() - started) / 1e6 < 5000);
    await page.close();
  });
});

/** What a sound page never does: complain, break its policy, open a dialog, or ask for anything but itself. */
function watch(page: Page): string[] {
  const trouble: string[] = [];
  page.on('console', (message) => trouble.push(`console: ${message.text()}`));
  page.on('pageerror', (error) => trouble.push(`error: ${error.message}`));
  page.on('dialog', (dialog) => {
    trouble.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('request', (request) => {
    if (!request.isNavigationRequest()) trouble.push(`request: ${request.url()}`);
  });
  return trouble;
}
