/** The page of two reports side by side in a real browser: nothing is cut off, and it needs no script. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { join } from 'node:path';
import { writeFileSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { runCli, temporaryFolder } from '../cli/cli-process.js';
import { barriersOf, faultsOf } from './audit.js';
import { open, startBrowser } from './browser.js';

let browser: Browser;
let html: string;

beforeAll(async () => {
  browser = await startBrowser();
  const folder = temporaryFolder();
  const runs = [['compare'], ['compare', '--seed', '7', '--topics', '2', '--handler-time', '0-5ms']];
  const paths = await Promise.all(
    runs.map(async (args, at) => {
      const { stdout } = await runCli([...args, '--aggregates', '20', '--versions', '20', '--json', '--quiet']);
      const path = join(folder, `${String(at)}-${'long-name'.repeat(8)}.json`);
      writeFileSync(path, stdout);
      return path;
    }),
  );
  html = (await runCli(['report', ...paths, '--format', 'html'])).stdout;
});

afterAll(() => browser.close());

describe('the page of two reports', () => {
  it.each([
    [360, 'light'],
    [1_280, 'dark'],
    [2_560, 'light'],
  ] as const)('shows all of everything, to everybody, at %i pixels, %s', async (width, scheme) => {
    const { page, complaints, requests } = await open(browser, html, { width, scheme, ready: 'h2' });
    expect({ complaints, requests }).toEqual({ complaints: [], requests: [] });
    expect(await page.locator('tbody tr').count()).toBeGreaterThan(7);
    expect(await faultsOf(page)).toEqual([]);
    expect(await barriersOf(page)).toEqual([]);
    await page.close();
  });
});
