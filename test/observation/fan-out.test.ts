import { expect, it } from 'vitest';
import { FanOut } from '../../src/observation/fan-out.js';
import { CallLog, RandomPipeline, stepKinds, type Step } from './fixtures.js';

const steps = Array.from({ length: 200 }, (_, i): Step => [i % stepKinds, i]);

it('FanOut hands every observation to every sink, in order', () => {
  const [alone, first, second] = [new CallLog(), new CallLog(), new CallLog()];
  new RandomPipeline(alone).run(steps);
  new RandomPipeline(new FanOut([first, second])).run(steps);
  expect(first.calls).toEqual(alone.calls);
  expect(second.calls).toEqual(alone.calls);
  expect(new Set(alone.calls.map(([method]) => method)).size).toBe(8);
});

it('FanOut shows a sink that comes later what happens from then on', () => {
  const [first, later] = [new CallLog(), new CallLog()];
  const fanOut = new FanOut([first]);
  const pipeline = new RandomPipeline(fanOut);
  pipeline.run(steps.slice(0, 50));
  const before = first.calls.length;
  fanOut.add(later);
  pipeline.run(steps.slice(50));
  expect(later.calls).toEqual(first.calls.slice(before));
});
