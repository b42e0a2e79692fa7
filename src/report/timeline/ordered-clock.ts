/**
 * Gives each moment of a run a time of its own, in nanoseconds, so that times come in the order of the stamps. The
 * order is what a verdict rests on, and clocks may show one time for several moments, or, read by several threads, an
 * earlier time for a later moment. A time is the one that was seen, or one nanosecond behind the moment before.
 */
import type { Seen } from './timeline-rows.js';

const nsPerMs = 1e6;

export interface PlacedMoment extends Seen {
  /** 0 for what has the stamp; what is only known to come right behind it is numbered from 1. */
  readonly behind: number;
}

/** @returns of a moment the nanoseconds since the run began; undefined: it is none of those given */
export function orderedClock(moments: readonly PlacedMoment[]): (stamp: number, behind?: number) => number | undefined {
  const sorted = [...moments].sort(
    (a, b) => a.stamp - b.stamp || a.behind - b.behind || Number(a.atMs === null) - Number(b.atMs === null),
  );
  const nsOf = new Map<string, number>();
  let latest = -1;
  for (const { stamp, behind, atMs } of sorted) {
    const key = keyOf(stamp, behind);
    if (nsOf.has(key)) continue;
    latest = Math.max(latest + 1, atMs === null ? 0 : Math.round(atMs * nsPerMs));
    nsOf.set(key, latest);
  }
  return (stamp, behind = 0) => nsOf.get(keyOf(stamp, behind));
}

function keyOf(stamp: number, behind: number): string {
  return `${String(stamp)}+${String(behind)}`;
}
