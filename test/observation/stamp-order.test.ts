import { expect, it } from 'vitest';
import type { ObservationSink } from '../../src/domain/observation.js';
import { StampOrder } from '../../src/observation/stamp-order.js';
import { CallLog, RandomPipeline, type Call, type Step } from './fixtures.js';

/** All kinds of observation, as a run makes them; nothing of it changes any more. */
function history(): Call[] {
  const log = new CallLog();
  new RandomPipeline(log).run(Array.from({ length: 300 }, (_, i): Step => [(i * 5) % 8, i]));
  return log.calls;
}

function call(sink: ObservationSink, [method, ...args]: Call): void {
  (sink[method] as (...args: unknown[]) => void).apply(sink, args);
}

it('StampOrder hands on every kind of observation in stamp order, though they come backwards', () => {
  const calls = history();
  const log = new CallLog();
  const order = new StampOrder(log);
  for (const observation of [...calls].reverse()) call(order, observation);
  expect(log.calls).toEqual(calls);
  expect([order.holes, order.late, order.held]).toEqual([0, 0, 0]);
  expect(new Set(calls.map(([method]) => method)).size).toBe(8);
});

it('StampOrder hands on at once what comes in order', () => {
  const calls = history();
  const log = new CallLog();
  const order = new StampOrder(log);
  calls.forEach((observation, i) => {
    call(order, observation);
    expect(log.calls.length).toBe(i + 1);
  });
});

it('StampOrder goes on behind an observation that was lost, and says how many were', () => {
  const calls = history();
  const log = new CallLog();
  const order = new StampOrder(log);
  const left = calls.filter((_, i) => i !== 3 && i !== 50);
  for (const observation of left) call(order, observation);
  expect(order.held).toBe(left.length - 3);
  order.end();
  expect(log.calls).toEqual(left);
  expect(order.holes).toBe(2);
});
