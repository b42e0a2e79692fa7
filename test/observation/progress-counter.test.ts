import { expect, it } from 'vitest';
import { ProgressCounter } from '../../src/observation/progress-counter.js';
import { Recorder } from '../../src/observation/recorder.js';

it('ProgressCounter counts publish calls, and attempts that ended well', () => {
  const counter = new ProgressCounter();
  let stamp = 0;
  const recorder = new Recorder({ nextStamp: () => ++stamp, nowMs: () => 0, sink: counter });
  const event = recorder.publish(0, 0, 1, 0);
  recorder.publishResult(event, { ok: true, partition: 0, position: 1, duplicate: false, error: null });
  recorder.publish(0, 0, 2, 0);
  const delivery = recorder.deliver({
    ...event,
    partition: 0,
    position: 1,
    deliveryCount: 1,
    subscription: 0,
    owned: true,
    ackToken: 0,
  });
  recorder.submitted(delivery, ++stamp);
  recorder.finish(recorder.start(delivery, 1, 0), 'failed');
  recorder.finish(recorder.start(delivery, 2, 0), 'done');
  recorder.ack(delivery, 'ack');
  recorder.note('drain', { complete: true });
  expect([counter.published, counter.handled]).toEqual([2, 1]);
});
