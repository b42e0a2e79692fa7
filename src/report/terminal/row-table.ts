/**
 * How do a dozen columns fit a terminal? Where there is room each has a column of its own. Where there is not, every
 * row takes two lines and columns that belong together share one: handled under published, contested pairs under
 * regressions, lost under duplicates, the share under the misroutes, p99 under p50. Numbers that would still be too
 * wide are shortened (`1.2M`), names are broken at their own joints. No line is ever wider than the terminal.
 */
import type { RunRow } from '../../domain/report/run-report.js';
import { separateColumns, sharedColumns, type RowNaming } from './columns.js';
import { draw, gapsOf } from './grid.js';

export interface TableOptions extends RowNaming {
  /** Columns of the terminal, 80 or more. */
  readonly width: number;
}

export function renderTable(rows: readonly RunRow[], options: TableOptions): string[] {
  const { theme, width } = options;
  const separate = separateColumns(options, rows);
  const gaps = gapsOf(separate, rows, width, 2);
  if (gaps !== null) return draw(separate, rows, gaps, theme);
  for (const labelWidth of [30, 24, 20, 17, 15]) {
    const shared = sharedColumns(options, rows, labelWidth);
    const sharedGaps = gapsOf(shared, rows, width, 1);
    if (sharedGaps !== null) return draw(shared, rows, sharedGaps, theme);
  }
  const narrowest = sharedColumns(options, rows, 15);
  return draw(narrowest, rows, gapsOf(narrowest, rows, width, 1) ?? narrowest.map(() => 1), theme);
}
