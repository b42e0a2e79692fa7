/**
 * Tests that the lines of docs/YOUR-BUS.md write a record that says what happened, in every language. The program of
 * each publishes 4,080 events and handles them in four lanes, some out of order; it counts regressions itself, under
 * a lock of each aggregate. The record must come to the same number, by a count from the definition and by `check`;
 * and where the same program keeps order, `check` finds nothing, and says which lines a pass would take.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkLines } from '../record/check-lines.js';
import { missing, outcomesOf, toolchains } from './toolchains.js';

interface Line {
  readonly order: number;
  readonly ev: string;
  readonly aggregate: string;
  readonly version: number;
  readonly lane?: string;
}

const aggregates = 51;
const ten = 10 * aggregates;
const events = 80 * aggregates;
const lanes = 4;

/** The i-th event, as every program has it. */
function task(i: number): string {
  const aggregate = i % aggregates;
  const round = Math.floor(i / aggregates);
  const version = round + 1 + (round % 10 === 3 ? 1 : round % 10 === 4 ? -1 : 0);
  return JSON.stringify([aggregate === 0 ? 'a"b\\c\nü' : `agg-${aggregate}`, version]);
}

const eventOf = ({ aggregate, version }: Line): string => JSON.stringify([aggregate, version]);
const tasks = Array.from({ length: events }, (_, i) => task(i));

/** From the definition: a version before whose first observation a higher one of its aggregate was observed. */
function regressionsIn(observed: readonly Line[]): number {
  return observed.filter(({ aggregate, version }, i) =>
    observed.slice(0, i).some((earlier) => earlier.aggregate === aggregate && earlier.version > version),
  ).length;
}

describe.each(toolchains)('the record of a handler in $language', (toolchain) => {
  const absent = missing(toolchain);
  if (absent.length > 0) {
    it.skip(`is not tested, as this machine has no ${absent.join(' and no ')}`);
    return;
  }

  const folder = mkdtempSync(join(tmpdir(), 'eventbus-bench-your-bus-'));
  let texts: string[];
  let sound: { readonly printed: string; readonly lines: readonly string[] };
  let printed: { events: number; regressions: number };
  /** In the order of their numbers. */
  let lines: Line[];
  let started: Line[];

  beforeAll(() => {
    const outcomes = outcomesOf(toolchain, folder);
    ({ sound } = outcomes);
    texts = outcomes.broken.lines;
    printed = JSON.parse(outcomes.broken.printed) as typeof printed;
    lines = texts.map((text) => JSON.parse(text) as Line).sort((a, b) => a.order - b.order);
    started = lines.filter(({ ev }) => ev === 'start');
  }, 180_000);

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('has three lines of each event, with all fields', () => {
    const of = (stage: string): string[] => lines.filter(({ ev }) => ev === stage).map(eventOf);
    expect(printed.events).toBe(events);
    expect(lines).toHaveLength(3 * events);
    for (const stage of ['publish', 'acked', 'start']) expect(of(stage).sort().join()).toBe([...tasks].sort().join());
  });

  it('has each number once, from 1 to that of lines', () => {
    expect(lines.filter(({ order }, i) => order !== i + 1).slice(0, 3)).toEqual([]);
  });

  it('keeps the sequence of each lane, while the lanes took turns', () => {
    for (let lane = 0; lane < lanes; lane++) {
      const own = started.filter((line) => line.lane === `w${lane}`).map(eventOf);
      const share = tasks.filter((_, i) => (i % ten) % lanes === lane);
      expect(own.filter((event, i) => event !== share[i]).slice(0, 3)).toEqual([]);
      expect(own).toHaveLength(share.length);
    }
    const changes = started.filter(({ lane }, i) => i > 0 && lane !== started[i - 1]!.lane).length;
    expect(changes).toBeGreaterThan(100);
  });

  it('has the publish call of an event before its acknowledgement, and both before its handling', () => {
    const stages = new Map<string, string>();
    for (const line of lines) stages.set(eventOf(line), `${stages.get(eventOf(line)) ?? ''} ${line.ev}`);
    expect([...new Set(stages.values())]).toEqual([' publish acked start']);
  });

  it('has the regressions that the program counted, all of them and no other', () => {
    expect(printed.regressions).toBeGreaterThanOrEqual(8 * aggregates);
    expect(regressionsIn(started)).toBe(printed.regressions);
  });

  it('is violated by what the program counted, as check says', async () => {
    const report = await checkLines(texts, { map: 'order=.order', complete: true });
    expect(report).toMatchObject({ outcome: 'violated', lines: { record: 3 * events, bad: 0, other: 0 } });
    expect(report.counts).toMatchObject({ regressions: printed.regressions, duplicates: 0, lost: 0, phantoms: 0 });
  });

  it('has nothing out of order where the bus is sound, and check says which lines a pass would take', async () => {
    expect(JSON.parse(sound.printed)).toEqual({ events, regressions: 0 });
    const report = await checkLines(sound.lines, { map: 'order=.order', complete: true });
    expect(report).toMatchObject({ outcome: 'inconclusive', lines: { record: 3 * events, bad: 0, other: 0 } });
    expect(report.counts).toMatchObject({ regressions: 0, duplicates: 0, lost: 0, phantoms: 0 });
    expect(report.reasons).toContainEqual({ kind: 'stake-unknown', lacks: ['deliver', 'finish'] });
  });

  it('is brought into its order by the sort command of the page', () => {
    const sorted = execFileSync('sort', ['-t:', '-k2n'], {
      input: `${texts.join('\n')}\n`,
      encoding: 'utf8',
      env: { ...process.env, LC_ALL: 'C' },
    });
    const orders = sorted
      .trimEnd()
      .split('\n')
      .map((text) => (JSON.parse(text) as Line).order);
    expect(orders.filter((order, i) => order !== i + 1).slice(0, 3)).toEqual([]);
  });
});
