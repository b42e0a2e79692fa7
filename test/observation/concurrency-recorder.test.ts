import { describe, expect, it } from 'vitest';
import { releasedDetail } from '../../src/domain/run-note.js';
import { ConcurrencyRecorder } from '../../src/observation/concurrency-recorder.js';
import { Recorder } from '../../src/observation/recorder.js';

const fields = {
  aggregate: 0,
  topic: 0,
  version: 1,
  publisher: 0,
  publishStamp: 1,
  publishedAtMs: 0,
  partition: 0,
  position: 1,
  deliveryCount: 1,
  subscription: 0,
  owned: true,
  ackToken: 0,
};

/** A recorder whose clock is set by hand. */
function bench() {
  const concurrency = new ConcurrencyRecorder();
  let [nowMs, stamp] = [0, 0];
  const recorder = new Recorder({ nextStamp: () => ++stamp, nowMs: () => nowMs, sink: concurrency });
  const at = (ms: number): Recorder => {
    nowMs = ms;
    return recorder;
  };
  return { at, seen: () => concurrency.concurrency() };
}

describe('ConcurrencyRecorder', () => {
  it('averages running handlers over the time from the first start to the last end', () => {
    const { at, seen } = bench();
    const [a, b] = [at(0).deliver(fields), at(0).deliver(fields)];
    const [first, second] = [at(10).start(a, 1, 0), at(15).start(b, 1, 1)];
    at(20).finish(first, 'done');
    at(30).finish(second, 'done');
    expect(seen()).toEqual({ handlersMean: 25 / 20, handlersMax: 2, heldMax: 2 });
  });

  it('holds a delivery until its last attempt has ended, or it was rejected or discarded', () => {
    const { at, seen } = bench();
    const retried = at(0).deliver(fields);
    at(2).finish(at(1).start(retried, 1, 0), 'retried');
    at(3).deliver(fields);
    at(3).note('discarded', { ...releasedDetail(retried), reason: 'seen before' });
    at(3).deliver(fields);
    at(3).note('rejected', { ...releasedDetail(retried), subscription: 'sub-0' });
    at(4).deliver(fields);
    expect(seen().heldMax).toBe(2);
    at(6).finish(at(5).start(retried, 2, 0), 'failed');
    at(7).deliver(fields);
    expect(seen().heldMax).toBe(2);
  });

  it('knows nothing of a run in which nothing was delivered', () => {
    expect(bench().seen()).toEqual({ handlersMean: null, handlersMax: null, heldMax: null });
  });
});
