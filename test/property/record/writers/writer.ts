/** Says what writes a history in a format of a record, and what it needs for that. */
import type { Prng } from '../../../../src/runtime/ports.js';
import type { HistoryLine } from '../history.js';

export interface Written {
  readonly text: string;
  /** For --map. */
  readonly map: string;
  /** For --pattern. */
  readonly pattern?: string;
  /** Lines of something else that were written between. */
  readonly others?: number;
}

export type Writer = (lines: readonly HistoryLine[], prng: Prng) => Written;

export function shuffled<Item>(items: readonly Item[], prng: Prng): Item[] {
  return items.map((item) => [prng.float(), item] as const).toSorted(([a], [b]) => a - b).map(([, item]) => item); // prettier-ignore
}

export function pick<Item>(items: readonly Item[], prng: Prng): Item {
  return items[Math.floor(prng.float() * items.length)]!;
}

/** Fields that any of the lines has. */
export function fieldsIn(lines: readonly HistoryLine[]): (keyof HistoryLine)[] {
  return [...new Set(lines.flatMap((line) => Object.keys(line) as (keyof HistoryLine)[]))];
}
