/**
 * The declaration of a scenario field, in one place: its sentence, its values, its default, its flag, and its part in
 * the resolved scenario. The file's schema, `--help`, the report's schema, the trace's header, the comparison of
 * workloads and the reading of older reports are made from it. The tables of fields lie beside this file, one for each
 * theme.
 */
import type { Value } from './value.js';

/** Headings of the help, in its order. */
export const flagGroups = [
  'Workload',
  'Broker and subscriptions',
  'JetStream',
  'Kafka',
  'Bus under test',
  'Run',
  'Verdict and gates',
] as const;

export interface Flag {
  readonly group: (typeof flagGroups)[number];
  /** Placeholder of its value, `<n>`; empty for a switch. */
  readonly takes: string;
  /** An older name of another flag: accepted, but left out of the help. */
  readonly isOlderName?: true;
}

/** Part of a resolved scenario, and so of a report and of a trace. */
export interface Part {
  readonly value: Value;
  /** The resolved value where the field is not given and has no default: no gate, no allowance. */
  readonly absent?: null | readonly [];
  /** False: counts of a run do not depend on it, so runs that differ in it are of one workload. */
  readonly compared?: false;
  /** The only protocol on which it has an effect; absent: not just one. */
  readonly protocol?: 'jetstream' | 'kafka';
  /** Stands among the settings of one protocol, and has an effect on every one. */
  readonly isForEveryProtocol?: true;
  /** How the resolved scenario holds it; null: it does not, since another part holds what it says. */
  readonly resolved?: Resolved | null;
  /** Reports up to this schema version, and the traces of their time, lack it, and are read as if they had this value. */
  readonly olderReports?: { readonly upTo: '1.0' | '2.0'; readonly value: unknown };
}

interface Resolved {
  /** The name there, if it differs from that of the field: with the unit, for example. */
  readonly name?: string;
  /** Its description in the report's schema. */
  readonly about?: string;
  /** Whether the report's schema lets a whole number be less than 0. */
  readonly isSigned?: true;
}

/** A setting that a file gives under its name in camelCase, and a flag under the same in kebab-case. */
export interface Field extends Part {
  /** One sentence: editors show it while a file is being written, `--help` shows it beside the flag. */
  readonly about: string;
  /** As a file would write it. A field without one has `absent`, or a value that follows from others (`resolve.ts`). */
  readonly default?: string | number | boolean;
  /** Null: only a file can give it. */
  readonly flag: Flag | null;
  /** Whether `sweep` takes it: it says what a run is like, not which runs there are. */
  readonly swept?: true;
  /** A strategy that reads it on the other protocol too. */
  readonly readBy?: string;
}

export type Fields = Readonly<Record<string, Field>>;
