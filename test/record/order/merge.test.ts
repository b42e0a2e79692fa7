/**
 * Lines of several sources that share a counter: they are judged in its order, as if one had written them all. What the
 * counter cannot be is refused, and a line that stands too far from its place is bad.
 */
import { describe, expect, it } from 'vitest';
import { fieldIndex } from '../../../src/domain/record/record-fields.js';
import { Fields } from '../../../src/record/fields.js';
import { putInto } from '../../../src/record/order/held-line.js';
import { SourceLines } from '../../../src/record/order/source-lines.js';
import { SeededPrng } from '../../../src/runtime/seeded-prng.js';
import { HistoryDrawer } from '../../property/record/history.js';
import { checkLines, checkSources, textOf, type Lines } from '../check-lines.js';

const map = 'order=.order';

const handled = (order: number | string, version: number, aggregate = 'a'): object => ({ order, aggregate, version });

/** Which lines of one source, by their counters, are handed on, and which are bad, if so many lines are held. */
function handedOn(counters: readonly number[], window: number): { orders: number[]; bad: number[] } {
  const [orders, bad]: [number[], number[]] = [[], []];
  const unsorted = { bad: (number: number) => bad.push(counters[number - 1]!), other: () => {} };
  const lines = new SourceLines(unsorted, () => orders.at(-1) ?? null, window);
  const fields = new Fields();
  const take = (): void => {
    for (let next = lines.next; next !== undefined; next = lines.next) {
      putInto(fields, next);
      lines.takeNext();
      orders.push(Number(fields.text(fieldIndex.version)));
    }
  };
  for (const [index, order] of counters.entries()) {
    fields.clear();
    fields.setText(fieldIndex.order, String(order));
    fields.setText(fieldIndex.version, String(order));
    lines.line(fields, index + 1);
    // The merge takes lines on between blocks only.
    if (index % 5 === 4) take();
  }
  lines.end();
  take();
  return { orders, bad };
}

