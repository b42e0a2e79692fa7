/** The page of the test of the diagnosis in a real browser: the matrix says what the same runs say as JSON. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Browser } from 'playwright-core';
import type { HazardMatrix } from '../../src/domain/report/hazard-tally.js';
import { readEnvironment } from '../../src/run/environment.js';
import { readToolInfo } from '../../src/run/tool-info.js';
import { renderPages } from '../../src/report/exporters/html.js';
import { pageOfHazards } from '../../src/report/page/page-of-hazards.js';
import { runCli } from '../cli/cli-process.js';
import { barriersOf, faultsOf } from './audit.js';
import { open, startBrowser } from './browser.js';

const asked = ['hazards', 'partitioner-mismatch', 'unkeyed-pool', 'many-writers', '--seeds', '2', '--quiet'];

let browser: Browser;
let matrix: HazardMatrix;
let html: string;

beforeAll(async () => {
  browser = await startBrowser();
  const [json, page] = await Promise.all([runCli([...asked, '--json']), runCli([...asked, '--format', 'html'])]);
  matrix = JSON.parse(json.stdout) as HazardMatrix;
  html = page.stdout;
});

afterAll(() => browser.close());

const ready = '.confusion tbody tr';

describe('the page of hazards', () => {
  it('has a line for each hazard and a column for each cause, with as many runs as named it', async () => {
    const { page, complaints, requests } = await open(browser, html, { ready });
    expect({ complaints, requests }).toEqual({ complaints: [], requests: [] });
    const causes = (await page.locator('.confusion thead th').allTextContents()).slice(1, -2);
    expect(causes.slice(0, 2)).toEqual(['partitioner-mismatch', 'unkeyed-pool']);
    const lines = await page.locator(ready).all();
    const shown = await Promise.all(
      lines.map(async (line): Promise<[string | null, Record<string, number>]> => {
        const counts = (await line.locator('td').allTextContents()).map(Number);
        const named = causes.map((cause, at) => [cause, counts[at]!] as const).filter(([, count]) => count > 0);
        return [await line.locator('th').textContent(), Object.fromEntries(named)];
      }),
    );
    expect(shown).toEqual(matrix.hazards.map(({ id, diagnosed }) => [id, diagnosed]));
    expect(await page.locator('.confusion .own').count()).toBe(2);
    expect(await page.locator('.finding').textContent()).toContain('no cause missed or mistaken');
    await page.close();
  });

  it('marks a cause that is named in a hazard whose runs came out wrong', async () => {
    const [first, ...others] = matrix.hazards;
    const results = { ...first!.results, named: first!.results.named - 1, mistaken: 1 };
    const worst = { row: 'single#1', seed: 42, result: 'mistaken' as const };
    const hazards = [{ ...first!, results, diagnosed: { ...first!.diagnosed, 'missing-ack': 1 }, worst }, ...others];
    const wrong = pageOfHazards({
      ...{ matrix: { outcome: 'failed', hazards, leftOut: [] }, replay: 'eventbus-bench hazards' },
      ...{ tool: readToolInfo(), environment: readEnvironment() },
    });
    const { page } = await open(browser, await renderPages([wrong]), { ready });
    const marked = await page.locator('.confusion .wrong').allTextContents();
    expect(marked.filter((text) => text !== '')).toContain('1');
    expect(await page.locator('.finding.violated').textContent()).toContain('named a cause that is not at work');
    await page.close();
  });

  it('shows its own cause in brackets where runs named it as latent only', async () => {
    const [first, ...others] = matrix.hazards;
    const hazards = [{ ...first!, diagnosed: {}, latent: { [first!.id]: 2 } }, ...others];
    const page = pageOfHazards({
      ...{ matrix: { outcome: 'held', hazards, leftOut: [] }, replay: 'eventbus-bench hazards' },
      ...{ tool: readToolInfo(), environment: readEnvironment() },
    });
    const opened = await open(browser, await renderPages([page]), { ready });
    expect(await opened.page.locator('.confusion .own').allTextContents()).toEqual(['(2)', '4']);
    await opened.page.close();
  });

  it.each([
    [360, 'light'],
    [1_280, 'dark'],
  ] as const)('shows all of everything, to everybody, at %i pixels, %s', async (width, scheme) => {
    const { page } = await open(browser, html, { width, scheme, ready });
    expect(await faultsOf(page)).toEqual([]);
    expect(await barriersOf(page)).toEqual([]);
    await page.close();
  });
});
