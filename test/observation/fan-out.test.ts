import { expect, it } from 'vitest';
import { FanOut } from '../../src/observation/fan-out.js';
import { ObservationLog, RandomPipeline, stepKinds, type Step } from './fixtures.js';

const steps = Array.from({ length: 200 }, (_, i): Step => [i % stepKinds, i]);

it('FanOut hands every observation to every sink, in order', () => {
  const [alone, first, second] = [new ObservationLog(), new ObservationLog(), new ObservationLog()];
  new RandomPipeline(alone).run(steps);
  new RandomPipeline(new FanOut([first, second])).run(steps);
  expect(first.observed).toEqual(alone.observed);
  expect(second.observed).toEqual(alone.observed);
  expect(new Set(alone.observed.map(({ kind }) => kind)).size).toBe(8);
});

it('FanOut shows a sink that comes later what happens from then on', () => {
  const [first, later] = [new ObservationLog(), new ObservationLog()];
  const fanOut = new FanOut([first]);
  const pipeline = new RandomPipeline(fanOut);
  pipeline.run(steps.slice(0, 50));
  const before = first.observed.length;
  fanOut.add(later);
  pipeline.run(steps.slice(50));
  expect(later.observed).toEqual(first.observed.slice(before));
});
