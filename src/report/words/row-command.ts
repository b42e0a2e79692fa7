/**
 * Writes the command that runs one row of a report again with some flags changed: the report's own command, its seed,
 * the row alone where the report has several, and the changes in place of what was given. It is for people to copy, so
 * it is as close to what they typed as can be; and it must parse, so where that cannot be known there is none.
 */
import { traitsOf, type Protocol } from '../../domain/broker/registry.js';
import { formatDisturbance, type Disturbance } from '../../domain/scenario/disturbance.js';
import type { RunReport, RunRow } from '../../domain/report/run-report.js';
import { expectationKeysOf, modeRowOf, type ModeRow, type Scenario } from '../../domain/scenario/scenario.js';
import { shellCommand } from './shell-command.js';

/** Flag without its dashes → its value; true: it takes none. */
export type Changes = Readonly<Record<string, string | true>>;

/** Flags of `run` without a value. */
const switches: ReadonlySet<string> = new Set(['idempotent']);
/** Other names of flags that are changed, and what only `compare` has. */
const besides = { mode: ['modes', 'durable'], strategy: ['strategies'], run: ['baseline'] } as const;

/** Flags that a command gives to one protocol only; a run on others alone refuses them. */
const flagsOf: Readonly<Partial<Record<Protocol, readonly string[]>>> = {
  jetstream: ['ack-wait', 'backoff', 'max-deliver'],
  kafka: [
    ...['session-timeout', 'key', 'partitioner', 'partitions', 'idempotent', 'acks', 'in-flight', 'retries'],
    ...['commit', 'commit-interval', 'commit-threshold'],
  ],
};

/** Whether every change means something to the broker of the row. */
export function isForBroker(changes: Changes, row: RunRow): boolean {
  const { protocol } = traitsOf(row.broker.kind);
  const foreign = Object.entries(flagsOf).flatMap(([of, flags]) => (of === protocol ? [] : flags));
  return Object.keys(changes).every((flag) => !foreign.includes(flag));
}

/** @returns null if the report does not say how it was run, or its command cannot be changed so */
export function rowCommand(row: RunRow, report: RunReport, changes: Changes = {}): string | null {
  const { command, scenario, seed } = report;
  const [name, ...words] = command;
  if (scenario === null || (name !== 'run' && name !== 'compare')) return null;
  const rows = rowChanges(row, scenario, { changes, always: name === 'compare' });
  const point = pointChanges(row, words);
  if (rows === null || point === null) return null;
  const flags: Changes = {
    ...(seed === null || hasFlag(words, 'seed') ? {} : { seed: String(seed) }),
    ...(name === 'compare' && !hasFlag(words, 'repeat') ? { repeat: String(scenario.repeat) } : {}),
    ...point,
    ...rows,
    ...changes,
  };
  // A trace is of one run: another one would overwrite it.
  const replaced = new Set([...Object.keys(flags), 'trace', ...(row.point === null ? [] : ['sweep'])]);
  for (const flag of ['mode', 'strategy'] as const)
    if (replaced.has(flag)) besides[flag].forEach((one) => replaced.add(one));
  if (name === 'compare') besides.run.forEach((one) => replaced.add(one));
  const added = Object.entries(flags).flatMap(([flag, value]) =>
    value === true ? [`--${flag}`] : [`--${flag}`, value],
  );
  return shellCommand(['run', ...withoutFlags(words, replaced), ...added]);
}

/** The value of `--disturb` for what is done to a run. */
export function disturbFlag(disturb: readonly Disturbance[]): string {
  return disturb.length === 0 ? 'none' : disturb.map(formatDisturbance).join(',');
}

/** Mode and strategy of the row alone. null: the scenario expects something of other rows only, and would be refused. */
function rowChanges(
  row: RunRow,
  scenario: Scenario,
  { changes, always }: { readonly changes: Changes; readonly always: boolean },
): Changes | null {
  const asked = always || changes['mode'] !== undefined || changes['strategy'] !== undefined;
  if (!asked && scenario.rows.length === 1) return {};
  const mode = (changes['mode'] ?? modeRowOf(row)) as ModeRow;
  const strategy = String(changes['strategy'] ?? row.strategy);
  const expected = Object.keys(scenario.expect);
  const keys = expectationKeysOf({ mode, strategy }, row.broker.kind);
  if (expected.length > 0 && !keys.some((key) => expected.includes(key))) return asked ? null : {};
  return { mode, strategy, ...(scenario.gateRows.length > 0 && { 'gate-mode': 'all' }) };
}

/** A sweep at the row's own point; null if the sweep stands in a file, where no flag takes it out. */
function pointChanges({ point }: RunRow, words: readonly string[]): Changes | null {
  if (point === null) return {};
  const flag = point.field.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  return hasFlag(words, 'sweep') ? { [flag]: point.value } : null;
}

function hasFlag(words: readonly string[], flag: string): boolean {
  return words.some((word) => word === `--${flag}` || word.startsWith(`--${flag}=`));
}

function withoutFlags(words: readonly string[], flags: ReadonlySet<string>): string[] {
  let isValue = false;
  return words.filter((word) => {
    if (isValue) return (isValue = false);
    const [, flag = '', inline] = /^--([a-z][\w-]*)(=.*)?$/s.exec(word) ?? [];
    if (!flags.has(flag)) return true;
    isValue = inline === undefined && !switches.has(flag);
    return false;
  });
}
