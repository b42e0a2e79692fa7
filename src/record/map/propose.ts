/** Proposes a map for lines whose fields have other names, from the names that they have. */
import type { RecordField } from '../../domain/record/record-fields.js';

/** The names by which a field is known in logs, the surest first. */
const names: readonly (readonly [RecordField, RegExp])[] = [
  [
    'aggregate',
    /^(aggregate_?id|aggregate_?identifier|aggregate|event_?stream_?id|stream_?id|entity_?id|entity|order_?id|account_?id|customer_?id|object_?id|partition_?key|key|id|.*_?id)$/i,
  ],
  [
    'version',
    /^(aggregate_?version|version|event_?version|revision|rev|seq|sequence|sequence_?number|seq_?no|event_?number|nr|number|.*version|.*seq.*)$/i,
  ],
  ['topic', /^(topic|subject|channel|queue|stream|exchange)$/i],
  ['position', /^(offset|position|stream_?sequence|stream_?seq)$/i],
  ['partition', /^(partition)$/i],
  ['deliveryCount', /^(delivery_?count|num_?delivered|deliveries|attempt|redelivery_?count)$/i],
  ['subscription', /^(subscription|consumer|consumer_?id|member_?id|client_?id)$/i],
  ['lane', /^(lane|worker|worker_?id|thread|thread_?name|goroutine)$/i],
  ['time', /^(time|time_?stamp|ts|@timestamp|@t|at|event_?time|sent_?time)$/i],
];

/** Names that look like those of an aggregate or a version, and are of a process, a request or a format. */
const foreign =
  /^(pid|process_?id|thread_?id|trace_?id|span_?id|request_?id|correlation_?id|conversation_?id|causation_?id|initiator_?id|session_?id|message_?id|event_?id|uuid|guid|@version|(schema|spec|api|app|format|service)_?version|specversion)$/i;

/** Objects beside the event: what it was before, where a change feed has it from, what the fields are. */
const besideEvent: ReadonlySet<string> = new Set(['before', 'schema', 'source']);

/** A value of a line and where it stands. */
export interface FoundValue {
  /** `.payload.orderId`, or a column. */
  readonly source: string;
  /** The last step of the path. */
  readonly name: string;
  readonly value: string | number;
}

export interface ProposedMap {
  readonly fields: ReadonlyMap<RecordField, string>;
  /** Aggregate and version were both found. */
  readonly isWhole: boolean;
}

/** @param lines the values of some lines */
export function proposeMap(lines: readonly (readonly FoundValue[])[]): ProposedMap {
  const fields = new Map<RecordField, string>();
  const taken = new Set<string>();
  for (const [field, pattern] of names) {
    const source = bestOf(field, pattern, lines, taken);
    if (source === null) continue;
    fields.set(field, source);
    taken.add(source);
  }
  return { fields, isWhole: fields.has('aggregate') && fields.has('version') };
}

/** As `--map` takes it; null: it has no aggregate or no version. */
export function writtenMap({ fields, isWhole }: ProposedMap): string | null {
  return isWhole ? [...fields].map(([field, from]) => `${field}=${from}`).join(',') : null;
}

function bestOf(
  field: RecordField,
  pattern: RegExp,
  lines: readonly (readonly FoundValue[])[],
  taken: ReadonlySet<string>,
): string | null {
  const choices = pattern.source.slice(2, -2).split('|');
  let best: { readonly source: string; readonly rank: number } | null = null;
  for (const { source, name, value } of lines.flat()) {
    if (taken.has(source) || isForeign(field, name) || !pattern.test(name) || !isFit(field, value)) continue;
    const rank = choices.findIndex((choice) => new RegExp(`^(${choice})$`, 'i').test(name));
    if (best === null || rank < best.rank) best = { source, rank };
  }
  return best?.source ?? null;
}

function isForeign(field: RecordField, name: string): boolean {
  return (field === 'aggregate' || field === 'version') && foreign.test(name);
}

/** Whether the value may be one of the field: versions, positions and counts are integers, times can be read. */
function isFit(field: RecordField, value: string | number): boolean {
  if (field === 'time') return isTime(value);
  const isNumeric = field === 'version' || field === 'position' || field === 'partition' || field === 'deliveryCount';
  return !isNumeric || /^-?\d{1,19}$/.test(String(value));
}

/** Whether it is ISO 8601, or milliseconds of a year after 1973: a number in another unit needs `--time-unit` to be read. */
function isTime(value: string | number): boolean {
  return typeof value === 'string' ? /^\d{4}-\d\d-\d\d/.test(value) : value >= 1e11 && value < 1e14;
}

/** The names of a CloudEvent that mean something else elsewhere: its subject is the aggregate, its id is that of the event. */
const inCloudEvent: Readonly<Record<string, string>> = { subject: 'aggregate', id: 'event_id' };

/** The values of an object, with their paths. Arrays and what stands beside the event are not looked into. */
export function valuesOf(object: unknown, path = ''): FoundValue[] {
  if (typeof object !== 'object' || object === null || Array.isArray(object)) return [];
  const isCloudEvent = 'specversion' in object && 'subject' in object;
  return Object.entries(object).flatMap(([key, value]: [string, unknown]): FoundValue[] => {
    const source = `${path}${/^[\w@-]+$/.test(key) ? `.${key}` : `.[${JSON.stringify(key)}]`}`;
    if (typeof value === 'string' || typeof value === 'number') {
      return [{ source, name: isCloudEvent ? (inCloudEvent[key] ?? key) : key, value }];
    }
    return besideEvent.has(key) ? [] : valuesOf(value, source);
  });
}
