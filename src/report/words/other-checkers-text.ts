/** Says in a sentence what hand-written checkers would have counted of a row, beside what came late. */
import type { Counts } from '../../domain/report/verdict.js';
import { formatCount } from '../../text/numbers.js';

export function otherCheckersText({ naive, completionOrder, racy, regressions }: Counts): string {
  const counted = (count: number, by: string): string => `${formatCount(count)} ${by}`;
  const others = [
    counted(naive, 'by version <= last as handlings start'),
    ...(completionOrder === null ? [] : [counted(completionOrder, 'by version <= last as they end')]),
    ...(racy === null ? [] : [counted(racy, 'by version != last + 1, read at the start and written at the end')]),
  ];
  return `${others.join(', ')}. Came late: ${formatCount(regressions)}.`;
}
