/** What a record must not be accused of, and what must not pass, though lines or fields are missing or are odd. */
import { describe, expect, it } from 'vitest';
import type { RecordReport } from '../../src/domain/record/record-report.js';
import { filterCuts, lineFilter, type Wanted } from '../../src/record/filter.js';
import { checkLines, type Lines } from './check-lines.js';

const whole = ['publish', 'acked', 'deliver', 'start', 'finish', 'ack'] as const;

/** Events of a bus that has several in hand and handles them in order, with the lines that are asked for. */
function soundLines(versions: number, evs: readonly string[] = whole, more: object = {}): object[] {
  const line = (ev: string, version: number): object[] =>
    evs.includes(ev) ? [{ ev, aggregate: 'a', version, delivery: `d${version}`, ...more }] : [];
  const numbers = Array.from({ length: versions }, (_, index) => index + 1);
  return [
    ...numbers.flatMap((version) => [...line('publish', version), ...line('acked', version)]),
    ...numbers.flatMap((version) => line('deliver', version)),
    ...numbers.flatMap((version) => [...line('start', version), ...line('handled', version)].concat(line('finish', version), line('ack', version))), // prettier-ignore
  ];
}

function without(lines: Lines, ...fields: readonly string[]): object[] {
  return lines.map((line) => Object.fromEntries(Object.entries(line).filter(([field]) => !fields.includes(field))));
}

const kindsOf = ({ reasons }: RecordReport): string[] =>
  reasons.map((reason) => ('of' in reason ? reason.of : reason.kind));

interface Line {
  readonly ev?: string;
  readonly version?: number;
}

const handled = (version: number, more: object = {}): object => ({ aggregate: 'a', version, ...more });

