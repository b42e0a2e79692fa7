/** What hand-written checkers would have counted is shown of rows in which one of them counts too much. */
import { expect, it } from 'vitest';
import { groupRows } from '../../../src/report/repeats/row-order.js';
import { otherCheckersView } from '../../../src/report/view/other-checkers-view.js';
import { rowNaming } from '../../../src/report/view/row-naming.js';
import type { RunRow } from '../../../src/domain/report/run-report.js';
import type { Counts } from '../../../src/domain/report/verdict.js';
import { render } from '../../../src/report/exporters/markdown.js';
import { renderTerminal } from '../../../src/report/terminal/terminal.js';
import { counts, report, row } from '../fixtures.js';

const shown = (rows: readonly RunRow[]): ReturnType<typeof otherCheckersView> => {
  const groups = groupRows(rows);
  return otherCheckersView(groups, rowNaming(groups));
};
const rowWith = (id: string, has: Partial<Counts>): RunRow => row(id, { counts: counts(has) });

const racy = rowWith('single+unkeyed-pool#1', { regressions: 5, naive: 5, completionOrder: 1293, racy: 3436 });
const text =
  '5 by version <= last as handlings start, 1,293 by version <= last as they end, 3,436 by version != last + 1, read at the start and written at the end. Came late: 5.';

it('names the three counts beside what came late', () => {
  expect(shown([racy])?.findings).toEqual([{ status: null, title: 'single+unkeyed-pool', text }]);
});

it('is empty where none of them counts more than came late', () => {
  expect(shown([rowWith('single#1', {}), rowWith('multi/shared#1', { regressions: 3, naive: 3 })])).toBeNull();
});

it('leaves out what an older version did not count', () => {
  const older = rowWith('single#1', { naive: 500, completionOrder: null, racy: null });
  expect(shown([older])?.findings[0]?.text).toBe('500 by version <= last as handlings start. Came late: 0.');
});

it('is in Markdown and, with details, in the terminal', () => {
  const title = 'What other checkers would have counted';
  const look = { width: 120, color: false, reportPath: null };
  expect(render([{ report: report([racy]), gate: null }])).toContain(`### ${title}`);
  expect(renderTerminal(report([racy]), { ...look, details: true })).toContain(title);
  expect(renderTerminal(report([racy]), look)).not.toContain(title);
});
