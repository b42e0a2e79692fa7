/** The table of rows in which repeats stand one by one, or in one line if there are many. */
import { describe, expect, it } from 'vitest';
import { repeatsShown } from '../../../src/report/repeats/merged-rows.js';
import { groupRows } from '../../../src/report/repeats/row-order.js';
import { repeatsNote } from '../../../src/report/view/row-cells.js';
import { rowNaming } from '../../../src/report/view/row-naming.js';
import { rowsView } from '../../../src/report/view/rows-view.js';
import { report, row } from '../fixtures.js';

const repeats = (count: number) =>
  Array.from({ length: count }, (_, at) => row(`single#${at + 1}`, { repeat: at + 1 }));
const viewOf = (rows: ReturnType<typeof repeats>) => rowsView(report(rows), rowNaming(groupRows(rows)));

describe('the table of rows', () => {
  it('has a line for each of a few repeats', () => {
    const { table, notes } = viewOf(repeats(repeatsShown));
    expect(table.rows.map(({ mode }) => mode.text)).toEqual(repeats(repeatsShown).map(({ id }) => id));
    expect(notes.map(({ text }) => text)).not.toContain(repeatsNote);
  });

  it('has one line for many: sums of counts, medians of rates, and the worst outcome with its number of runs', () => {
    const rows = repeats(repeatsShown + 1).map((one, at) => ({
      ...one,
      outcome: at === 3 ? ('inconclusive' as const) : one.outcome,
      throughput: { publishedPerSecond: null, handledPerSecond: 100 * at },
    }));
    const { table, notes } = viewOf(rows);
    expect(table.rows).toHaveLength(1);
    expect(table.rows[0]).toMatchObject({
      mode: { text: 'single' },
      outcome: { text: 'inconclusive 1/6' },
      published: { text: '30,000' },
      handledPerSecond: { text: '250' },
    });
    expect(notes.map(({ text }) => text)).toContain(repeatsNote);
  });
});
