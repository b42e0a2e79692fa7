/**
 * Assigns aggregates to publishers. Normally every aggregate has one owner, and `count` publishers divide the
 * aggregates among themselves. Where the scenario has several publishers for an aggregate (a fault), each of them
 * publishes all aggregates.
 */
export interface PublisherShare {
  readonly publisher: number;
  readonly aggregates: readonly number[];
}

/**
 * @param aggregates how many there are
 * @param count publishers over which the aggregates are divided, one connection each; at least 1
 * @param perAggregate publishers that publish the same aggregate; more than 1 overrides `count`
 */
export function sharePublishers(aggregates: number, count: number, perAggregate: number): PublisherShare[] {
  const all = Array.from({ length: aggregates }, (_, i) => i);
  if (perAggregate > 1) return Array.from({ length: perAggregate }, (_, publisher) => ({ publisher, aggregates: all }));
  return Array.from({ length: Math.min(count, aggregates) }, (_, publisher) => ({
    publisher,
    aggregates: all.filter((aggregate) => aggregate % count === publisher),
  }));
}
