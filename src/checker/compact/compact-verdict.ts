/**
 * What can be said of handlings alone, in the order in which they began: regressions, duplicates and gaps by the
 * definitions of docs/CHECKER.md, and what hand-written checkers would have counted.
 */

/** A version as it was written: a bigint beyond 2^53. */
export type Version = number | bigint;

/** Versions that are this near to where counting begins are counted from there; others from the first one seen. */
export const nearest = 2 ** 50;

export function isNear(version: Version, origin: bigint): boolean {
  if (typeof version === 'number' && origin === 0n) return version < nearest && version > -nearest;
  const offset = BigInt(version) - origin;
  return offset < nearest && offset > -nearest;
}

/** Whether a version that is so far from where its unit is counted from can be counted exactly. */
export function isCountable(offset: number): boolean {
  return offset > -nearest && offset < 2 ** 52;
}

/** A handling that came after a higher version of its aggregate. */
export interface LateHandling {
  readonly version: Version;
  /** Dense versions: the earliest higher one; rising ones: the highest so far. */
  readonly after: Version;
  /** Number of the line, from 1. */
  readonly line: number;
  /** Line of `after`; null where it is not kept. */
  readonly afterLine: number | null;
}

/** A unit with anomalies or gaps. */
export interface CompactFinding {
  readonly unit: number;
  readonly regressions: number;
  readonly duplicates: number;
  readonly gaps: number;
  /** The first ones. */
  readonly examples: readonly LateHandling[];
}

export interface CompactVerdict {
  readonly handled: number;
  readonly units: number;
  readonly regressions: number;
  readonly duplicates: number;
  /** Equal versions with different ids; only where versions rise by any step. */
  readonly ties: number;
  /** null: versions may rise by any step, so none is missing. */
  readonly gaps: number | null;
  readonly openGaps: number | null;
  readonly descents: number;
  readonly naive: number;
  readonly extentMax: number | null;
  /** The worst units, at most {@link findingsMax}. */
  readonly worst: readonly CompactFinding[];
  readonly unitsWithAnomalies: number;
}

export const findingsMax = 100;
/** Examples that a unit keeps. */
export const examplesMax = 10;

export function worstFirst(a: CompactFinding, b: CompactFinding): number {
  return b.regressions - a.regressions || b.duplicates - a.duplicates || b.gaps - a.gaps || a.unit - b.unit;
}

/** Counts for each unit while lines are read. */
export class UnitTrouble {
  regressions = 0;
  duplicates = 0;
  readonly examples: LateHandling[] = [];

  late(example: LateHandling): void {
    this.regressions++;
    if (this.examples.length < examplesMax) this.examples.push(example);
  }
}

/** @param findings of all units in trouble, each with whether it has an anomaly or a gap */
export function rankCompact(findings: Iterable<CompactFinding>): Pick<CompactVerdict, 'worst' | 'unitsWithAnomalies'> {
  const troubled = [...findings].filter(({ regressions, duplicates, gaps }) => regressions + duplicates + gaps > 0);
  return { worst: troubled.sort(worstFirst).slice(0, findingsMax), unitsWithAnomalies: troubled.length };
}
