/**
 * Runs a mechanism that loses order on a real server, and judges the causes that the runs name: never one that is not at
 * work. What shows itself in a run is up to the machine's schedule, so a run may come out inconclusive and name none;
 * none may come out ordered.
 */
import { expect } from 'vitest';
import type { RunRow } from '../../src/domain/report/run-report.js';
import { flagsOf } from '../run/command-flags.js';
import type { DrawnRun } from '../run/drawn-runs.js';

export interface Mechanism {
  /** Flags of `eventbus-bench run`, the broker's kind among them. */
  readonly command: string;
  /** Causes that are at work, and that the runs must have named in the end. */
  readonly causes: readonly string[];
  /** Causes that are at work, too, or that a race decides about: they may be named. */
  readonly beside?: readonly string[];
}

/** What a server does with a run. */
export type Execute = (run: DrawnRun) => Promise<readonly RunRow[]>;

/** Runs go on, each with a seed of its own, until every cause that is at work has been named, but not for ever. */
const runsMax = 4;
/** On a slow machine. */
export const severalRunsMs = 150_000;

export async function expectNamed({ command, causes, beside = [] }: Mechanism, execute: Execute): Promise<void> {
  const atWork = [...causes, ...beside];
  const seen = new Set<string>();
  for (let seed = 1; seed <= runsMax && (seed === 1 || !causes.every((id) => seen.has(id))); seed++) {
    const why = `eventbus-bench run ${command} --seed ${String(seed)}`;
    const [row] = await execute({ flags: flagsOf(command), seed });
    expect(row!.error, why).toBeNull();
    expect(row!.outcome, why).not.toBe('ordered');
    const named = row!.causes.map(({ id }) => id);
    expect(atWork, why).toEqual(expect.arrayContaining(named));
    if (row!.outcome === 'violated') expect(named, why).not.toEqual([]);
    for (const id of named) seen.add(id);
  }
  expect([...seen], `eventbus-bench run ${command}, with seeds 1 to ${runsMax}`).toEqual(
    expect.arrayContaining([...causes]),
  );
}

/** A sound bus has nothing wrong that had a cause, be it latent. */
export async function expectNoCause(command: string, execute: Execute): Promise<void> {
  const why = `eventbus-bench run ${command} --seed 1`;
  const [row] = await execute({ flags: flagsOf(command), seed: 1 });
  expect(row!.error, why).toBeNull();
  expect(row!.outcome, why).not.toBe('violated');
  expect(row!.causes, why).toEqual([]);
}
