/** How versions become the numbers that the checker counts with. */
import type { Version } from '../../checker/compact/compact-verdict.js';
import type { RecordEvent } from '../../domain/record/record-fields.js';

/** What a line says of which aggregate. */
export interface EventOf {
  readonly event: RecordEvent;
  readonly topic: number;
  readonly aggregate: number;
}

export interface CountedVersions {
  /** @returns a positive integer, in the order of the versions of the aggregate; null: it cannot be told */
  counted(version: Version, of: EventOf): number | null;
}
