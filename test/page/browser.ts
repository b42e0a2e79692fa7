/** Opens pages from disk in Debian's Chromium, and hears what they complain of and what they ask for. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium, type Browser, type Page } from 'playwright-core';
import { temporaryFolder } from '../cli/cli-process.js';

/** A browser that asks nobody for anything on its own. */
export function startBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env['EVENTBUS_BENCH_CHROMIUM'] ?? '/usr/bin/chromium',
    args: [
      ...['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-sync'],
      ...['--disable-background-networking', '--disable-component-update'],
    ],
  });
}

export interface Opened {
  readonly page: Page;
  /** Errors and warnings of the console, and exceptions. */
  readonly complaints: string[];
  /** Addresses of what it asked for, but for itself. */
  readonly requests: string[];
}

export interface Look {
  readonly width?: number;
  readonly scheme?: 'light' | 'dark';
  /** With its `#`. */
  readonly hash?: string;
  /** What stands on the page once it is drawn; the heading of a row if absent. */
  readonly ready?: string;
}

export async function open(browser: Browser, html: string, look: Look = {}): Promise<Opened> {
  const { width = 1280, scheme = 'light', hash = '', ready = '.run h2' } = look;
  const file = join(temporaryFolder(), 'page.html');
  writeFileSync(file, html);
  const address = pathToFileURL(file).href;
  const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme: scheme });
  const complaints: string[] = [];
  const requests: string[] = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('request', (request) => {
    if (!request.url().startsWith(address)) requests.push(request.url());
  });
  await page.goto(`${address}${hash}`);
  await page.locator(ready).first().waitFor();
  return { page, complaints, requests };
}
