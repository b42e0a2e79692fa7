/** A claim is put to the test by every row that the strategy can be had in, over some seeds. */
import { expect } from 'vitest';
import { traitsOf } from '../../src/domain/broker/registry.js';
import type { Reason } from '../../src/domain/report/reason.js';
import type { RunRow } from '../../src/domain/report/run-report.js';
import type { ModeRow } from '../../src/domain/scenario/scenario.js';
import type { ScenarioFlags } from '../../src/scenario/flags.js';
import type { Strategy } from '../../src/strategy/strategy.js';
import { onSeeds } from './simulate.js';

export interface Trial {
  readonly modes: readonly ModeRow[];
  readonly flags: ScenarioFlags;
  readonly seeds: number;
}

/** @param check told of each row, and under what it came out */
export async function tryStrategy(
  strategy: Strategy,
  { modes, flags, seeds }: Trial,
  check: (row: RunRow, where: string) => void,
): Promise<void> {
  const broker = traitsOf(String(flags.broker ?? 'sim:jetstream'));
  for (const mode of modes.filter(
    (mode) => (strategy.refuses?.(broker, mode, Number(flags.members ?? 1)) ?? null) === null,
  )) {
    await onSeeds(
      { ...flags, strategy: `${mode}+${strategy.id}` },
      ([row], seed) => check(row!, `${mode} ${JSON.stringify(flags)} ${seed}`),
      seeds,
    );
  }
}

/**
 * Reasons that speak against the strategy. What a test did on purpose does not: an ack wait that is shorter than anybody
 * should have it, several publishers, a full queue that does not block, few events in flight, a disturbance that a light load may not have met.
 */
export function reasonsAgainst({ reasons }: RunRow): readonly Reason[] {
  return reasons.filter(
    ({ kind, of }) =>
      !['too-few-at-risk', 'not-exercised'].includes(kind) &&
      !['near-timeout', 'several-publishers', 'overflow', 'several-sources', 'crash-replay'].includes(of ?? ''),
  );
}

export function expectAllHandledInOrder(row: RunRow, where: string): void {
  expect(reasonsAgainst(row), where).toEqual([]);
  expect(row.counts, where).toMatchObject({ regressions: 0, completionInversions: 0, overlaps: 0, lost: 0, unseen: 0 });
  expect(row.exposure.contestedPairs, where).toBeGreaterThan(0);
}
