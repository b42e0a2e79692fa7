/** What is said between a check and the thread that reads ahead of it. */
import type { ReadingOptions } from '../choice/chosen-reader.js';
import type { PackMemory, PackNote } from './pack.js';

/** What is read, and how. */
export interface AheadOrder {
  readonly path: string;
  /** As {@link ReadingOptions}, of which a pattern cannot be sent. */
  readonly reading: Omit<ReadingOptions, 'pattern'>;
  /** Some lines have a topic, so one without is bad. */
  readonly needsTopic: boolean;
  readonly memory: PackMemory;
  /** The file is NDJSON of which the thread reads the segments that it claims; null: it reads all. */
  readonly segments: SegmentsOrder | null;
}

export interface SegmentsOrder {
  /** The open file, which is the same for all threads. */
  readonly file: number;
  /** Of each segment. */
  readonly bytes: number;
  readonly count: number;
}

export type FromAhead =
  | { readonly type: 'pack'; readonly note: PackNote; readonly progress: AheadProgress }
  | { readonly type: 'segment'; readonly segment: AheadSegment }
  | { readonly type: 'end'; readonly end: AheadEnd };

/** A segment of which all packs were sent. */
export interface AheadSegment {
  readonly lines: number;
  /** Behind its last line, in bytes of the file. */
  readonly end: number;
}

export interface AheadProgress {
  readonly format: string | null;
  /** null: not known. */
  readonly totalBytes: number | null;
  /** Read so far. */
  readonly bytes: number;
}

/** How a source ended. */
export interface AheadEnd {
  readonly format: string | null;
  /** What is wrong with its end, as a clause; null: nothing. */
  readonly badEnd: string | null;
  readonly lines: number;
}
