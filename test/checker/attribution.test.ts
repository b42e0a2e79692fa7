/**
 * A regression's origin is the first stage at which its late event comes after its early one: publish, store, deliver,
 * submit, start. Later stages that merely carry the inversion onward are not blamed. A missing stamp makes the origin
 * unknown, never a guess.
 */
import { describe, expect, it } from 'vitest';
import { originOf } from '../../src/checker/attribution.js';
import { placeOnly, type Sighting } from '../../src/checker/sighting.js';
import { History } from './support/history.js';

const late: Sighting = {
  ...placeOnly({ version: 1, topic: 0, publisher: 0, partition: 0, position: 10 }),
  ...{ publishStamp: 10, deliveryCount: 1, subscription: 0, owned: true },
  ...{ deliverStamp: 110, submitStamp: 210, lane: 0, startStamp: 320 },
};
const early: Sighting = {
  ...{ ...late, version: 2, publishStamp: 20, position: 20, deliverStamp: 120, submitStamp: 220, startStamp: 310 },
};

describe('the origin of a regression', () => {
  it('is start where all was in order before', () => {
    expect(originOf(late, early, 'shared')).toBe('start');
  });

  it('is the first stage at which the pair is the wrong way round', () => {
    expect(originOf({ ...late, submitStamp: 230 }, early, 'shared')).toBe('submit');
    expect(originOf({ ...late, deliverStamp: 130, submitStamp: 230 }, early, 'shared')).toBe('deliver');
    expect(originOf({ ...late, position: 30, deliverStamp: 130, submitStamp: 230 }, early, 'shared')).toBe('store');
    expect(originOf({ ...late, publishStamp: 30, position: 30, deliverStamp: 130 }, early, 'shared')).toBe('publish');
  });

  it('is the first such stage even if the pair was put right in between', () => {
    expect(originOf({ ...late, position: 30 }, early, 'shared')).toBe('store');
  });

  it('is store where the two lie in different partitions, whatever their positions', () => {
    expect(originOf({ ...late, partition: 1 }, early, 'shared')).toBe('store');
    expect(originOf({ ...late, topic: 9 }, early, 'per topic')).toBe('store');
    expect(originOf({ ...late, topic: 9 }, early, 'shared')).toBe('start');
    expect(originOf({ ...late, partition: 1, position: 0 }, early, 'shared')).toBe('store');
  });

  it('is deliver where the late delivery is a redelivery, though it was handed over first', () => {
    expect(originOf({ ...late, isRedelivery: true }, early, 'shared')).toBe('deliver');
  });

  it('is earlier than deliver where a redelivered event was behind in the log already', () => {
    expect(originOf({ ...late, isRedelivery: true, position: 30 }, early, 'shared')).toBe('store');
    expect(originOf({ ...late, isRedelivery: true, publishStamp: 30 }, early, 'shared')).toBe('publish');
  });

  it('is unknown where a stamp is missing at the stage to be compared', () => {
    expect(originOf({ ...late, publishStamp: 0 }, early, 'shared')).toBe('unknown');
    expect(originOf(late, { ...early, position: 0 }, 'shared')).toBe('unknown');
    expect(originOf({ ...late, partition: -1 }, early, 'shared')).toBe('unknown');
    expect(originOf({ ...late, deliverStamp: 0 }, early, 'shared')).toBe('unknown');
    expect(originOf(late, { ...early, submitStamp: 0 }, 'shared')).toBe('unknown');
  });

  it('is start where one of the two was handled on the spot, since it had no place in the inbox to compare', () => {
    expect(originOf(late, { ...early, submitStamp: 0, lane: -1 }, 'shared')).toBe('start');
    expect(originOf({ ...late, submitStamp: 0, lane: -1 }, early, 'shared')).toBe('start');
    expect(originOf({ ...late, submitStamp: 0, lane: -1, deliverStamp: 130 }, early, 'shared')).toBe('deliver');
  });

  it('is known where the missing stamp belongs to a later stage than the origin', () => {
    expect(originOf({ ...late, deliverStamp: 130, submitStamp: 0 }, early, 'shared')).toBe('deliver');
    expect(originOf({ ...late, isRedelivery: true, deliverStamp: 0 }, early, 'shared')).toBe('deliver');
  });

  it('is deliver on a broker without delivery counts where the log position was delivered before', () => {
    const history = new History();
    history.publishAcked([1, 2]);
    history.deliver(1, { deliveryCount: null });
    const redelivered = history.submit(history.deliver(1, { deliveryCount: null }));
    const other = history.submit(history.deliver(2, { deliveryCount: null }));
    history.start(other);
    history.start(redelivered);
    const { origins, signatures } = history.verdict();
    expect(origins).toMatchObject({ deliver: 1, start: 0 });
    expect(signatures.map(({ signature }) => signature)).toContainEqual(
      expect.objectContaining({ kind: 'regressions', again: 'unknown' }),
    );
  });
});
