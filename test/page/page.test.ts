/**
 * The page of a report in a real browser: it opens from disk without a request or a complaint, shows the inverted pair
 * that the report names, and can be used with the keyboard, in any width, in light and dark.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Browser, Page } from 'playwright-core';
import type { RunReport } from '../../src/domain/report/run-report.js';
import { renderAs } from '../../src/report/exporters/formats.js';
import { parseReport } from '../../src/report/contract/parse-report.js';
import { finding, report as reportOf, violatedRow } from '../report/fixtures.js';
import { runCli } from '../cli/cli-process.js';
import { barriersOf, faultsOf } from './audit.js';
import { open, startBrowser } from './browser.js';

const look = { width: 80, color: false, ascii: false };
const htmlOf = (...reports: RunReport[]): Promise<string> =>
  renderAs('html', { reports: reports.map((report) => ({ report, gate: null })), list: false, look });

async function ran(...args: string[]): Promise<RunReport> {
  const { stdout } = await runCli(['run', '--quiet', '--json', ...args]);
  return parseReport(stdout);
}

let browser: Browser;
let shared: RunReport;
let html: string;

beforeAll(async () => {
  browser = await startBrowser();
  shared = await ran('--mode', 'multi/shared,single', '--aggregates', '20', '--versions', '40');
  html = await htmlOf(shared);
});

afterAll(() => browser.close());

/** Middle of a mark: that of a version at a stage. */
async function placeOf(page: Page, version: number, stage: string): Promise<{ x: number; y: number }> {
  const box = await page.locator(`[data-version="${version}"] [data-stage="${stage}"]`).first().boundingBox();
  return { x: box!.x + box!.width / 2, y: box!.y + box!.height / 2 };
}

describe('the page', () => {
  it('opens from disk, asks nobody for anything, and complains of nothing', async () => {
    const { page, complaints, requests } = await open(browser, html);
    expect({ complaints, requests }).toEqual({ complaints: [], requests: [] });
    expect(await page.locator('h1').textContent()).toBe('eventbus-bench: run');
    await page.close();
  });

  it('says first which row lost order, by which cause, and what to do', async () => {
    const { page } = await open(browser, html);
    const verdict = await page.locator('.finding').first().textContent();
    expect(verdict).toContain('multi/shared loses order');
    expect(verdict).toContain('shared-durable (certain)');
    expect(verdict).toContain('a durable per topic');
    await page.close();
  });

  it('shows the pair that the report names, in order at its publishing and crossed where order was lost', async () => {
    const { page } = await open(browser, html);
    const [row] = shared.runs;
    const [{ version, afterVersion, origin }] = row!.aggregates[0]!.examples as [
      RunReport['runs'][number]['aggregates'][number]['examples'][number],
    ];
    expect(await page.locator('.pair').textContent()).toBe(
      `version ${version} was handled after version ${afterVersion}. Order was lost at ${origin} (ringed).`,
    );
    const published = [await placeOf(page, version, 'publish'), await placeOf(page, afterVersion, 'publish')];
    const arrived = [await placeOf(page, version, origin), await placeOf(page, afterVersion, origin)];
    expect(published[0]!.x).toBeLessThan(published[1]!.x);
    expect(arrived[0]!.x).toBeGreaterThan(arrived[1]!.x);
    expect(await page.locator('.overtaking').textContent()).toBe(`${afterVersion} overtakes ${version}`);
    expect(await page.locator('.event.late').getAttribute('data-version')).toBe(String(version));
    expect(await page.locator('.event.early').getAttribute('data-version')).toBe(String(afterVersion));
    await page.close();
  });

  it('tells the story of the event that the pointer or an arrow key goes to', async () => {
    const { page } = await open(browser, html);
    const first = await page.locator('.story h4').textContent();
    await page.locator('.event .mark').first().hover();
    const hovered = await page.locator('.story h4').textContent();
    expect(hovered).not.toBe(first);
    await page.locator('.event[tabindex="0"]').focus();
    await page.keyboard.press('ArrowRight');
    expect(await page.locator('.story h4').textContent()).not.toBe(hovered);
    expect(await page.locator('.story dd').count()).toBe(7);
    await page.close();
  });

  it('sorts a table by the column that is clicked, by value, both ways', async () => {
    const { page } = await open(browser, html);
    const names = (): Promise<string[]> => page.locator('section > .scroll tbody th').allTextContents();
    const heading = page.getByRole('button', { name: 'regressions' });
    await heading.click();
    expect((await names()).map((name) => name.trim())).toEqual(['single', 'multi/shared']);
    await heading.click();
    expect((await names()).map((name) => name.trim())).toEqual(['multi/shared', 'single']);
    await page.close();
  });

  it('puts the chosen row and aggregate into its address, and opens at them', async () => {
    const { page } = await open(browser, html);
    await page.getByLabel('Aggregate').selectOption({ index: 1 });
    const hash = new URL(page.url()).hash;
    const shown = await page.locator('.story h4').textContent();
    await page.close();
    const again = await open(browser, html, { hash });
    expect(await again.page.locator('.story h4').textContent()).toBe(shown);
    await again.page.locator('nav button').nth(1).click();
    expect(await again.page.locator('.run h2').textContent()).toContain('single');
    expect(new URL(again.page.url()).hash).toBe('#row=single%231');
    await again.page.close();
  });

  it('changes from light to dark and back', async () => {
    const { page } = await open(browser, html, { scheme: 'dark' });
    const ground = (): Promise<string> => page.evaluate('getComputedStyle(document.body).backgroundColor');
    const dark = await ground();
    await page.locator('.theme').click();
    expect(await ground()).not.toBe(dark);
    await page.locator('.theme').click();
    expect(await ground()).toBe(dark);
    await page.close();
  });

  it('says in place of a picture that nothing was recorded, for a report of an older version', async () => {
    const old = { ...shared, runs: shared.runs.map((row) => ({ ...row, ...{ series: null, fetchMatrix: null, timelines: null } })) }; // prettier-ignore
    const { page, complaints } = await open(browser, await htmlOf(old));
    expect(complaints).toEqual([]);
    expect(await page.getByText('Not recorded.').count()).toBeGreaterThan(1);
    await page.close();
  });

  it.each([
    [360, 'light'],
    [1_280, 'dark'],
    [2_560, 'light'],
  ] as const)('is not cut off and bears no violation of axe-core at %i pixels, %s', async (width, scheme) => {
    const { page } = await open(browser, html, { width, scheme });
    expect(await faultsOf(page)).toEqual([]);
    expect(await barriersOf(page)).toEqual([]);
    await page.close();
  });
});

