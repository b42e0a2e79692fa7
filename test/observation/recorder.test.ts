import { describe, expect, it } from 'vitest';
import { Recorder } from '../../src/observation/recorder.js';
import { ObservationLog, RandomPipeline, type Step } from './fixtures.js';

function recorder(): { recorder: Recorder; log: ObservationLog; stampsTaken: () => number } {
  const log = new ObservationLog();
  let stamps = 0;
  let nowMs = 10;
  return {
    recorder: new Recorder({ nextStamp: () => ++stamps, nowMs: () => (nowMs += 0.000_1), sink: log }),
    log,
    stampsTaken: () => stamps,
  };
}

const message = {
  aggregate: 3,
  topic: 1,
  version: 2,
  publisher: 5,
  publishStamp: 1,
  publishedAtMs: 9,
  partition: 0,
  position: 44,
  deliveryCount: 1,
  subscription: 1,
  owned: true,
  ackToken: 12,
};

describe('Recorder', () => {
  it('takes one stamp and makes one sink call for every stage of an event', () => {
    const { recorder: r, log, stampsTaken } = recorder();
    const event = r.publish(3, 1, 2, 5);
    r.publishResult(event, { ok: true, partition: 0, position: 44, duplicate: false, error: null });
    const delivery = r.deliver(message);
    r.start(delivery, 1, 7);
    r.ack(delivery, 'ack');
    r.note('drain', { complete: false });
    expect(stampsTaken()).toBe(6);
    expect(log.observed.map(({ kind }) => kind)).toEqual([
      'publish',
      'publish-result',
      'deliver',
      'start',
      'ack',
      'note',
    ]);
  });

  it('uses the stamp that it is given with a publish, and takes none of its own', () => {
    const { recorder: r, stampsTaken } = recorder();
    expect(r.publish(0, 0, 1, 0, 99).publishStamp).toBe(99);
    expect(stampsTaken()).toBe(0);
  });

  it('notes the ticket of the inbox as the submit stamp, and takes none of its own', () => {
    const { recorder: r, log, stampsTaken } = recorder();
    const delivery = r.deliver(message);
    r.submitted(delivery, 77);
    expect(delivery.submitStamp).toBe(77);
    expect(log.observed.at(-1)).toEqual({ kind: 'submit', record: delivery });
    expect(stampsTaken()).toBe(1);
  });

  it('names a delivery by its stamp, which no other thread can have taken', () => {
    const { recorder: r } = recorder();
    const first = r.deliver(message);
    const second = r.deliver(message);
    expect([first.id, second.id]).toEqual([first.deliverStamp, second.deliverStamp]);
    expect(first.id).not.toBe(second.id);
  });

  it('fills in the end of an attempt before it tells the sink', () => {
    const { recorder: r, log } = recorder();
    const attempt = r.start(r.deliver(message), 1, -1);
    r.finish(attempt, 'failed');
    expect(log.observed.at(-1)).toEqual({ kind: 'finish', record: attempt });
    expect(attempt).toMatchObject({ finishStamp: 3, outcome: 'failed', lane: -1 });
  });

  it('keeps times in whole microseconds', () => {
    const { recorder: r } = recorder();
    expect(r.publish(0, 0, 1, 0).publishedAtMs).toBe(10);
  });

  it('leaves no stamp out, whatever happens', () => {
    const log = new ObservationLog();
    const pipeline = new RandomPipeline(log);
    const steps = Array.from({ length: 400 }, (_, i): Step => [i % 8, i * 7]);
    pipeline.run(steps);
    expect(log.observed.length).toBe(pipeline.lastStamp);
  });
});
