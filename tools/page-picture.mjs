// Draws the picture of the page in the README (`node tools/page-picture.mjs`): runs what the README says, and takes the
// upper part of the page in Debian's Chromium (`npm run browser`).
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

const program = fileURLToPath(new URL('../dist/cli/main.js', import.meta.url));
const picture = fileURLToPath(new URL('../docs/images/page.png', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'eventbus-bench-picture-'));
const browser = await chromium.launch({
  executablePath: process.env['EVENTBUS_BENCH_CHROMIUM'] ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update'],
});
try {
  const args = ['run', '--topics', '5', '--format', 'html', '--quiet'];
  const { stdout } = spawnSync(process.execPath, [program, ...args], {
    encoding: 'utf8',
    cwd: folder,
    maxBuffer: 2 ** 26,
  });
  const file = join(folder, 'page.html');
  writeFileSync(file, stdout);
  const page = await browser.newPage({ viewport: { width: 1_200, height: 800 } });
  await page.goto(pathToFileURL(file).href);
  const timeline = await page.locator('.timeline .canvas').first().boundingBox();
  const height = Math.ceil(timeline.y + timeline.height + 12);
  await page.screenshot({ path: picture, fullPage: true, clip: { x: 0, y: 0, width: 1_200, height } });
} finally {
  await browser.close();
  rmSync(folder, { recursive: true, force: true });
}