describe('names from outside', () => {
  it('are texts on the page, and neither elements nor scripts', async () => {
    const hostile = '</script><img src=x onerror="document.title=1"><b>\u202Eagg\uD800\u0000';
    const rows = [violatedRow('multi/shared#1', { aggregates: [finding(hostile, { topic: hostile })] })];
    const { page, complaints } = await open(browser, await htmlOf(reportOf(rows, { replay: hostile })));
    expect(complaints).toEqual([]);
    expect(await page.locator('img, b').count()).toBe(0);
    expect(await page.title()).toContain('eventbus-bench');
    await page.close();
  });
});

describe('a page of much', () => {
  it('stays under 5 MB for 100 rows, each with all that its pictures are drawn from', async () => {
    const [row] = shared.runs;
    const rows = Array.from({ length: 100 }, (_, index) => ({ ...row!, id: `multi/shared@workers=${index}#1` }));
    const large = await htmlOf({ ...shared, runs: rows });
    expect(large.length).toBeLessThan(5_000_000);
    const { page, complaints } = await open(browser, large);
    expect(complaints).toEqual([]);
    expect(await page.locator('section > .scroll tbody tr').count()).toBe(100);
    expect(await page.getByText('80 further rows are in the table only.').count()).toBe(1);
    await page.close();
  });

  it('stays under 1 MB for 10,000 violating aggregates, and shows the worst', async () => {
    const aggregates = Array.from({ length: 10_000 }, (_, index) => finding(`agg-${index}`));
    const large = await htmlOf(
      reportOf([violatedRow('multi/shared#1', { aggregates, aggregatesWithAnomalies: 10_000 })]),
    );
    expect(large.length).toBeLessThan(1_000_000);
    const { page, complaints } = await open(browser, large);
    expect(complaints).toEqual([]);
    await page.close();
  });

  it('is under 1 MB for a default run', async () => {
    expect((await htmlOf(await ran())).length).toBeLessThan(1_000_000);
  });
});
