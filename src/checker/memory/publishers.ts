/**
 * Keeps who published each event of a unit. Nearly always that is one publisher for all; only once a second one turns
 * up, the versions of others than the first are kept, the latest {@link keptMax} or so.
 */
export interface PublishersState {
  /** -1: none so far. */
  firstPublisher: number;
  /** By version, of events by others than the first publisher. */
  otherPublishers: Map<number, number> | null;
}

const keptMax = 4_096;

export function learnPublisher(state: PublishersState, version: number, publisher: number): void {
  if (publisher === state.firstPublisher) return;
  if (state.firstPublisher < 0) {
    state.firstPublisher = publisher;
    return;
  }
  const others = (state.otherPublishers ??= new Map());
  others.set(version, publisher);
  if (others.size <= 2 * keptMax) return;
  for (const old of [...others.keys()].slice(0, keptMax)) others.delete(old);
}

export function publisherOf({ firstPublisher, otherPublishers }: PublishersState, version: number): number {
  return otherPublishers?.get(version) ?? firstPublisher;
}
