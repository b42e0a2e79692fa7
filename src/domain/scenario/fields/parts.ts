/**
 * The parts of a resolved scenario by name, in the order in which a report and a trace hold them. Most fields are a
 * part by themselves; the other parts follow from several fields.
 */
import type { KafkaSettings, Scenario } from '../scenario.js';
import { busFields } from './bus-fields.js';
import type { Fields, Part } from './field.js';
import { gateFields, verdictFields } from './gate-fields.js';
import { inOrder } from './in-order.js';
import { kafkaConsumerFields, kafkaGroupFields, kafkaProducerFields } from './kafka-fields.js';
import { runFields } from './run-fields.js';
import { disturbanceFields, fetchFields, rowFields } from './subscription-fields.js';
import { looks } from './value.js';
import { namingFields, workloadFields } from './workload-fields.js';

export type Parts<Name extends string> = Readonly<Record<Name, Part>>;

/** The parts that follow from mode, durable and strategy. */
const rowParts = {
  modes: { value: { kind: 'modeRows' }, compared: false },
  strategies: { value: { kind: 'strategyIds' }, compared: false },
  rows: {
    value: { kind: 'rowSpecs' },
    compared: false,
    resolved: { about: 'What there is a row of, on every broker and for every repeat.' },
  },
} as const satisfies Partial<Parts<keyof Scenario>>;

const kafkaPart = { kafka: { value: { kind: 'kafkaSettings' }, protocol: 'kafka' } } as const satisfies Partial<
  Parts<keyof Scenario>
>;

export const kafkaParts = partsOf<keyof KafkaSettings>({
  ...kafkaGroupFields,
  ...kafkaProducerFields,
  ...kafkaConsumerFields,
});

export const scenarioParts = ordered<keyof Scenario>(
  {
    ...partsOf({ ...namingFields, ...rowFields }),
    ...rowParts,
    ...partsOf({ ...runFields, ...workloadFields, ...fetchFields }),
    ...kafkaPart,
    ...partsOf({ ...disturbanceFields, ...busFields, ...verdictFields, ...gateFields }),
  },
  { sweep: 'rows', minAtRisk: 'untilAtRisk', orderScope: 'topicChoice', drainTimeoutMs: 'handlerTimeoutMs' },
);

/** Whether the value of a part may be null: a word stands for null, or the field may be absent. */
export function isNullable(part: Part): boolean {
  return looks[part.value.kind].orNull === true || part.absent === null;
}

function partsOf<Name extends string>(fields: Fields): Parts<Name> {
  const parts = Object.entries(fields).filter(([, { resolved }]) => resolved !== null);
  return Object.fromEntries<Part>(parts.map(([name, field]) => [field.resolved?.name ?? name, field])) as Parts<Name>;
}

function ordered<Name extends string>(parts: Parts<Name>, comesAfter: Partial<Record<Name, Name>>): Parts<Name> {
  const names = inOrder(Object.keys(parts) as Name[], comesAfter);
  return Object.fromEntries(names.map((name) => [name, parts[name]])) as Parts<Name>;
}
