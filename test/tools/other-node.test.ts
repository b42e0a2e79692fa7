/**
 * Tests that the same seed gives the same report on another Node. EVENTBUS_BENCH_OTHER_NODE names its binary (CI sets
 * it to the current LTS; the suite itself runs on the oldest supported). The built command line runs on both, and all
 * but times and environment has to be the same.
 */
import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { scratchTree } from './scratch-tree.js';

const otherNode = process.env['EVENTBUS_BENCH_OTHER_NODE'];
/** What says when and where a run took place, not what happened in it. */
const timesAndPlaces = new Set(['startedAt', 'environment', 'wallDurationMs', 'peakRssBytes']);

describe.skipIf(otherNode === undefined)('another Node than this one', () => {
  const command = ['run', '--topics', '5', '--aggregates', '20', '--versions', '50', '--seed', '42'];

  it.each([
    ['every mode', command],
    ['handlers of varying length that fail', [...command, '--handler-time', '0-5ms', '--handler-fail', '0.05']],
    ['the control that loses order', [...command, '--mode', 'single', '--strategy', 'unkeyed-pool']],
  ])('gives the same report for %s', (_name, args) => {
    const [here, there] = [report(process.execPath, args), report(otherNode!, args)];
    expect(there).toBe(here);
    expect(here).toContain('"regressions"');
  });

  it('says what it is and what it can do', () => {
    const withoutNode = (text: string): string => text.replace(/^Node\.js .*$/m, '');
    for (const args of [['--version'], ['--help'], ['run', '--help']]) {
      expect(withoutNode(bench(otherNode!, args))).toBe(withoutNode(bench(process.execPath, args)));
    }
  });
});

function report(node: string, args: readonly string[]): string {
  const reports = scratchTree({});
  const json = bench(node, [...args, '--json', '--quiet', '--report-dir', reports]);
  const same = (key: string, value: unknown): unknown => (timesAndPlaces.has(key) ? undefined : value);
  return JSON.stringify(JSON.parse(json), same, 1).replaceAll(reports, 'REPORTS');
}

function bench(node: string, args: readonly string[]): string {
  const ended = spawnSync(node, ['dist/cli/main.js', ...args], { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  expect(ended.stderr).not.toMatch(/Warning|    at /);
  expect(ended.status, ended.stderr).toBe(0);
  return ended.stdout;
}
