/** Chooses the lines that were asked for: by time, and by the value of a field. */
import { fieldIndex, type RecordField } from '../domain/record/record-fields.js';
import type { LineFilter } from './intake.js';
import { readTime, type TimeUnit } from './times.js';

export interface Wanted {
  /** Milliseconds since 1970; null: from the beginning. */
  readonly sinceMs: number | null;
  /** The first that is left out; null: to the end. */
  readonly untilMs: number | null;
  readonly only: readonly (readonly [RecordField, string])[];
  readonly timeUnit: TimeUnit;
}

/** Whether lines may be left out that speak of an event of which others are taken. */
export function filterCuts({ sinceMs, untilMs, only }: Wanted): boolean {
  return sinceMs !== null || untilMs !== null || !only.every(([field]) => field === 'aggregate' || field === 'topic');
}

/** @returns null: all lines are wanted */
export function lineFilter({ sinceMs, untilMs, only, timeUnit }: Wanted): LineFilter | null {
  if (sinceMs === null && untilMs === null && only.length === 0) return null;
  const wanted = only.map(([field, value]) => [fieldIndex[field], value] as const);
  return (fields) => {
    if (!wanted.every(([field, value]) => fields.text(field) === value)) return false;
    if (sinceMs === null && untilMs === null) return true;
    const text = fields.text(fieldIndex.time);
    const ms = text === null ? null : readTime(text, timeUnit);
    // A line without a time is of the time of those around it, which is not known here.
    if (ms === null) return false;
    return (sinceMs === null || ms >= sinceMs) && (untilMs === null || ms < untilMs);
  };
}
