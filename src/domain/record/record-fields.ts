/**
 * The fields of a record: what somebody's own log says of a bus, a line for each thing that happened to an event. Only
 * the aggregate and the version are required; every further field adds to what can be said (docs/RECORD.md).
 */

/** What a line says happened. `handled` is the start of a handling of which no more is known. */
export const recordEvents = ['publish', 'acked', 'deliver', 'start', 'finish', 'ack', 'handled'] as const;
export type RecordEvent = (typeof recordEvents)[number];

/** The fields in the order of {@link fieldIndex}. */
export const recordFields = [
  'aggregate',
  'version',
  'topic',
  'ev',
  'partition',
  'position',
  'deliveryCount',
  'delivery',
  'subscription',
  'lane',
  'process',
  'publisher',
  'source',
  'id',
  'ok',
  'time',
  'error',
  'order',
] as const;
export type RecordField = (typeof recordFields)[number];

/** The number by which readers and checkers know a field. */
export const fieldIndex = Object.fromEntries(recordFields.map((name, index) => [name, index])) as Readonly<
  Record<RecordField, number>
>;

/** How versions of an aggregate rise: by one, or to any higher number. */
export const versionRules = ['dense', 'rising'] as const;
export type VersionRule = (typeof versionRules)[number];

/** A version as it was written; a text beyond 2^53, which JSON readers would round. */
export type WrittenVersion = number | string;
