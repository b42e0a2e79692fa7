/** The values of a setting over the rows of a report: one, or in a sweep several. */
import type { RunRow } from '../../domain/report/run-report.js';
import { listed } from '../../text/lists.js';
import { formatCount, plural } from '../../text/numbers.js';

/** Of more values than this, the first and the last are named. */
const listedMax = 6;

/**
 * @param usual the value of rows that stand at no point of the setting's sweep
 * @returns each value once, the smallest first
 */
export function valuesOver(rows: readonly RunRow[], field: string, usual: number): readonly number[] {
  const values = rows.map(({ point }) => (point?.field === field ? Number(point.value) : usual));
  return [...new Set(values.length === 0 ? [usual] : values)].sort((a, b) => a - b);
}

/** `5 topics`; of several values `1, 2 and 5 topics`, of many `1 to 50 topics`. */
export function countsText(values: readonly number[], singular: string, many = `${singular}s`): string {
  const [first = 0] = values;
  if (values.length < 2) return plural(first, singular, many);
  if (values.length > listedMax) return `${formatCount(first)} to ${formatCount(values.at(-1)!)} ${many}`;
  return `${listed(values.map(formatCount), 'and')} ${many}`;
}