describe('a sound record', () => {
  it('is ordered if it is whole', async () => {
    expect(await checkLines(soundLines(60), { complete: true })).toMatchObject({ outcome: 'ordered' });
  });

  it('is no pass where no line says that a handling ended: an unkeyed pool starts in order too', async () => {
    const report = await checkLines(soundLines(60, ['publish', 'deliver', 'start']), { complete: true });
    expect(report.outcome).toBe('inconclusive');
    expect(report.reasons).toContainEqual({ kind: 'stake-unknown', lacks: ['finish'] });
  });

  it('has lost nothing where no line says that a handling ended', async () => {
    const report = await checkLines(soundLines(60, ['publish', 'deliver', 'start']), { complete: true });
    expect(report.counts.lost).toBe(0);
    expect(report.outcome).not.toBe('violated');
  });

  it('has no overlaps where nothing joins a finish to its start, and is no pass', async () => {
    const report = await checkLines(without(soundLines(60), 'delivery'), { complete: true });
    expect(report).toMatchObject({ outcome: 'inconclusive', counts: { overlaps: null, lost: null } });
    expect(kindsOf(report)).toContain('unjoined');
  });

  it('has no duplicates where a hand-over is tried again in place, and no line says how the attempts ended', async () => {
    const lines = [1, 2, 2, 3].map((version) => handled(version, { delivery: `d${version}` }));
    expect(await checkLines(lines)).toMatchObject({ outcome: 'inconclusive', counts: { duplicates: 0 } });
  });

  it('has lost nothing of which a handling began and no line says how it ended, and is no pass', async () => {
    const lines = soundLines(60).filter((line) => (line as Line).ev !== 'finish' || (line as Line).version !== 30);
    const report = await checkLines(lines, { complete: true });
    expect(report).toMatchObject({ outcome: 'inconclusive', counts: { lost: 0 } });
    expect(report.reasons).toContainEqual({ kind: 'unfinished', count: 1 });
    expect(report.aggregates).toEqual([]);
  });

  it('may be of several subscriptions that each get all events: what two of them handled is no duplicate', async () => {
    const sub = (subscription: string): object[] => [1, 2, 3].map((version) => handled(version, { subscription }));
    const report = await checkLines([...sub('billing'), ...sub('mail')]);
    expect(report).toMatchObject({ outcome: 'inconclusive', counts: { duplicates: 0 } });
    expect(report.reasons).toContainEqual({ kind: 'several-subscriptions', count: 3 });
  });

  it('has lost nothing that was refused before the first acknowledgement', async () => {
    const refused = [
      { ev: 'publish', aggregate: 'b', version: 1 },
      { ev: 'acked', aggregate: 'b', version: 1, ok: false },
    ];
    expect((await checkLines([...refused, ...soundLines(60)], { complete: true })).counts.lost).toBe(0);
  });

  it('may be of deliveries that have the same name, being of other events', async () => {
    const lines = soundLines(60, whole, { delivery: 'd1' });
    expect(await checkLines(lines, { complete: true })).toMatchObject({ outcome: 'ordered', counts: { overlaps: 0 } });
  });

  it('may go on with an event whose handling a crash cut off', async () => {
    const crashed = [
      { ev: 'start', aggregate: 'a', version: 1, delivery: 'd0' },
      { ev: 'deliver', aggregate: 'a', version: 1, delivery: 'd1' },
    ];
    const lines = soundLines(60).toSpliced(-60 * 3, 0, ...crashed);
    const { counts } = await checkLines(lines, { complete: true });
    expect(counts).toMatchObject({ overlaps: 0, duplicates: 0, regressions: 0 });
  });

  it('is not accused of what a bad line may have said', async () => {
    for (const ev of whole) {
      const lines = soundLines(60);
      const index = lines.findIndex((line) => 'ev' in line && line.ev === ev);
      const report = await checkLines([...lines.slice(0, index), '{"ev":', ...lines.slice(index + 1)], {
        complete: true,
        firstVersion: 1,
      });
      expect(report.outcome, ev).toBe('inconclusive');
    }
  });

  it('is not accused of what lines that were left out may have said', async () => {
    const lines = soundLines(60).map((line, ms) => ({ ...line, time: ms }));
    for (const [sinceMs, untilMs] of [
      [null, 200],
      [30, null],
    ] as const) {
      const wanted: Wanted = { sinceMs, untilMs, only: [], timeUnit: 'ms' };
      const report = await checkLines(lines, {
        ...{ filter: lineFilter(wanted), filterCuts: filterCuts(wanted), complete: true, firstVersion: 1 },
      });
      expect(report.outcome).toBe('inconclusive');
      expect(kindsOf(report)).toContain('left-out');
    }
  });

  it('is not accused of topics that only some of its lines have', async () => {
    const lines = soundLines(60, whole, { topic: 't' }).map((line) =>
      'ev' in line && line.ev === 'publish' ? { ...line, topic: undefined } : line,
    );
    const report = await checkLines(lines, { complete: true });
    expect(report).toMatchObject({ outcome: 'inconclusive', lines: { bad: 60 } });
  });

  it('is not accused of partitions that only some of its lines have, or that are no numbers', async () => {
    const placed = soundLines(60).map((line) => ({ ...line, position: 'version' in line ? line.version : 0 }));
    const some = placed.map((line) => ('ev' in line && line.ev === 'acked' ? { ...line, partition: 3 } : line));
    expect(await checkLines(some, { complete: true })).toMatchObject({ outcome: 'ordered', counts: { splitKeys: 0 } });
    const named = placed.map((line) => ({ ...line, partition: 'p-3' }));
    const report = await checkLines([...named, ...soundLines(2)], { complete: true });
    expect(report.lines.bad).toBe(placed.length);
  });

  it('may handle again what failed, even if only failures say how a handling ended', async () => {
    const lines = [handled(1), handled(2, { ok: false }), handled(2), handled(3)];
    expect((await checkLines(lines)).counts).toMatchObject({ duplicates: 0, regressions: 0 });
  });

  it('may have two events of one version where versions only rise, whatever else it shows', async () => {
    for (const ev of ['handled', 'start']) {
      const lines = [
        { ev, aggregate: 'a', version: 5, id: 'x' },
        { ev, aggregate: 'a', version: 5, id: 'y' },
        { ev, aggregate: 'a', version: 5, id: 'y' },
      ];
      const { counts } = await checkLines(lines, { versions: 'rising' });
      expect(counts).toMatchObject({ duplicates: 1, ties: 1, regressions: 0, naive: 2 });
    }
  });
});

describe('a record that does not show enough', () => {
  it('is no pass if it has no lines of handlings', async () => {
    const report = await checkLines(soundLines(60, ['publish', 'deliver']), { complete: true });
    expect(report.outcome).toBe('inconclusive');
  });

  it('is no pass by pairs that only seem to be in the bus at once, as no line ends a handling', async () => {
    const numbers = Array.from({ length: 60 }, (_, index) => index + 1);
    const lines = numbers.flatMap((version) =>
      ['publish', 'deliver', 'start'].map((ev) => ({ ev, aggregate: 'a', version, delivery: `d${version}` })),
    );
    expect(await checkLines(lines, { complete: true })).toMatchObject({
      outcome: 'inconclusive',
      exposure: { atRiskPairs: 0 },
    });
  });

  it('is no pass if all handlings failed', async () => {
    const lines = soundLines(60).map((line) => ('ev' in line && line.ev === 'finish' ? { ...line, ok: false } : line));
    expect(await checkLines(lines, { complete: true })).toMatchObject({ outcome: 'violated', counts: { lost: 60 } });
    expect((await checkLines(lines)).outcome).toBe('inconclusive');
  });
});

