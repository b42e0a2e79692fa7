/**
 * Each hazard as the record that somebody's own bus would have. The whole record names causes that the run has, and no
 * other; whatever lines and fields are left out of it, it names none that the whole one does not, and none at all from
 * handlings alone.
 */
import { readdirSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SeededPrng } from '../../../src/runtime/seeded-prng.js';
import { runScenario } from '../../../src/run/run-scenario.js';
import { loadScenarioFile } from '../../../src/scenario/file/scenario-file.js';
import { resolveScenario } from '../../../src/scenario/resolve.js';
import { strategyIds } from '../../../src/strategy/registry.js';
import type { RunRow } from '../../../src/domain/report/run-report.js';
import { ScratchFile } from '../../observation/fixtures.js';
import { checkLines } from '../../record/check-lines.js';
import { recordsOfTrace, without, type RecordLine } from '../../record/from-trace.js';

const folder = new URL('../../../scenarios/hazards/', import.meta.url);
const hazards = readdirSync(folder).map((file) => file.replace('.yaml', ''));

/** What the record of each hazard names; the others need what no line of a record says. */
const named: Readonly<Record<string, readonly string[]>> = {
  'ack-before-handling': ['ack-before-handling'],
  'ack-without-success': ['ack-without-success'],
  'competing-pullers': ['competing-pullers'],
  'concurrent-publishers': ['concurrent-publishers'],
  'missing-key': ['missing-key'],
  'partitioner-mismatch': ['partitioner-mismatch'],
  'retry-at-tail': ['retry-at-tail'],
  'unawaited-handler': ['unawaited-handler'],
  'unkeyed-pool': ['unkeyed-pool'],
};

const events = ['publish', 'acked', 'deliver', 'start', 'finish', 'ack'];
const fields = [
  ...['position', 'partition', 'subscription', 'delivery', 'lane', 'process', 'deliveryCount', 'publisher'],
  ...['topic', 'ok'],
];
const parts = [...events, ...fields];
const pairsDrawn = 4;

let scratch: ScratchFile;
beforeEach(() => {
  scratch = new ScratchFile();
});
afterEach(() => {
  scratch.remove();
});

async function recorded(hazard: string, seed: number): Promise<readonly (readonly [RunRow, RecordLine[]])[]> {
  const file = loadScenarioFile(new URL(`${hazard}.yaml`, folder).pathname, { strategies: strategyIds });
  const scenario = resolveScenario({ file, flags: { seed: String(seed) }, strategies: strategyIds });
  const { runs } = await runScenario(scenario, {
    connections: { nats: null, kafka: null },
    signal: new AbortController().signal,
    onProgress: () => undefined,
    tracePath: scratch.path,
    command: ['run'],
  });
  const records = recordsOfTrace(scratch.path);
  return runs.map((row, index) => [row, records[index]!]);
}

/** Each part alone, and some pairs of them. */
function leftOut(hazard: string): string[][] {
  const prng = new SeededPrng(1, hazard);
  const any = (): string => parts[prng.below(parts.length)]!;
  return [...parts.map((part) => [part]), ...Array.from({ length: pairsDrawn }, () => [any(), any()])];
}

describe('the record of a hazard', () => {
  it.each(hazards)('%s', { timeout: 240_000 }, async (hazard) => {
    for (const [row, lines] of await recorded(hazard, 1)) {
      const ofRun = row.causes.map(({ id }) => id);
      const whole = await checkLines(lines, { complete: true });
      const ids = whole.causes.map(({ id }) => id);
      expect(ids).toEqual(named[hazard] ?? []);
      for (const id of ids) expect(ofRun).toContain(id);

      for (const left of leftOut(hazard)) {
        const partly = await checkLines(without(lines, left), { complete: true });
        const why = `${hazard} without ${left.join(' and ')}`;
        for (const { id } of partly.causes) expect(ids, why).toContain(id);
        // A handling that ends without `ok` has succeeded, so what failed is not told without it.
        if (row.outcome === 'violated' && !left.includes('ok')) expect(partly.outcome, why).not.toBe('ordered');
        if (row.outcome === 'ordered') expect(partly.outcome, why).not.toBe('violated');
      }
      const handlings = lines.filter(({ ev }) => ev === 'start').map((line) => ({ ...line, ev: 'handled' }));
      expect((await checkLines(handlings)).causes).toEqual([]);
    }
  });

  it.each(hazards)('%s names no other cause with other seeds', { timeout: 60_000 }, async (hazard) => {
    for (const seed of [2, 3]) {
      for (const [row, lines] of await recorded(hazard, seed)) {
        const { causes } = await checkLines(lines, { complete: true });
        const ofRun = row.causes.map(({ id }) => id);
        for (const { id } of causes) expect(ofRun, `seed ${seed}`).toContain(id);
      }
    }
  });
});
