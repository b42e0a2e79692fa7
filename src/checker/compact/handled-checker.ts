/** The interface of the checkers of handlings alone. A *unit* is an aggregate within a topic and a source. */
import type { CompactVerdict, Version } from './compact-verdict.js';

/** Handlings by place, as {@link HandledChecker.handle} takes them one by one. */
export interface Handlings {
  readonly version: Float64Array;
  readonly line: Float64Array;
  readonly id: Int32Array;
}

export interface HandledChecker {
  /** Regressions so far. */
  readonly regressions: number;

  /** Duplicates so far. */
  readonly duplicates: number;

  /** Some versions are so high that they are counted from the first one of their unit. */
  readonly countsFromBases: boolean;

  /**
   * A handling begins.
   * @param id what tells two events of the same version apart, as a number that is the same for the same text; 0: none
   * @returns false if the version cannot be compared with those before it, being more than 2^53 away from them
   */
  handle(unit: number, version: Version, line: number, id: number): boolean;

  /**
   * So many handlings begin, in their order. All versions are near 0, and none is counted from a base.
   * @param units of each its unit, from 0 on
   * @param from the place of the first
   */
  handleAll(units: Int32Array, handlings: Handlings, from: number, count: number): void;

  /** What all of it came to. Changes nothing. */
  verdict(): CompactVerdict;
}
