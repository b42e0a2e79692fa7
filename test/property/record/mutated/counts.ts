/** What handlings alone come to, by brute force over what a reader made of the lines. */
import type { Taken } from './read-in-pieces.js';

export interface SlowCounts {
  readonly handled: number;
  readonly regressions: number;
  readonly duplicates: number;
  readonly bad: number;
  readonly other: number;
}

/** So far from its aggregate's first one a version is not sure to be counted. */
const near = 2n ** 49n;
const longest = 2n ** 63n - 1n;

/** @returns null: versions of an aggregate are too far from one another to be compared */
export function slowCounts(taken: readonly Taken[]): SlowCounts | null {
  const lines = taken.filter(({ kind }) => kind === 'line');
  const needsTopic = lines.some(({ topic }) => topic !== undefined);
  const units = new Map<string, bigint[]>();
  for (const { aggregate, version = '', topic } of lines) {
    if (!/^-?\d{1,40}$/.test(version) || (needsTopic && topic === undefined)) continue;
    const value = BigInt(version);
    if (value > longest || value < -longest) continue;
    const unit = `${topic ?? '-'}\n${aggregate}`;
    units.set(unit, [...(units.get(unit) ?? []), value]);
  }
  const all = [...units.values()];
  if (all.some(([first, ...rest]) => rest.some((one) => one - first! >= near || first! - one >= near))) return null;
  const handled = all.flat().length;
  const count = (of: (versions: readonly bigint[]) => number): number =>
    all.reduce((total, versions) => total + of(versions), 0);
  return {
    handled,
    regressions: count(regressionsOf),
    duplicates: count((versions) => versions.length - new Set(versions).size),
    bad: taken.filter(({ kind }) => kind === 'bad').length + lines.length - handled,
    other: taken.filter(({ kind }) => kind === 'other').length,
  };
}

/** Versions that are first seen after a higher one. */
function regressionsOf(versions: readonly bigint[]): number {
  const firsts = [...new Set(versions)];
  return firsts.filter((version, index) => firsts.slice(0, index).some((other) => other > version)).length;
}
