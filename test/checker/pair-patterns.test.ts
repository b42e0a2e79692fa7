/** How the pairs of regressions looked, counted by everything that tells one mechanism from another. */
import { expect, it } from 'vitest';
import { PairPatterns } from '../../src/checker/pair-patterns.js';
import type { Logs } from '../../src/checker/memory/log-name.js';
import type { Sighting } from '../../src/checker/sighting.js';

const sighting: Sighting = {
  ...{ version: 1, topic: 0, publisher: 0, publishStamp: 1, partition: 0, position: 1, deliveryCount: 1 },
  ...{ isRedelivery: false, subscription: 0, owned: true, deliverStamp: 2, submitStamp: 3, lane: 0, startStamp: 4 },
};
const plain = {
  ...{ sameSubscription: true, misrouted: false, samePublisher: true, sameLane: true, sameTopic: true },
  ...{ lateRedelivered: false, outsideLanes: false, sameLog: true },
};

function patternOf(late: Partial<Sighting>, early: Partial<Sighting> = {}, logs: Logs = 'shared') {
  const patterns = new PairPatterns();
  patterns.add({ ...sighting, ...late }, { ...sighting, ...early }, 'deliver', logs);
  return patterns.list();
}

it('names each property of a pair', () => {
  expect(patternOf({})).toEqual([{ origin: 'deliver', ...plain, count: 1 }]);
  expect(patternOf({ subscription: 1 })[0]).toMatchObject({ ...plain, sameSubscription: false });
  expect(patternOf({ owned: false })[0]).toMatchObject({ ...plain, misrouted: true });
  expect(patternOf({}, { owned: false })[0]).toMatchObject({ ...plain, misrouted: true });
  expect(patternOf({ publisher: 1 })[0]).toMatchObject({ ...plain, samePublisher: false });
  expect(patternOf({ lane: 1 })[0]).toMatchObject({ ...plain, sameLane: false });
  expect(patternOf({ topic: 1 })[0]).toMatchObject({ ...plain, sameTopic: false });
  expect(patternOf({ partition: 1 })[0]).toMatchObject({ ...plain, sameLog: false });
  expect(patternOf({ topic: 1 }, {}, 'per topic')[0]).toMatchObject({ ...plain, sameTopic: false, sameLog: false });
  expect(patternOf({ isRedelivery: true })[0]).toMatchObject({ ...plain, lateRedelivered: true });
  expect(patternOf({}, { isRedelivery: true })[0]).toMatchObject({ ...plain, lateRedelivered: false });
  expect(patternOf({}, { lane: -1 })[0]).toMatchObject({ ...plain, sameLane: false, outsideLanes: true });
});

it('lists the most frequent first, and equally frequent ones by origin', () => {
  const patterns = new PairPatterns();
  for (const origin of ['unknown', 'start', 'publish', 'start'] as const)
    patterns.add(sighting, sighting, origin, 'shared');
  const listed = patterns.list().map(({ origin, count }) => [origin, count]);
  expect(listed).toEqual([
    ['start', 2],
    ['publish', 1],
    ['unknown', 1],
  ]);
});
