import { expect, it } from 'vitest';
import type { Observation } from '../../src/domain/observation.js';
import { StampOrder } from '../../src/observation/stamp-order.js';
import { ObservationLog, RandomPipeline, type Step } from './fixtures.js';

/** All kinds of observation, as a run makes them; nothing of it changes any more. */
function history(): Observation[] {
  const log = new ObservationLog();
  new RandomPipeline(log).run(Array.from({ length: 300 }, (_, i): Step => [(i * 5) % 8, i]));
  return log.observed;
}

it('StampOrder hands on every kind of observation in stamp order, though they come backwards', () => {
  const observations = history();
  const log = new ObservationLog();
  const order = new StampOrder(log);
  for (const observation of [...observations].reverse()) order.observe(observation);
  expect(log.observed).toEqual(observations);
  expect([order.holes, order.late, order.held]).toEqual([0, 0, 0]);
  expect(new Set(observations.map(({ kind }) => kind)).size).toBe(8);
});

it('StampOrder hands on at once what comes in order', () => {
  const observations = history();
  const log = new ObservationLog();
  const order = new StampOrder(log);
  observations.forEach((observation, i) => {
    order.observe(observation);
    expect(log.observed.length).toBe(i + 1);
  });
});

it('StampOrder goes on behind an observation that was lost, and says how many were', () => {
  const observations = history();
  const log = new ObservationLog();
  const order = new StampOrder(log);
  const left = observations.filter((_, i) => i !== 3 && i !== 50);
  for (const observation of left) order.observe(observation);
  expect(order.held).toBe(left.length - 3);
  order.end();
  expect(log.observed).toEqual(left);
  expect(order.holes).toBe(2);
});
