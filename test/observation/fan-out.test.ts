import { expect, it } from 'vitest';
import type { ObservationSink } from '../../src/domain/observation.js';
import { ConcurrencyRecorder } from '../../src/observation/concurrency-recorder.js';
import { FanOut } from '../../src/observation/fan-out.js';
import { LatencyRecorder } from '../../src/observation/latency-recorder.js';
import { ProgressCounter } from '../../src/observation/progress-counter.js';
import { RunEvents } from '../../src/observation/run-events.js';
import { HighestDelivered } from '../../src/run/bench/delivered-positions.js';
import { HeldDeliveries } from '../../src/run/bench/held-deliveries.js';
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

it('FanOut spares a sink the kinds that it makes no use of', () => {
  const log = Object.assign(new ObservationLog(), { uses: ['deliver', 'ack'] as const });
  new RandomPipeline(new FanOut([log])).run(steps);
  expect(new Set(log.observed.map(({ kind }) => kind))).toEqual(new Set(['deliver', 'ack']));
});

interface Watcher<Sink extends ObservationSink = ObservationSink> {
  readonly name: string;
  readonly create: () => Sink;
  readonly says: (sink: Sink) => unknown;
}

function watcher<Sink extends ObservationSink>(create: () => Sink, says: (sink: Sink) => unknown): Watcher {
  return { name: create().constructor.name, create, says: says as (sink: ObservationSink) => unknown };
}

it.each([
  watcher(
    () => new ProgressCounter(),
    ({ published, handled }) => ({ published, handled }),
  ),
  watcher(
    () => new ConcurrencyRecorder(),
    (sink) => sink.concurrency(),
  ),
  watcher(
    () => new LatencyRecorder(),
    (sink) => [sink.latencyMs(), sink.histograms()],
  ),
  watcher(
    () => new RunEvents(),
    (sink) => [sink.rebalances, sink.disturbances, sink.bufferDepthMax],
  ),
  watcher(
    () => new HeldDeliveries(),
    ({ count }) => count,
  ),
  watcher(
    () => new HighestDelivered(),
    (sink) => [0, 1, 2].map((topic) => [sink.count(topic), sink.highest(topic, 0)]),
  ),
])('$name says the same whether it is handed everything or what it makes use of', ({ create, says }) => {
  const [alone, spared] = [create(), create()];
  new RandomPipeline(alone).run(steps);
  new RandomPipeline(new FanOut([spared])).run(steps);
  expect(says(spared)).toEqual(says(alone));
});
