/**
 * Says of each event in a log behind which moment it was stored at the earliest. Nobody saw when it was stored; but it
 * was after its publish call, and after all that lie before it in the same log.
 */
import type { TimelineEntry } from './timeline-rows.js';

export interface StoredPlace {
  readonly log: string;
  readonly position: number;
  /** Stamp of the latest publish call that came before. */
  readonly after: number;
  /** From 1: tells apart, in the order of the log, what was stored behind the same call. */
  readonly behind: number;
}

/** The places by log and position, as {@link placeKey} has them. */
export function storedPlaces(
  entries: readonly TimelineEntry[],
  logOf: (entry: TimelineEntry) => string,
): ReadonlyMap<string, StoredPlace> {
  const calls = new Map<string, { log: string; position: number; call: number }>();
  for (const entry of entries) {
    if (entry.position === null) continue;
    const log = logOf(entry);
    const key = placeKey(log, entry.position);
    calls.set(key, { log, position: entry.position, call: entry.publish?.stamp ?? calls.get(key)?.call ?? 0 });
  }
  const reached = new Map<string, number>();
  const places = new Map<string, StoredPlace>();
  const sorted = [...calls].sort(([, a], [, b]) => a.position - b.position);
  for (const [key, { log, position, call }] of sorted) {
    const after = Math.max(reached.get(log) ?? 0, call);
    reached.set(log, after);
    if (after > 0) places.set(key, { log, position, after, behind: places.size + 1 });
  }
  return places;
}

export function placeKey(log: string, position: number): string {
  return `${String(position)} ${log}`;
}
