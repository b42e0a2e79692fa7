/** Says what the lines were that are no part of a record, each kind in a clause. */
import type { RecordReport } from '../../../domain/record/record-report.js';
import { listed } from '../../../text/lists.js';
import { formatCount, plural } from '../../../text/numbers.js';

/** Operations that are named; the others are counted. */
const namedMost = 5;

export function otherLinesText({ other, otherSpans }: Pick<RecordReport['lines'], 'other' | 'otherSpans'>): string[] {
  const spans = otherSpans.filter(({ operation }) => operation !== null);
  const many = spans.reduce((sum, { count }) => sum + count, 0);
  const ofNoMessage = otherSpans.find(({ operation }) => operation === null)?.count ?? 0;
  const rest = other - many - ofNoMessage;
  return [
    ...(many > 0 ? [`${passedOver(many, 'span')} of operations that a record has no lines for: ${named(spans)}`] : []),
    ...(ofNoMessage > 0 ? [`${passedOver(ofNoMessage, 'span')} of no message`] : []),
    ...(rest > 0
      ? [
          `${plural(rest, 'line')} had neither an aggregate nor a version, and ${rest === 1 ? 'was' : 'were'} passed over`,
        ]
      : []),
  ];
}

function passedOver(count: number, what: string): string {
  return `${plural(count, what)} ${count === 1 ? 'was' : 'were'} passed over,`;
}

function named(spans: RecordReport['lines']['otherSpans']): string {
  const shown = spans.slice(0, namedMost).map(({ operation, count }) => `${operation ?? ''} (${formatCount(count)})`);
  const further = spans.length - shown.length;
  return listed([...shown, ...(further > 0 ? [`${formatCount(further)} more`] : [])], 'and');
}
