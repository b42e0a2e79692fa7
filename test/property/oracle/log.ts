/**
 * Anomalies in the log: versions behind a higher one of the same log, aggregates of a topic in several partitions. The
 * first place that becomes known of a version counts, by a publish result or a delivery.
 */
import type { Unit } from './unit.js';

interface Place {
  readonly time: number;
  readonly version: number;
  readonly topic: number;
  readonly partition: number;
  readonly position: number;
}

function placesOf({ results, delivered }: Unit): readonly Place[] {
  const places = [
    ...results.map(({ time, version, event, result }) => {
      const { partition, position } = result;
      return { time, version, topic: event.topic, partition, position };
    }),
    ...delivered.map(({ time, version, delivery }) => {
      const { topic, partition, position } = delivery;
      return { time, version, topic, partition, position };
    }),
  ];
  return places.sort((a, b) => a.time - b.time);
}

/** The first place that becomes known of each version, in the order in which they do; none is forgotten. */
export function placesKnownTo(unit: Unit): readonly (Place & { readonly log: string })[] {
  const known = placesOf(unit).filter(({ position, partition }) => position > 0 && partition >= 0);
  return known
    .filter((place) => known.find(({ version }) => version === place.version) === place)
    .map((place) => ({ ...place, log: unit.facts.logOf(place.topic, place.partition) }));
}

/** `switches`: consecutive versions in different logs, found when the second place becomes known. */
export function inTheLog(unit: Unit): { readonly inversions: number; readonly switches: number } {
  const known: { version: number; log: string; position: number }[] = [];
  const inverted = new Set<number>();
  let switches = 0;
  for (const { time, version, topic, partition, position } of placesOf(unit)) {
    const floor = unit.floorAt(time);
    const log = unit.facts.logOf(topic, partition);
    if (position <= 0 || partition < 0 || version <= floor) continue;
    if (known.some((other) => other.version === version)) continue;
    for (const other of known) {
      if (other.version <= floor) continue;
      if (other.log !== log) {
        if (Math.abs(other.version - version) === 1) switches++;
        continue;
      }
      if (other.version < version && other.position > position) inverted.add(other.version);
      if (other.version > version && other.position < position) inverted.add(version);
    }
    known.push({ version, log, position });
  }
  return { inversions: inverted.size, switches };
}

/** Topics of the unit whose events lie in more than one partition. */
export function splitKeysOf(unit: Unit): number {
  const told = [
    ...unit.delivered.map(({ delivery }) => delivery),
    ...unit.results
      .filter(({ result }) => result.position > 0)
      .map(({ event, result }) => ({ topic: event.topic, partition: result.partition })),
  ].filter(({ partition }) => partition >= 0);
  const topics = [...new Set(told.map(({ topic }) => topic))];
  return topics.filter(
    (topic) => new Set(told.filter((one) => one.topic === topic).map(({ partition }) => partition)).size > 1,
  ).length;
}
