/** The signatures of what is wrong in the log: of store inversions and split keys. */
import { followerSteps, type AnomalySignature } from '../../../../src/domain/report/anomaly-signature.js';
import { placesKnownTo, splitKeysOf } from '../log.js';
import type { Unit } from '../unit.js';

export function logSignaturesOf(unit: Unit): readonly AnomalySignature[] {
  return [...ofInversions(unit), ...ofSplitKeys(unit)];
}

/** An event that two publishers sent has no one publisher. */
export function hasTwoPublishersOfOne(unit: Unit): boolean {
  const versions = [...unit.published, ...unit.delivered.map(({ version }) => version)];
  return versions.some((version) => publishersOf(version, unit).length > 1);
}

function publishersOf(version: number, { publishes, delivered }: Unit): readonly number[] {
  const all = [
    ...publishes.filter((one) => one.version === version).map(({ event }) => event.publisher),
    ...delivered.filter((one) => one.version === version).map(({ delivery }) => delivery.publisher),
  ];
  return [...new Set(all)];
}

/** Each version once, with the first higher one that is known to lie before it; of several, the lowest. */
function ofInversions(unit: Unit): readonly AnomalySignature[] {
  const inverted = new Set<number>();
  const known: { readonly version: number; readonly log: string; readonly position: number }[] = [];
  const found: AnomalySignature[] = [];
  for (const place of placesKnownTo(unit)) {
    for (const other of [...known].sort((a, b) => a.version - b.version)) {
      if (other.log !== place.log) continue;
      const [lower, higher] = other.version < place.version ? [other, place] : [place, other];
      if (lower.position < higher.position || inverted.has(lower.version)) continue;
      inverted.add(lower.version);
      const [a, b] = [publishersOf(lower.version, unit), publishersOf(higher.version, unit)];
      found.push({ kind: 'storeInversions', samePublisher: a[0] === b[0] });
    }
    known.push(place);
  }
  return found;
}

function ofSplitKeys(unit: Unit): readonly AnomalySignature[] {
  const count = splitKeysOf(unit);
  if (count === 0) return [];
  const { facts } = unit;
  const expansions = facts.notes.filter(
    ({ note }) => note.kind === 'disturbance' && note.detail.what === 'partitions',
  ).length;
  const trails = trailsOf(unit).map((logs) => ({
    changes: logs.filter((log, i) => i > 0 && log !== logs[i - 1]).length,
    followers: logs.filter((log, i) => i > 0 && log === logs[i - 1]).length,
    hasReturned: logs.some((log, i) => i > 0 && log !== logs[i - 1] && logs.slice(0, i).includes(log)),
  }));
  const followers = trails.reduce((sum, trail) => sum + trail.followers, 0);
  const publishers = new Set([
    ...unit.publishes.map(({ event }) => event.publisher),
    ...unit.delivered.map(({ delivery }) => delivery.publisher),
  ]);
  const signature: AnomalySignature = {
    kind: 'splitKeys',
    returns: trails.some(({ hasReturned, changes }) => hasReturned && changes > Math.max(1, expansions)),
    publishers: publishers.size > 1 ? 'several' : 'one',
    publishersKeep: trails.every(({ changes }) => changes === 0),
    followers: followerSteps.findLast((step) => step <= followers)!,
    afterExpansion: expansions > 0,
  };
  return Array.from({ length: count }, () => signature);
}

/** The logs of each publisher's events, in version order: in each topic, where topics have logs of their own. */
function trailsOf(unit: Unit): readonly (readonly string[])[] {
  const places = [...placesKnownTo(unit)].sort((a, b) => a.version - b.version);
  const keyOf = ({ version, topic }: (typeof places)[number]): string =>
    `${unit.facts.options.logs === 'per topic' ? topic : ''} ${publishersOf(version, unit)[0]}`;
  return [...new Set(places.map(keyOf))].map((key) =>
    places.filter((place) => keyOf(place) === key).map(({ log }) => log),
  );
}
