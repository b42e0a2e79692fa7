import { describe, expect, it } from 'vitest';
import { drawTable, type Layout } from '../../../src/report/terminal/table-layout.js';
import { createTheme } from '../../../src/report/terminal/theme.js';
import type { Table } from '../../../src/report/view/model/table.js';

type Id = 'name' | 'count' | 'share' | 'absent';

const theme = createTheme({ color: false, ascii: false });
const missing = { text: 'not shown' };
const table: Table<Id> = {
  columns: [
    { id: 'name', title: 'name', align: 'left' },
    { id: 'count', title: 'counted', short: 'count', align: 'right' },
    { id: 'share', title: 'share', align: 'right', detailOf: 'count' },
  ],
  rows: [
    {
      name: { text: 'one/two' },
      count: { text: '1,234,567', short: '1.2M' },
      share: { text: '80 %' },
      absent: missing,
    },
    { name: { text: 'three' }, count: { text: '0', tone: 'aside' }, share: { text: '0 %' }, absent: missing },
  ],
};

const layout: Layout<Id> = {
  places: [{ ids: ['name'] }, { ids: ['count', 'absent'], beside: 'share' }, { ids: ['absent'] }],
  longest: () => 9,
  nameLines: (name) => [name],
  leastGap: 2,
};

const drawn = (width: number, ...layouts: Layout<Id>[]): string[] =>
  drawTable(table, layouts, { width, theme }).slice(2);

describe('a table on the screen', () => {
  it('has a detail beside what it says more of, and none beside a zero', () => {
    expect(drawn(40, layout)).toEqual(['one/two   1,234,567 (80 %)', `three${' '.repeat(20)}0`]);
  });

  it('writes short what is longer than its column is to be', () => {
    expect(drawn(40, { ...layout, longest: () => 7 })[0]).toBe('one/two   1.2M (80 %)');
  });

  it('leaves out the places of columns that the table does not have', () => {
    expect(drawn(40, layout).join()).not.toContain('not shown');
  });

  it('takes the first layout that fits, and else the last with gaps of one', () => {
    const stacked = { ...layout, places: [{ ids: ['name', 'count', 'share'] as const }] };
    expect(drawn(12, layout, stacked).slice(-3)).toEqual(['three', '0', '0 %']);
    expect(drawn(12, layout).at(-1)).toMatch(/^ three +0$/);
  });
});