describe('a broken record', () => {
  it('has its duplicates where the same place in the log is handled again', async () => {
    const lines = [1, 2, 2, 3].map((version) => handled(version, { partition: 0, position: version }));
    expect((await checkLines(lines)).counts.duplicates).toBe(1);
  });

  it('is no pass where a publish call that nobody answered was not handled, and others were answered', async () => {
    const publish = { ev: 'publish', aggregate: 'a', version: 61 };
    const acked = Array.from({ length: 60 }, (_, index) => ({ ev: 'acked', aggregate: 'a', version: index + 1 }));
    const lines = soundLines(60);
    const begin = lines.findIndex((line) => (line as Line).ev === 'deliver');
    const report = await checkLines([...lines.slice(0, begin), ...acked, publish, ...lines.slice(begin)], {
      complete: true,
    });
    expect(report.outcome).toBe('inconclusive');
    expect(report.reasons).toContainEqual({ kind: 'unanswered', count: 1 });
  });

  it('has the duplicate that the broker counted, whichever subscription got it', async () => {
    const lines = [
      handled(1, { subscription: 'a', deliveryCount: 1 }),
      handled(1, { subscription: 'b', deliveryCount: 2 }),
    ];
    expect(await checkLines(lines)).toMatchObject({ outcome: 'violated', counts: { duplicates: 1 } });
  });

  it('has its duplicates where the same delivery is handled again after it succeeded', async () => {
    const lines = [1, 2, 2, 3].map((version) => handled(version, { delivery: `d${version}`, ok: true }));
    expect((await checkLines(lines)).counts.duplicates).toBe(1);
  });

  it('has its overlaps if both handlings ended', async () => {
    const line = (ev: string, version: number): object => ({ ev, aggregate: 'a', version, delivery: `d${version}` });
    const lines = [line('start', 1), line('start', 2), line('finish', 2), line('finish', 1)];
    expect((await checkLines(lines)).counts).toMatchObject({ overlaps: 1, completionInversions: 1 });
    expect((await checkLines(lines.slice(0, 3))).counts).toMatchObject({ overlaps: 0, completionInversions: 0 });
  });

  it('does not get its origin from one publish call of several', async () => {
    const line = (ev: string, version: number, more = {}): object => ({ ev, aggregate: 'a', version, ...more });
    const publishes = [line('publish', 1), line('publish', 2), line('publish', 1)];
    const deliveries = [1, 2].map((version) =>
      line('deliver', version, { delivery: `d${version}`, position: version }),
    );
    const starts = [2, 1].map((version) => line('start', version, { delivery: `d${version}`, position: version }));
    const { origins } = await checkLines([...publishes, ...deliveries, ...starts]);
    expect(origins).toEqual([{ after: 'deliver', by: 'start', count: 1 }]);
  });
});

describe('a version', () => {
  it('is the same as a number and as a text, and an aggregate too', async () => {
    const lines = [handled(1), handled(2), handled(1, { version: '1' })];
    expect((await checkLines(lines)).counts.duplicates).toBe(1);
    const aggregates = [
      { aggregate: 1, version: 2 },
      { aggregate: '1', version: 1 },
    ];
    expect(await checkLines(aggregates)).toMatchObject({ counts: { regressions: 1 }, aggregatesTotal: 1 });
  });

  it('is counted exactly across 2^53, from handlings alone and with more', async () => {
    const first = 2n ** 53n - 2n;
    const lines = [0n, 1n, 3n, 4n, 2n, 4n].map((offset) => `{"aggregate":"a","version":${first + offset}}`);
    for (const more of ['', ',"delivery":"x"']) {
      const report = await checkLines(
        lines.map((line, index) => line.replace('}', `${more.replace('x', `${index}`)}}`)),
      );
      expect(report).toMatchObject({ lines: { bad: 0 }, counts: { regressions: 1, duplicates: 1, gaps: 1 } });
      expect(report.aggregates[0]!.examples[0]).toMatchObject({ version: `${first + 2n}`, after: `${first + 3n}` });
    }
  });

  it('is late after the first one that was handled, not after the one that was stated', async () => {
    const report = await checkLines([handled(5), handled(0)], { firstVersion: 1 });
    expect(report.aggregates[0]!.examples[0]).toMatchObject({ version: 0, after: 5, line: 2, afterLine: 1 });
  });
});
