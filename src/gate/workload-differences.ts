/**
 * Compares the workloads of two reports: every field of their scenarios that counts depend on, the seed included. The
 * name, the gates, and which rows were run how often are not compared. A field of one protocol is compared only if one
 * of the brokers speaks it, or if it has an effect on every protocol all the same.
 */
import type { Part } from '../domain/scenario/fields/field.js';
import { inOrder } from '../domain/scenario/fields/in-order.js';
import { kafkaParts, scenarioParts } from '../domain/scenario/fields/parts.js';
import { traitsOf, type BrokerKind } from '../domain/broker/registry.js';
import type { Scenario } from '../domain/scenario/scenario.js';

export interface Difference {
  /** Path of the field, as the report has it: `kafka.partitions`. */
  readonly field: string;
  readonly now: unknown;
  readonly before: unknown;
}

/** The fields in the order in which differences are listed. */
const orderedFields = inOrder(Object.keys(scenarioParts) as (keyof Scenario)[], {
  gapPolicy: 'handlerTimeoutMs',
  gapTimeoutMs: 'gapPolicy',
});

/**
 * @param before the scenario of the older report; a field that it lacks is no difference, unless it is known as what it
 *   is then read
 * @param brokers the brokers whose rows are compared
 */
export function workloadDifferences(
  now: Scenario,
  before: Readonly<Record<string, unknown>>,
  brokers: readonly BrokerKind[],
): Difference[] {
  const spoken = new Set<string>(brokers.map((broker) => traitsOf(broker).protocol));
  return orderedFields
    .filter((name) => scenarioParts[name].compared !== false)
    .flatMap((name) => differences(name, now[name], valueIn(before, name)))
    .filter(({ field }) => hasEffect(field, spoken));
}

/** A report that lacks the field is of the version before it, and is read as the field's declaration says. */
function valueIn(before: Readonly<Record<string, unknown>>, name: keyof Scenario): unknown {
  const { olderReports }: Part = scenarioParts[name];
  return before[name] === undefined ? olderReports?.value : before[name];
}

/** @param path of the field; those of Kafka are parts of a part */
function hasEffect(path: string, spoken: ReadonlySet<string>): boolean {
  const [outer = '', inner = ''] = path.split('.');
  const { protocol } = scenarioParts[outer as keyof Scenario];
  if (protocol === undefined || spoken.has(protocol)) return true;
  const parts: Readonly<Record<string, Part>> = kafkaParts;
  return parts[inner]?.isForEveryProtocol === true;
}

/** `topics 5, in the baseline 10`. */
export function formatDifference({ field, now, before }: Difference): string {
  return `${field} ${JSON.stringify(now)}, in the baseline ${JSON.stringify(before)}`;
}

function differences(field: string, now: unknown, before: unknown): Difference[] {
  if (before === undefined) return [];
  if (isFields(now) && isFields(before)) {
    const fields = [...new Set([...Object.keys(now), ...Object.keys(before)])];
    return fields.flatMap((inner) => differences(`${field}.${inner}`, now[inner] ?? null, before[inner]));
  }
  return JSON.stringify(now) === JSON.stringify(before) ? [] : [{ field, now, before }];
}

function isFields(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
