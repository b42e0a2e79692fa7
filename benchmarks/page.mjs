// Measures how large the page of a large report is, and how long a browser takes to open it from disk: until every chart of
// its first row is drawn, in Debian's Chromium (`npm run browser`), each opening in a browser that was just started. The
// reports come from the simulator: one of 102 rows, one with 12,000 aggregates that lost order, and the two
// usual ones. Exits 1 beyond 5 MB or 2 s.
//
//   npm run build && node benchmarks/page.mjs [--openings 5]
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';

const cli = fileURLToPath(new URL('../dist/cli/main.js', import.meta.url));
const limits = { bytes: 5_000_000, ms: 2_000 };

const workers = Array.from({ length: 34 }, (_, index) => index + 2).join(',');
const reports = {
  'a default run': ['run'],
  'a default compare': ['compare'],
  '102 rows': ['run', '--aggregates', '50', '--versions', '20', '--sweep', `workers=${workers}`],
  '12,000 violating aggregates': [
    ...['run', '--mode', 'single', '--strategy', 'unkeyed-pool', '--workers', '4096', '--max-ack-pending', '200000'],
    ...['--handler-time', '0-20s', '--aggregates', '12000', '--versions', '8'],
  ],
};

const { values: options } = parseArgs({ options: { openings: { type: 'string', default: '5' } } });
const openings = Number(options.openings);
if (!Number.isSafeInteger(openings) || openings < 1) throw new Error('--openings: a number from 1');

const folder = mkdtempSync(join(tmpdir(), 'eventbus-bench-pages-'));

function writePage(args, index) {
  const reportDir = join(folder, String(index));
  const page = join(folder, `${index}.html`);
  const latest = join(reportDir, 'latest.json');
  tool([...args, '--quiet', '--report-dir', reportDir]);
  tool(['report', latest, '--format', 'html', '--output', page]);
  return { page, runs: JSON.parse(readFileSync(latest, 'utf8')).runs };
}

function tool(args) {
  const { status, stderr } = spawnSync(process.execPath, [cli, ...args], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${args.join(' ')} ended with ${status}: ${stderr}`);
}

async function msToOpen(page) {
  const browser = await chromium.launch({
    executablePath: process.env['EVENTBUS_BENCH_CHROMIUM'] ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'],
  });
  try {
    const tab = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    const begun = performance.now();
    await tab.goto(pathToFileURL(page).href);
    await tab.locator('.run figure > svg').last().waitFor();
    return performance.now() - begun;
  } finally {
    await browser.close();
  }
}

let isWithin = true;
try {
  for (const [index, [name, args]] of Object.entries(reports).entries()) {
    const { page, runs } = writePage(args, index);
    const bytes = statSync(page).size;
    const times = [];
    for (let opening = 0; opening < openings; opening++) times.push(await msToOpen(page));
    const [median, longest] = [times.sort((a, b) => a - b)[Math.floor(openings / 2)], times.at(-1)];
    const broken = runs.reduce((sum, { aggregatesWithAnomalies }) => sum + aggregatesWithAnomalies, 0);
    console.log(
      `${name}: ${runs.length} rows, ${broken} aggregates with anomalies: ${(bytes / 1e6).toFixed(2)} MB, opened in ${median.toFixed(0)} ms (median of ${openings}; longest ${longest.toFixed(0)} ms)`,
    );
    isWithin &&= bytes < limits.bytes && median < limits.ms;
  }
} finally {
  rmSync(folder, { recursive: true });
}
process.exit(isWithin ? 0 : 1);