describe('a mapped order', () => {
  it('says the order of lines, wherever they stand in their file', async () => {
    const report = await checkLines([handled(3, 3), handled(1, 1), handled(2, 2)], { map });
    expect(report.counts).toMatchObject({ regressions: 0, duplicates: 0, handled: 3 });
    expect(report.lines).toMatchObject({ record: 3, bad: 0, moved: 2 });
  });

  it('may leave numbers out, and be beyond 2^53', async () => {
    const report = await checkLines(
      [handled('9007199254740994', 2), handled('9007199254740993', 1), handled(7, 3)],
      { map }, // prettier-ignore
    );
    expect(report.counts.regressions).toBe(2);
  });

  it('joins an aggregate that is in several files, and says in which file a line stands', async () => {
    const files = { 'a.ndjson': [handled(1, 1), handled(4, 2)], 'b.ndjson': [handled(2, 3), handled(9, 4)] };
    const apart = await checkSources(files);
    expect(apart.reasons.map(({ kind }) => kind)).toContain('several-sources');
    const { reasons, counts, aggregates, sources } = await checkSources(files, { map });
    expect(reasons.map(({ kind }) => kind)).not.toContain('several-sources');
    expect(counts.regressions).toBe(1);
    expect(aggregates[0]!.examples[0]).toMatchObject({
      ...{ version: 2, after: 3, line: 2, source: 'a.ndjson', afterLine: 1, afterSource: 'b.ndjson' },
    });
    expect(sources.map(({ name, lines }) => [name, lines])).toEqual([
      ['a.ndjson', 2],
      ['b.ndjson', 2],
    ]);
  });

  it("finds what a publisher's file has and a handler's file lacks", async () => {
    const publish = (order: number, version: number): object => ({ ...handled(order, version), ev: 'publish' });
    const files = {
      'publisher.ndjson': [publish(1, 1), publish(2, 2), publish(5, 3)],
      'handler.ndjson': [handled(3, 1), handled(8, 3)],
    };
    const { counts, outcome } = await checkSources(files, { map, complete: true });
    expect({ lost: counts.lost, outcome }).toEqual({ lost: 1, outcome: 'violated' });
  });

  it.each([
    ['one file', { 'a.ndjson': [handled(1, 1), handled(5, 2), handled(5, 3)] }, 'a.ndjson, line 3: its order is 5, as that of a.ndjson, line 2'],
    ['two files', { 'a.ndjson': [handled(1, 1)], 'b.ndjson': [handled(1, 1, 'b')] }, 'b.ndjson, line 1: its order is 1, as that of a.ndjson, line 1'],
  ])('that two lines of %s have is none', async (_name, files, message) => {
    await expect(checkSources(files as Record<string, Lines>, { map })).rejects.toThrow(message);
  }); // prettier-ignore

  it('that is no integer, or is missing, makes the line bad', async () => {
    const lines = [handled(1, 1), handled('two', 2), { aggregate: 'a', version: 3 }, handled(4, 4)];
    const report = await checkLines(lines, { map });
    expect(report.lines).toMatchObject({ record: 2, bad: 2 });
    expect(report.badLines.map(({ line, problem }) => [line, problem])).toEqual([
      [2, 'its order is no integer of up to 64 bits'],
      [3, 'it has no order'],
    ]);
  });

  it('that no line has is an error', async () => {
    await expect(checkLines([{ aggregate: 'a', version: 1 }], { map })).rejects.toThrow('it has no order');
  });

  it('sorts lines that are as far from their place as lines are held, and no further', () => {
    expect(handedOn([5, 4, 3, 2, 6, 7, 1, 8], 3)).toEqual({ orders: [2, 3, 4, 5, 6, 7, 8], bad: [1] });
    expect(handedOn([1, 2, 3, 4, 5, 6, 2.5 * 2, 7], 3).bad).toEqual([]);
  });

  it('hands no line on behind a later one, however far lines are from their place', () => {
    const prng = new SeededPrng(1, 'order');
    for (let round = 0; round < 200; round++) {
      const all = Array.from({ length: 60 }, (_, index) => index);
      const mixed = all.map((order) => [order + prng.float() * 40, order] as const).sort(([a], [b]) => a - b);
      const { orders, bad } = handedOn(
        mixed.map(([, order]) => order),
        1 + (round % 12),
      );
      expect(orders).toEqual([...orders].sort((a, b) => a - b));
      expect([...orders, ...bad].sort((a, b) => a - b)).toEqual(all);
    }
  });

  it('is in bad lines of the merged record, each with its own file and line', async () => {
    const files = { 'a.ndjson': [handled(1, 1), '{"aggregate"'], 'b.ndjson': [handled(2, 2), handled(3, 1.5)] };
    const { badLines } = await checkSources(files, { map });
    expect(badLines.map(({ source, line }) => `${source} ${line}`).sort()).toEqual(['a.ndjson 2', 'b.ndjson 2']);
  });
});

describe('a random history that is written by several at once', () => {
  it('has what it has in one file, however its lines are mixed within the window', async () => {
    for (let seed = 0; seed < 60; seed++) {
      const prng = new SeededPrng(seed, 'merge');
      const lines = new HistoryDrawer(prng)
        .draw()
        .map(({ source: _, ...line }, index) => ({ ...line, version: String(line.version), order: 3 * index }));
      if (lines.length === 0) continue;
      const files: Record<string, object[]> = {};
      const many = 1 + Math.floor(prng.float() * 4);
      const shuffled = [...lines].sort((a, b) => a.order - b.order + (prng.float() - 0.5) * 60);
      for (const line of shuffled) (files[`f${Math.floor(prng.float() * many)}`] ??= []).push(line);
      const chunk = 16 + Math.floor(prng.float() * 400);
      const alone = await checkLines(lines, { complete: true });
      const merged = await checkSources(files, { map, complete: true, chunk });
      const facts = ({ outcome, reasons, counts, exposure, extentMax, origins, pairs }: typeof alone): object => ({
        ...{ outcome, reasons, counts, exposure, extentMax, origins, pairs },
      });
      expect(facts(merged), `seed ${seed}\n${textOf(lines)}`).toEqual(facts(alone));
    }
  });
});
