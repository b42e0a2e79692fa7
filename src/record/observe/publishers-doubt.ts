/** The doubt that several publish calls of an aggregate may have been stored in another order than they were made. */
import type { RecordReason } from '../../domain/record/record-reason.js';

/**
 * @param overlaps publish calls that began while an earlier one was open; null: no line says when a call was answered
 * @param returns publishes by a publisher that had left the aggregate to another one
 */
export function publishersDoubt(overlaps: number | null, returns: number): RecordReason[] {
  const isInDoubt = overlaps === null ? returns > 0 : overlaps > 0;
  return isInDoubt ? [{ kind: 'several-publishers', overlaps: overlaps ?? 0 }] : [];
}
