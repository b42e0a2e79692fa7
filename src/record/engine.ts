/** What takes the lines of a record and says what they came to. There are two: one for handlings alone, and one for all. */
import type { RecordEvent } from '../domain/record/record-fields.js';
import type { RecordObserved } from '../domain/record/record-observed.js';
import type { RecordReport } from '../domain/record/record-report.js';
import type { RecordReason } from '../domain/record/record-reason.js';
import type { Fields } from './fields.js';

export interface RecordEngine {
  /** Regressions so far. */
  readonly regressions: number;
  /** Duplicates so far; null: told only at the end. */
  readonly duplicates: number | null;
  /** Aggregates so far, each within its topic and source. */
  readonly aggregates: number;
  /** How often all lines are handed on, and which of them each time. */
  readonly passes: readonly Pass[];
  /** What all lines together show, if the engine did not know of it; null: nothing. */
  readonly wants: Shown | null;
  /** The lines that follow are of this source, unless they say otherwise. */
  begin(source: string): void;
  /** @returns what is wrong with the line, as a clause; null: nothing */
  take(event: RecordEvent, fields: Fields, line: number): string | null;
  /** The bytes of the lines taken so far are about to change. */
  flush(): void;
  end(ending: RecordEnding): EngineResult;
}

/** Which lines are taken: all, those of publishes, or all others. */
export type Pass = 'all' | 'publishes' | 'handlings';

export interface RecordEnding {
  /** The record goes on until nothing was under way. */
  readonly complete: boolean;
  /** No line was bad, and none was left out that others may speak of: what is missing was not there. */
  readonly whole: boolean;
}

/** What an engine knows of the report. */
type Found =
  | 'counts'
  | 'exposure'
  | 'extentMax'
  | 'origins'
  | 'pairs'
  | 'aggregates'
  | 'aggregatesTotal'
  | 'aggregatesWithAnomalies';

export interface EngineResult extends Pick<RecordReport, Found> {
  /** Why a record without anomalies is no pass, and what else speaks for a doubt. */
  readonly doubts: readonly RecordReason[];
  /** What the diagnosis reads; null: no more is known of handlings than that they began. */
  readonly observed: RecordObserved | null;
}

/**
 * What some line of a record shows, by which all lines are taken: where publishes are acknowledged by lines of their
 * own, one without such a line was not; where handlings finish by lines of their own, a start is not the end of one;
 * where partitions are named, a position without one lies nowhere; where topics are, a line without one is bad; and
 * where one source publishes what another handles, all publishes are taken first.
 */
export type Shown = 'more than handlings' | 'publish' | 'acked' | 'finish' | 'partition' | 'topic' | 'publishes apart';

/** Thrown at the first line that shows what the engine did not know of: all lines are then taken once more. */
export class NeedsMore extends Error {
  override readonly name = 'NeedsMore';
  readonly shown: Shown;

  constructor(shown: Shown) {
    super(`a line shows ${shown}`);
    this.shown = shown;
  }
}

/** Thrown where a source cannot be read ahead, by a thread of its own: all lines are then read anew, in this thread. */
export class NotPacked extends Error {
  override readonly name = 'NotPacked';
}
