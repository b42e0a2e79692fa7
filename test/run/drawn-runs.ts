/**
 * Runs whose sizes, limits and handlers are drawn at random: broken buses under loads so light that luck may keep them in
 * order, and sound ones under enough load to show that they are. Everything is drawn from one seed, which is 1 unless
 * EVENTBUS_BENCH_DRAW_SEED says otherwise; whatever fails names it, and the command that repeats the run.
 */
import { expect } from 'vitest';
import type { RunRow } from '../../src/domain/report/run-report.js';
import { SeededPrng } from '../../src/runtime/seeded-prng.js';
import type { ScenarioFlags } from '../../src/scenario/flags.js';

export const drawSeed = Number(process.env['EVENTBUS_BENCH_DRAW_SEED'] ?? 1);
export const runsPerKind = 30;

/** A source of chance for one run. */
export class Chance {
  readonly #prng: SeededPrng;

  constructor(label: string) {
    this.#prng = new SeededPrng(drawSeed, label);
  }

  /** A whole number, both ends included. */
  int(low: number, high: number): number {
    return low + this.#prng.below(high - low + 1);
  }

  oneOf<Item>(items: readonly Item[]): Item {
    return items[this.#prng.below(items.length)]!;
  }
}

export interface DrawnKind {
  readonly name: string;
  draw(chance: Chance): ScenarioFlags;
}

export interface DrawnRun {
  readonly flags: ScenarioFlags;
  readonly seed: number;
}

/** @param flags in place of what is drawn: the broker, limits of a slower one */
export function drawnRuns({ name, draw }: DrawnKind, count: number, flags: ScenarioFlags = {}): DrawnRun[] {
  return Array.from({ length: count }, (_, at) => ({
    flags: { ...draw(new Chance(`${name} ${at}`)), ...flags },
    seed: at + 1,
  }));
}

/** What repeats the run, on the simulator exactly. */
export function commandOf({ flags, seed }: DrawnRun): string {
  const args = Object.entries({ ...flags, seed }).map(
    ([name, value]) => `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)} ${String(value)}`,
  );
  return `eventbus-bench run ${args.join(' ')} --max-violations 0`;
}

/**
 * Runs every one, and lists all that are judged wrongly.
 * @param wrongOf says what is wrong about a row, or null
 * @param atOnce of runs that wait more than they work
 */
export async function expectAllJudged(
  runs: readonly DrawnRun[],
  execute: (run: DrawnRun) => Promise<readonly RunRow[]>,
  wrongOf: (row: RunRow) => string | null,
  atOnce = 1,
): Promise<void> {
  const wrong: string[] = [];
  const left = runs.values();
  const oneByOne = async (): Promise<void> => {
    for (const run of left) {
      for (const row of await execute(run)) {
        const what = row.error === null ? wrongOf(row) : row.error.message;
        if (what !== null) wrong.push(`${row.id}: ${what}: ${commandOf(run)}`);
      }
    }
  };
  await Promise.all(Array.from({ length: atOnce }, oneByOne));
  expect(wrong, `drawn with EVENTBUS_BENCH_DRAW_SEED=${drawSeed}`).toEqual([]);
}

/** A broken bus may come out violated, or inconclusive; never ordered. */
export function passes({ outcome, exposure }: RunRow): string | null {
  return outcome === 'ordered' ? `ordered, with ${exposure.atRiskPairs} pairs at risk` : null;
}

/** A sound bus under load is ordered, on as many pairs at risk as a pass takes. */
export function doesNotPass({ outcome, reasons, exposure }: RunRow): string | null {
  if (outcome !== 'ordered') {
    const said = reasons.map(({ kind, of, numbers }) => `${kind}/${of ?? ''} ${JSON.stringify(numbers)}`);
    return `${outcome} (${said.join('; ')})`;
  }
  return exposure.atRiskPairs >= 30 ? null : `ordered on ${exposure.atRiskPairs} pairs at risk`;
}
