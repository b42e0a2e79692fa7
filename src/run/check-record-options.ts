/** What a check of a record is told, and what it says while it reads. */
import type { RecordClaim } from '../domain/record/record-claims.js';
import type { RecordEvent, VersionRule } from '../domain/record/record-fields.js';
import type { AnomalyKind } from '../domain/scenario/scenario.js';
import type { AheadOrder } from '../record/ahead/protocol.js';
import type { Sharing } from '../record/ahead/two-threads.js';
import type { OpenedSource, SourceOpener } from '../record/input/open-source.js';
import type { LineFilter } from '../record/intake.js';
import type { FieldMap } from '../record/map/parse-map.js';
import type { LineSink, RecordReader } from '../record/reader.js';
import type { Redaction } from '../record/redact.js';
import type { TimeUnit } from '../record/times.js';

export interface CheckRecordOptions {
  /** At least one. */
  readonly sources: readonly SourceOpener[];
  /** Makes the reader of a source. @throws {UsageError} if its content fits no format */
  readonly readerOf: (source: OpenedSource, sink: LineSink) => RecordReader;
  /** Sources that may be read ahead, by threads of their own; null: none. */
  readonly ahead?: AheadFiles | null;
  /** Where fields are looked for. */
  readonly map: FieldMap;
  readonly filter: LineFilter | null;
  /** The filter may leave out what other lines speak of, as it does not take all lines of an aggregate or none. */
  readonly filterCuts?: boolean;
  readonly versions: VersionRule;
  /** null: not known. */
  readonly firstVersion: number | null;
  readonly timeUnit: TimeUnit;
  readonly complete: boolean;
  readonly allow: readonly AnomalyKind[];
  readonly minAtRisk: number;
  /** What the bus is said to guarantee; none if absent. */
  readonly claims?: readonly RecordClaim[];
  readonly badLines: 'skip' | 'stop';
  /** What lines say happened, if that is known beforehand; null: the lines show it. */
  readonly events?: readonly RecordEvent[] | null;
  /** Puts a hash in place of an id; null: ids are as they were written. */
  readonly redact?: Redaction | null;
  /** How often what is followed was truncated until now. */
  readonly truncations?: () => number;
  /** Called once reading was interrupted: what follows takes no longer than it has to. */
  readonly onInterrupted?: () => void;
  readonly onProgress?: (progress: RecordProgress) => void;
  readonly signal?: AbortSignal | undefined;
}

export interface AheadFiles {
  /** Of each source its file; null: it is none. */
  readonly paths: readonly (string | null)[];
  /** How they are read, as {@link CheckRecordOptions.readerOf} would. */
  readonly reading: AheadOrder['reading'];
  /** Smaller files are read where they are checked. */
  readonly fromBytes: number;
  /** How two threads share a file of NDJSON, if not as usual. */
  readonly sharing?: Sharing;
}

export interface RecordProgress {
  readonly source: string;
  readonly bytes: number;
  /** null: not known. */
  readonly totalBytes: number | null;
  /** Of this source, so far. */
  readonly lines: number;
  readonly regressions: number;
  /** null: told only at the end. */
  readonly duplicates: number | null;
  readonly aggregates: number;
  readonly elapsedMs: number;
}
