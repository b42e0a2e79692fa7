/**
 * Names the fixes of a violated row: the remedies of the first cause that no other row of the report refutes, and of all
 * further such causes that are certain. A row refutes a remedy if it has what the remedy asks for and is violated all
 * the same.
 */
import type { Remedy } from '../../domain/report/cause-evidence.js';
import type { Cause, RunRow } from '../../domain/report/run-report.js';
import { remedyInShort } from '../words/remedy-text.js';
import { namesInShort } from '../words/verdict-text.js';

/** A row of the report: its name, and the run that says most about it. */
export interface NamedRow {
  readonly label: string;
  readonly worst: RunRow;
}

/**
 * Each remedy once; if every one is refuted, a line that says by which rows.
 * @param causes at least one
 */
export function fixTexts(row: RunRow, causes: readonly Cause[], all: readonly NamedRow[]): readonly string[] {
  const refuting = ({ remedy }: Cause): readonly NamedRow[] => all.filter(({ worst }) => refutes(worst, remedy, row));
  const fit = causes.filter((cause) => refuting(cause).length === 0);
  if (fit.length > 0) {
    const taken = fit.filter(({ confidence }, index) => index === 0 || confidence === 'certain');
    return [...new Set(taken.map(({ remedy }) => remedyInShort(remedy)))];
  }
  const names = [...new Set(causes.flatMap(refuting).map(({ label }) => label))];
  return [`not known: ${namesInShort(names)} ${names.length === 1 ? 'is' : 'are'} violated too`];
}

function refutes(one: RunRow, { kind }: Remedy, row: RunRow): boolean {
  if (one.outcome !== 'violated' || one.broker.kind !== row.broker.kind) return false;
  switch (kind) {
    case 'durable-per-topic':
      return one.durable !== 'shared' && one.strategy === row.strategy;
    case 'lane-by-aggregate':
      return one.mode === row.mode && one.durable === row.durable && one.strategy === 'keyed-pool';
    default:
      return false;
  }
}
