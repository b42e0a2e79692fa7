/**
 * Writes the command that runs one row of a report again with some flags changed: the report's own command with its
 * seed, restricted to the row if the report has several, and with the changes in place of the flags given. People copy
 * it, so it stays as close as possible to what they typed. It must also parse; where that is not certain, there is no
 * command.
 */
import { traitsOf, type Protocol } from '../../domain/broker/registry.js';
import { formatDisturbance, type Disturbance } from '../../domain/scenario/disturbance.js';
import type { RunReport, RunRow } from '../../domain/report/run-report.js';
import { expectationKeysOf, modeRowOf, type ModeRow, type Scenario } from '../../domain/scenario/scenario.js';
import { shellCommand } from './shell-command.js';

/** Flag without its dashes → its value; true: the flag takes no value. */
export type Changes = Readonly<Record<string, string | true>>;

/** Flags of `run` without a value. */
const switches: ReadonlySet<string> = new Set(['idempotent']);
/**
 * Other flags to remove: aliases of `mode` and `strategy` where these are changed, and flags that `run` does not have.
 */
const besides = { mode: ['modes', 'durable'], strategy: ['strategies'], run: ['baseline'] } as const;

/** Flags that mean something to one protocol only; a run without a broker of that protocol refuses them. */
const flagsOf: Readonly<Partial<Record<Protocol, readonly string[]>>> = {
  jetstream: ['ack-wait', 'backoff', 'max-deliver', 'max-ack-pending', 'message-id'],
  kafka: [
    ...['session-timeout', 'key', 'partitioner', 'partitions', 'idempotent', 'acks', 'in-flight', 'retries'],
    ...['commit', 'commit-interval', 'commit-threshold'],
  ],
};

/** Whether every changed flag is allowed for the broker of the row. */
export function isForBroker(changes: Changes, row: RunRow): boolean {
  const { protocol } = traitsOf(row.broker.kind);
  const foreign = Object.entries(flagsOf).flatMap(([of, flags]) => (of === protocol ? [] : flags));
  return Object.keys(changes).every((flag) => !foreign.includes(flag));
}

/** @returns null if the report does not have the command it was run by, or that command cannot be changed so */
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
  // Without --trace, since the new run would overwrite the trace of this one.
  const replaced = new Set([...Object.keys(flags), 'trace', ...(row.point === null ? [] : ['sweep'])]);
  for (const flag of ['mode', 'strategy'] as const)
    if (replaced.has(flag)) besides[flag].forEach((one) => replaced.add(one));
  if (name === 'compare') besides.run.forEach((one) => replaced.add(one));
  const added = Object.entries(flags).flatMap(([flag, value]) =>
    value === true ? [`--${flag}`] : [`--${flag}`, value],
  );
  return shellCommand(['run', ...withoutFlags(words, replaced), ...added]);
}

/** The value of the flag `--disturb` for a list of disturbances. */
export function disturbFlag(disturb: readonly Disturbance[]): string {
  return disturb.length === 0 ? 'none' : disturb.map(formatDisturbance).join(',');
}

/**
 * The flags that select the row alone; null: the scenario has expectations of other rows only, so it would be refused.
 */
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

/** The flag for the row's point of a sweep; null if the sweep is in a scenario file, where no flag can remove it. */
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
