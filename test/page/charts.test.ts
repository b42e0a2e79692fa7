/**
 * The charts of the page in a real browser: they show what the report says, each with its figures as a table, and none
 * covers, cuts off or leaves out anything in any width.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Browser, Page } from 'playwright-core';
import type { RunReport } from '../../src/domain/report/run-report.js';
import { renderAs } from '../../src/report/exporters/formats.js';
import { parseReport } from '../../src/report/contract/parse-report.js';
import { runCli } from '../cli/cli-process.js';
import { barriersOf, faultsOf } from './audit.js';
import { open, startBrowser } from './browser.js';

const look = { width: 80, color: false, ascii: false };
const htmlOf = (report: RunReport): Promise<string> =>
  renderAs('html', { reports: [{ report, gate: null }], list: false, look });

async function ran(...args: string[]): Promise<RunReport> {
  const { stdout } = await runCli([...args, '--quiet', '--json']);
  return parseReport(stdout);
}

let browser: Browser;
let pages: Record<'compared' | 'swept' | 'disturbed', { report: RunReport; html: string }>;

beforeAll(async () => {
  browser = await startBrowser();
  const small = ['--aggregates', '20', '--versions', '20'];
  const [compared, swept, disturbed] = await Promise.all([
    ran('compare', ...small, '--repeat', '2'),
    ran('run', ...small, '--mode', 'multi/shared,single', '--sweep', 'topics=1,2,5', '--seeds', '2'),
    ran('run', 'kafka-rebalance'),
  ]);
  pages = {
    compared: { report: compared, html: await htmlOf(compared) },
    swept: { report: swept, html: await htmlOf(swept) },
    disturbed: { report: disturbed, html: await htmlOf(disturbed) },
  };
});

afterAll(() => browser.close());

/** The cells of the table behind a chart, row by row. */
async function figuresOf(page: Page, title: string): Promise<string[][]> {
  const figure = page.locator('figure', { has: page.getByText(title, { exact: true }) }).first();
  const rows = await figure.locator('tbody tr').all();
  return Promise.all(rows.map((row) => row.locator('td').allTextContents()));
}

describe('the chart of cost against promises', () => {
  it('has a line for each candidate, and a star for each that the report calls Pareto-optimal', async () => {
    const { report, html } = pages.compared;
    const { page, complaints } = await open(browser, html);
    expect(complaints).toEqual([]);
    const rows = await figuresOf(page, 'Cost against promises');
    const { candidates } = report.comparison!;
    const optimal = candidates.filter(({ isParetoOptimal }) => isParetoOptimal).map(({ name }) => name);
    expect(optimal.length).toBeGreaterThan(0);
    expect(rows.map(([, name]) => name).sort()).toEqual(candidates.map(({ name }) => name).sort());
    expect(rows.filter((row) => row.at(-1) === '★').map(([, name]) => name).sort()).toEqual(optimal.sort()); // prettier-ignore
    // A star has ten corners, which no other sign has.
    const signs = await page.locator('figure > svg').first().locator('g[aria-label="dot"] path').all();
    const corners = await Promise.all(signs.map(async (sign) => (await sign.getAttribute('d'))!.split('L').length));
    expect(corners.filter((count) => count === 10)).toHaveLength(optimal.length);
    await page.close();
  });

  it('puts those first that promise the most', async () => {
    const { page } = await open(browser, pages.compared.html);
    const promises = (await figuresOf(page, 'Cost against promises')).map(([, , promise]) => promise);
    expect(promises[0]).toBe('each aggregate in order, also through redelivery and resize');
    expect(promises.at(-1)).toBe('each aggregate in order until a redelivery');
    await page.close();
  });
});

describe('the curves of a sweep', () => {
  it('have a point for each value of each row, and every row has a table', async () => {
    const { report, html } = pages.swept;
    const { page, complaints } = await open(browser, html);
    expect(complaints).toEqual([]);
    const rows = await figuresOf(page, 'Regressions by topics');
    expect(rows.map(([name, value]) => `${name!} ${value!}`)).toEqual(
      report.sweeps.flatMap(({ name, points }) => points.map(({ value }) => `${name} ${value}`)),
    );
    const means = report.sweeps.flatMap(({ points }) => points.map((point) => point.regressionsPerRun!.value));
    expect(rows.map(([, , mean]) => Number(mean!.replace(',', '')))).toEqual(means);
    const captions = await page.locator('section > .scroll caption').allTextContents();
    expect(captions).toEqual(report.sweeps.map(({ name, field }) => `${name} by ${field}`));
    await page.close();
  });
});

describe('the charts of a row', () => {
  it('say how far back regressions reach, as the report does', async () => {
    const { report, html } = pages.swept;
    const violated = report.runs.find(({ outcome }) => outcome === 'violated')!;
    const { page } = await open(browser, html, { hash: `#row=${encodeURIComponent(violated.id)}` });
    const rows = await figuresOf(page, 'How far back regressions reach');
    const shown = report.runs.find(({ reordering }) => String(reordering.extentMax) === rows[1]![1])!;
    expect(rows[0]![1]).toBe(String(shown.reordering.extentP50));
    const told = shown.aggregates.flatMap(({ examples }) => examples);
    const drawn = rows.filter(([what]) => what === 'places').map((row) => Number(row[3]));
    expect(drawn.reduce((sum, count) => sum + count, 0)).toBe(told.length);
    await page.close();
  });

  it('draw rebalances and disturbances where they fell', async () => {
    const { report, html } = pages.disturbed;
    const [row] = report.runs;
    const happened = row!.rebalances.length + row!.disturbances.length;
    expect(happened).toBeGreaterThan(1);
    const { page, complaints } = await open(browser, html);
    expect(complaints).toEqual([]);
    const figure = page.locator('figure', { has: page.getByText('Over time', { exact: true }) });
    expect(await figure.locator('> svg').first().locator('line[stroke-dasharray], g[stroke-dasharray] line').count()).toBe(happened); // prettier-ignore
    expect(await figure.locator('p').textContent()).toContain('join at 904.402 ms');
    await page.close();
  });
});

describe.each(['compared', 'swept', 'disturbed'] as const)('the page of what was %s', (name) => {
  it.each([
    [360, 'dark'],
    [1_280, 'light'],
    [2_560, 'dark'],
  ] as const)('shows all of everything, to everybody, at %i pixels, %s', async (width, scheme) => {
    const { page } = await open(browser, pages[name].html, { width, scheme });
    await page.locator('figure > svg').first().waitFor();
    expect(await faultsOf(page)).toEqual([]);
    await page.evaluate('document.querySelectorAll("details").forEach((one) => (one.open = true))');
    expect(await faultsOf(page)).toEqual([]);
    expect(await barriersOf(page)).toEqual([]);
    await page.close();
  });
});
