/**
 * Counts publish calls of one aggregate that are open at the same time. A call is open from when it is made until its
 * result is known. A call that begins while another is open may be stored before it: if that one is of another
 * publisher, nothing keeps the two in order; if it is of the same publisher, its client has to.
 */
export interface PublishingState {
  /** Calls that are open. */
  publishing: number;
  /** Version and publisher of the only open call, while there is but one. */
  publishingVersion: number;
  publishingBy: number;
  /** All open calls, while there are several: version, publisher, version, publisher, … */
  publishingSeveral: number[] | null;
}

export interface PublishOverlaps {
  acrossPublishers: number;
  withinPublisher: number;
}

export function beginPublish(
  state: PublishingState,
  version: number,
  publisher: number,
  overlaps: PublishOverlaps,
): void {
  if (state.publishing++ === 0) {
    state.publishingVersion = version;
    state.publishingBy = publisher;
    return;
  }
  const several = (state.publishingSeveral ??= []);
  if (state.publishing === 2) several.push(state.publishingVersion, state.publishingBy);
  if (isOfAnother(several, publisher)) overlaps.acrossPublishers++;
  else overlaps.withinPublisher++;
  several.push(version, publisher);
}

/**
 * A result closes the oldest open call of its version and publisher, else of its version; without one it closes none.
 */
export function endPublish(state: PublishingState, version: number, publisher: number): void {
  if (state.publishing < 2) {
    if (state.publishing === 1 && state.publishingVersion === version) state.publishing = 0;
    return;
  }
  const several = state.publishingSeveral!;
  const own = indexOfCall(several, version, publisher);
  const index = own >= 0 ? own : indexOfCall(several, version, null);
  if (index < 0) return;
  several.splice(index, 2);
  state.publishing--;
  if (state.publishing > 1) return;
  state.publishingVersion = several[0]!;
  state.publishingBy = several[1]!;
  several.length = 0;
}

function isOfAnother(several: readonly number[], publisher: number): boolean {
  for (let i = 1; i < several.length; i += 2) if (several[i] !== publisher) return true;
  return false;
}

/** @param publisher null: any publisher */
function indexOfCall(several: readonly number[], version: number, publisher: number | null): number {
  for (let i = 0; i < several.length; i += 2) {
    if (several[i] === version && (publisher === null || several[i + 1] === publisher)) return i;
  }
  return -1;
}
