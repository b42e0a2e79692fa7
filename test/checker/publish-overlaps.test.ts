/**
 * A publish call overlaps if it begins while an earlier one of the unit has no result: across publishers if one of those
 * is another publisher's, else within its own.
 */
import { expect, it } from 'vitest';
import { History } from './support/history.js';

function overlaps(history: History): readonly [across: number, within: number] {
  const { acrossPublishers, withinPublisher } = history.verdict().evidence.publishOverlaps;
  return [acrossPublishers, withinPublisher];
}

it('is none where each call is answered before the next begins, with success or not', () => {
  const history = new History();
  history.publishAcked([1]);
  history.publish(2);
  history.refused(2);
  history.publishAcked([3], { publisher: 1 });
  expect(overlaps(history)).toEqual([0, 0]);
});

it('is within a publisher that does not wait', () => {
  const history = new History();
  for (const version of [1, 2, 3]) history.publish(version);
  expect(overlaps(history)).toEqual([0, 2]);
});

it('is across publishers where a call of another one is open, whoever else’s is too', () => {
  const history = new History();
  history.publish(1, { publisher: 0 });
  history.publish(2, { publisher: 1 });
  history.publish(3, { publisher: 1 });
  expect(overlaps(history)).toEqual([2, 0]);
});

it('ends with the answer to the call that was open', () => {
  const history = new History();
  history.publish(1, { publisher: 0 });
  history.publish(2, { publisher: 1 });
  history.acked(1);
  history.publish(3, { publisher: 1 });
  expect(overlaps(history)).toEqual([1, 1]);
});

it('is none between aggregates, nor between topics', () => {
  const history = new History();
  history.publish(1);
  history.publish(1, { aggregate: 1 });
  history.publish(1, { topic: 1 });
  expect(overlaps(history)).toEqual([0, 0]);
});

it('counts a further call of the same version, of which each answer closes one', () => {
  const history = new History();
  history.publish(1);
  history.publish(1);
  history.acked(1);
  history.publish(2);
  history.acked(1);
  history.acked(2);
  history.publish(3);
  expect(overlaps(history)).toEqual([0, 2]);
});

it('closes the call of the publisher that is answered', () => {
  const history = new History();
  history.publish(1, { publisher: 0 });
  history.publish(1, { publisher: 1 });
  history.acked(1, 0, 0, { publisher: 1 });
  history.publish(2, { publisher: 0 });
  expect(overlaps(history)).toEqual([1, 1]);
});
