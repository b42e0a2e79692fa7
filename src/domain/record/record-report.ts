/**
 * The report of a checked record, a JSON contract like that of a run: every field is always present, and what the record
 * does not show is null, never 0. It says nothing of a broker, a seed or a strategy, since the record does not.
 */
import type { OriginRange } from '../report/verdict.js';
import type { Outcome } from '../scenario/scenario.js';
import type { RecordDiagnosis } from './record-cause.js';
import type { RecordClaim } from './record-claims.js';
import type { RecordEvent, RecordField, VersionRule, WrittenVersion } from './record-fields.js';
import type { RecordReason } from './record-reason.js';

export type { WrittenVersion } from './record-fields.js';

export interface RecordCounts {
  /** Handlings that began. */
  readonly handled: number;
  readonly published: number | null;
  readonly regressions: number;
  readonly duplicates: number;
  /** Equal versions with different ids; null where versions rise by one. */
  readonly ties: number | null;
  readonly gaps: number | null;
  readonly openGaps: number | null;
  readonly descents: number;
  readonly naive: number;
  /** null: loss needs publish lines and an end. */
  readonly lost: number | null;
  readonly unseen: number | null;
  readonly phantoms: number | null;
  readonly storeInversions: number | null;
  readonly splitKeys: number | null;
  readonly overlaps: number | null;
  readonly completionInversions: number | null;
}

export interface RecordExposure {
  readonly pairs: number;
  readonly contestedPairs: number;
  /** null: no deliveries were seen. */
  readonly atRiskPairs: number | null;
  readonly splitPairs: number;
}

/**
 * What the late event of each regression and the earliest higher one do not have in common: facts and no cause. null: no
 * line has the field.
 */
export interface RecordPairs {
  readonly regressions: number;
  readonly otherPublisher: number | null;
  readonly otherPartition: number | null;
  readonly otherSubscription: number | null;
  readonly otherLane: number | null;
  /** The late event had been delivered before. */
  readonly redelivered: number | null;
}

export interface RecordExample {
  readonly version: WrittenVersion;
  readonly after: WrittenVersion;
  readonly line: number | null;
  readonly afterLine: number | null;
  /** Where the two lines stand, if several sources were merged; null: in the source of the aggregate. */
  readonly source: string | null;
  readonly afterSource: string | null;
  readonly origin: Pick<OriginRange, 'after' | 'by'> | null;
}

export interface RecordFinding {
  readonly aggregate: string;
  readonly topic: string;
  /** Where several sources were merged, all of them. */
  readonly source: string;
  readonly regressions: number;
  readonly duplicates: number;
  readonly gaps: number;
  readonly lost: number;
  readonly overlaps: number;
  readonly examples: readonly RecordExample[];
}

export interface BadLine {
  readonly source: string;
  readonly line: number;
  readonly problem: string;
  readonly text: string;
}

export interface RecordSource {
  readonly name: string;
  readonly format: string;
  readonly lines: number;
}

export interface RecordReport extends RecordDiagnosis {
  readonly schemaVersion: '1.0';
  readonly kind: 'record';
  readonly tool: { readonly name: 'eventbus-bench'; readonly version: string };
  readonly sources: readonly RecordSource[];
  readonly lines: {
    /** Lines of the record. */
    readonly record: number;
    /** Lines of something else. */
    readonly other: number;
    /** Of these, spans of something else than a record has, by their operation (null: of no message), the most first. */
    readonly otherSpans: readonly { readonly operation: string | null; readonly count: number }[];
    /** Left out by --since, --until or --only. */
    readonly leftOut: number;
    readonly bad: number;
    /** Lines that stood behind one with a higher `order`, and were put in their place; null: no order is mapped. */
    readonly moved: number | null;
  };
  /** The first ones. */
  readonly badLines: readonly BadLine[];
  /** How many lines say what happened, by event. */
  readonly events: Readonly<Record<RecordEvent, number>>;
  /** How many lines have each field. */
  readonly fields: Readonly<Record<RecordField, number>>;
  readonly versions: VersionRule;
  readonly firstVersion: WrittenVersion | null;
  /** The record goes on until nothing was under way. */
  readonly complete: boolean;
  /** What the bus was said to guarantee, by whoever had it checked. */
  readonly claims: readonly RecordClaim[];
  readonly outcome: Outcome;
  readonly reasons: readonly RecordReason[];
  readonly orderJudgedAt: 'start';
  readonly counts: RecordCounts;
  /** null: nothing says what was at stake. */
  readonly exposure: RecordExposure | null;
  readonly extentMax: number | null;
  readonly origins: readonly OriginRange[];
  /** null: no event was late, or the lines say of handlings no more than that they began. */
  readonly pairs: RecordPairs | null;
  /** The worst aggregates, at most 100. */
  readonly aggregates: readonly RecordFinding[];
  /** Aggregates, each within its topic and source. */
  readonly aggregatesTotal: number;
  readonly aggregatesWithAnomalies: number;
  /** Names of aggregates are hashes, and texts of lines are left out. */
  readonly redacted: boolean;
  readonly wallDurationMs: number;
  readonly peakRssBytes: number;
}
