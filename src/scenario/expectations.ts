/** Resolves what a scenario's file expects of the rows that are run. */
import type { BrokerKind } from '../domain/broker/registry.js';
import { UsageError } from '../domain/errors.js';
import { expectationKeysOf } from '../domain/scenario/scenario.js';
import type { RowSpec, Scenario } from '../domain/scenario/scenario.js';
import type { ScenarioFile } from './file/scenario-file.js';
import type { Layers } from './layers.js';
import { defaultText } from './fields.js';
import { placeOf } from './problem.js';
import { isForOtherBrokers } from './row-names.js';

/**
 * An expectation of a row that is not run can never be met, so the file is in error; unless a flag narrowed the rows
 * down, and then the rows that are left must have one, or the file's gate would be gone unnoticed.
 * @throws {UsageError} naming the rows that are run
 */
export function resolveExpectations(layers: Layers, rows: readonly RowSpec[]): Scenario['expect'] {
  const brokers: readonly BrokerKind[] = layers.value('broker');
  const run = new Set(rows.flatMap((row) => brokers.flatMap((broker) => expectationKeysOf(row, broker))));
  const expectations = Object.entries(layers.file?.settings.expect ?? {}).filter(
    ([key]) => !isForOtherBrokers(key, brokers),
  );
  const kept = expectations.filter(([key]) => run.has(key));
  const dropped = expectations.find(([key]) => !run.has(key))?.[0];
  const { mode, durable, broker, strategy } = layers.flags;
  const narrowed = mode !== undefined || durable !== undefined || broker !== undefined || strategy !== undefined;
  if (dropped !== undefined && (!narrowed || kept.length === 0)) {
    const place = layers.file === undefined ? dropped : placeOf(['expect', dropped], { kind: 'file', ...layers.file });
    const several = new Set(rows.map(({ strategy }) => strategy)).size > 1;
    const names = rows.map((row) => (several ? `${row.mode}+${row.strategy}` : row.mode));
    throw new UsageError(
      `${place} expects something of a row that is not run; rows run are ${names.join(', ')} on ${brokers.join(', ')}`,
      narrowed ? 'run a row that the file expects something of' : 'take the expectation out, or run the row too',
    );
  }
  return Object.fromEntries(kept);
}

/**
 * The file with what it expects of those rows only that are among the candidates of a command. A file that names no
 * strategy expects something of the rows with the usual one: other candidates in the same mode are other rows.
 *
 * @param candidates strategies, or rows with theirs, `single+serial`
 */
export function withExpectationsOf(file: ScenarioFile, candidates: readonly string[]): ScenarioFile {
  const { expect, ...settings } = file.settings;
  if (expect === undefined) return file;
  const own = Object.entries(expect)
    .map(([key, expected]) => [rowNamed(key), expected] as const)
    .filter(([key]) => candidates.some((one) => key === one || [':', '+'].some((sign) => key.endsWith(sign + one))));
  return { ...file, settings: own.length === 0 ? settings : { ...settings, expect: Object.fromEntries(own) } };
}

/** The row that the key of an expectation means if no strategy is named: that with the usual strategy. */
function rowNamed(key: string): string {
  return key.includes('+') ? key : `${key}+${defaultText('strategy')!}`;
}

/** Rows whose expectation in the file does not apply, because they are not run. */
export function droppedExpectations(file: ScenarioFile, scenario: Scenario): readonly string[] {
  const keys = Object.keys(file.settings.expect ?? {});
  // A file may say what it expects of brokers on which it is not run today.
  return keys.filter(
    (key) =>
      !isForOtherBrokers(key, scenario.brokers) &&
      scenario.expect[key] === undefined &&
      scenario.expect[rowNamed(key)] === undefined,
  );
}
