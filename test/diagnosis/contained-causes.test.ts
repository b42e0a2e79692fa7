/**
 * Scenarios with flags of all kinds drawn at random: no cause is named whose mechanism the scenario cannot contain.
 * EVENTBUS_BENCH_CONTAINED_RUNS=N draws so many, instead of 120.
 */
import { expect, it } from 'vitest';
import type { RunRow } from '../../src/domain/report/run-report.js';
import { UsageError } from '../../src/domain/errors.js';
import { Chance, commandOf, type DrawnRun } from '../run/drawn-runs.js';
import { simulate } from '../run/simulate.js';
import { containedCauses, drawAny } from './contained-causes.js';

const runs = Number(process.env['EVENTBUS_BENCH_CONTAINED_RUNS'] ?? 120);

/** null: the flags exclude each other. */
async function rowsOf({ flags, seed }: DrawnRun): Promise<RunRow[] | null> {
  try {
    return await simulate(flags, seed);
  } catch (error) {
    if (error instanceof UsageError) return null;
    throw error;
  }
}

it('names no cause whose mechanism the scenario cannot contain', { timeout: 600_000 }, async () => {
  const mistaken: string[] = [];
  let ran = 0;
  for (let at = 0; at < runs; at++) {
    const run = { flags: drawAny(new Chance(`any ${at}`)), seed: at + 1 };
    const rows = await rowsOf(run);
    if (rows === null) continue;
    ran++;
    const contained: readonly string[] = containedCauses(run.flags);
    const others = rows.flatMap(({ causes }) => causes.filter(({ id }) => !contained.includes(id)));
    for (const { id, confidence } of others) mistaken.push(`${id}, ${confidence}: ${commandOf(run)}`);
  }
  expect(mistaken).toEqual([]);
  expect(ran).toBeGreaterThan(runs / 2);
});
