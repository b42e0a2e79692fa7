/** Says which stages a record shows, where order was lost in it, and what a field that it lacks would tell. */
import { recordEvents, type RecordField } from '../../../domain/record/record-fields.js';
import type { RecordReport } from '../../../domain/record/record-report.js';
import type { Stage } from '../../../domain/observation.js';
import type { OriginRange } from '../../../domain/report/verdict.js';
import { listed } from '../../../text/lists.js';
import { formatCount } from '../../../text/numbers.js';

const pipeline: readonly Stage[] = ['publish', 'store', 'deliver', 'submit', 'start', 'finish'];

/** `at deliver`, `between deliver and start`, `by start`: null where no stage before was seen. */
export function originText({ after, by }: Pick<OriginRange, 'after' | 'by'>): string {
  if (by === 'publish') return 'at publish: they were published in the wrong order';
  if (after === null) return `at ${by} or before: no earlier stage is in the record`;
  const isNext = pipeline.indexOf(by) === pipeline.indexOf(after) + 1;
  return isNext ? `at ${by}` : `between ${after} and ${by}`;
}

/** `1,000 publish, 1,000 handled`. */
export function eventsText({ events }: Pick<RecordReport, 'events'>): string {
  const seen = recordEvents.filter((event) => events[event] > 0);
  return listed(
    seen.map((event) => `${formatCount(events[event])} ${event}`),
    'and',
  );
}

export interface FurtherField {
  readonly name: string;
  /** What it would tell, as a clause. */
  readonly tells: string;
}

/**
 * The fields and lines that would tell more, the most useful first.
 * @param completeSetting how it is said that the record has its end
 */
export function furtherFields(report: RecordReport, completeSetting = '--complete'): FurtherField[] {
  const { events, fields, counts, complete } = report;
  const lacks = (field: RecordField): boolean => fields[field] === 0;
  const further: readonly (readonly [boolean, string, string])[] = [
    [
      events.publish === 0,
      'publish lines',
      'what was lost, what nobody had published, and how hard the bus was pressed',
    ],
    [events.deliver === 0, 'deliver lines', 'what was at stake, and whether order was lost before the handlers'],
    [
      events.finish === 0,
      'start, finish lines',
      'which handlings of an aggregate ran at the same time, and what finished out of order',
    ],
    [lacks('position'), 'position, partition', 'whether the log itself has the events in the wrong order'],
    [
      lacks('subscription') && events.deliver > 0,
      'subscription',
      'whether two subscriptions had events of one aggregate at once',
    ],
    [lacks('deliveryCount') && counts.duplicates > 0, 'deliveryCount', 'which duplicates the broker delivered again'],
    [lacks('delivery') && lacks('position') && events.finish > 0, 'delivery', 'which start belongs to which finish'],
    [!complete && events.publish > 0, completeSetting, 'that what did not arrive is lost, if the record has its end'],
  ];
  return further.filter(([isLacking]) => isLacking).map(([, name, tells]) => ({ name, tells }));
}
