// A row runs in worker threads, and whatever happens (a thread that throws or dies, a lost broker, an interrupt) what
// had been observed is handed on, the workers are gone and what was made on the broker is removed. The broker is one
// in shared memory; the threads are real.
import { describe, expect, test } from 'vitest';
import { stampOf } from '../../../src/domain/observation.js';
import type { Attempt, Delivery, Observation, ObservationSink } from '../../../src/domain/observation.js';
import type { RunNote } from '../../../src/domain/run-note.js';
import type { ModeRow, Scenario } from '../../../src/domain/scenario/scenario.js';
import type * as ThreadsRun from '../../../src/run/threads/threads-run.js';
import { planRows } from '../row/plan-rows.js';
import { resolveScenario } from '../../../src/scenario/resolve.js';
import { strategyIds } from '../../../src/strategy/registry.js';
import { inModes } from '../../in-modes.js';

const { executeOnThreads } = (await import(
  new URL('../../../dist/run/threads/threads-run.js', import.meta.url).href
)) as typeof ThreadsRun;

type Fault = 'no broker' | 'publisher throws' | 'subscription dies' | 'broker lost';

const topics = 3;

function aScenario(changes: Partial<Scenario>): Scenario {
  const defaults = resolveScenario({ flags: {}, strategies: strategyIds });
  const small = {
    topics,
    aggregates: 6,
    versions: 30,
    maxWaitMs: 20,
    drainTimeoutMs: 15_000,
    handlerTime: { distribution: 'uniform', minMs: 0, maxMs: 0 } as const,
  };
  return { ...defaults, brokers: ['nats'], ...small, ...changes };
}

function aFakeBroker(scenario: Scenario, fault: Fault | null) {
  const words = () => new Int32Array(new SharedArrayBuffer(4 * topics));
  const capacity = Math.min(4_096, scenario.aggregates * scenario.versions);
  const options = {
    words: { places: words(), stored: words(), delivered: words(), acked: words(), made: words() },
    logs: Array.from({ length: topics }, () => new Float64Array(new SharedArrayBuffer(capacity * 6 * 8))),
    ...{ topics, capacity, fault },
  };
  return {
    spec: { kind: 'module', url: new URL('./fake-broker.mjs', import.meta.url).href, options } as const,
    ...options,
  };
}

/** Everything that was observed, in the order in which it came, with its stamp. */
class Seen implements ObservationSink {
  readonly stamps: number[] = [];
  readonly published = new Map<string, number>();
  readonly finished = new Map<string, number>();
  readonly delivered: Delivery[] = [];
  readonly started: Attempt[] = [];
  readonly notes: RunNote[] = [];
  onFinish: (count: number) => void = () => {};

  observe(observation: Observation): void {
    const { kind, record } = observation;
    this.stamps.push(stampOf(observation));
    if (kind === 'publish') this.published.set(`${record.aggregate}/${record.version}`, record.publishStamp);
    else if (kind === 'deliver') this.delivered.push(record);
    else if (kind === 'start') this.started.push(record);
    else if (kind === 'finish') this.#finish(record);
    else if (kind === 'note') this.notes.push(record);
  }

  #finish({ delivery: { aggregate, version }, finishStamp }: Attempt): void {
    this.finished.set(`${aggregate}/${version}`, finishStamp);
    this.onFinish(this.finished.size);
  }
}

async function run(row: ModeRow, changes: Partial<Scenario> = {}, fault: Fault | null = null, interruptAt = Infinity) {
  const scenario = aScenario({ ...changes, ...inModes([row]) });
  const [plan] = planRows(scenario, 'test');
  const broker = aFakeBroker(scenario, fault);
  const seen = new Seen();
  const interrupt = new AbortController();
  seen.onFinish = (count) => {
    if (count >= interruptAt) interrupt.abort();
  };
  const context = {
    sink: seen,
    observes: true,
    signal: interrupt.signal,
    onPhase: () => {},
    onBroker: () => {},
    onTick: () => {},
  };
  const execution = await executeOnThreads(plan!, context, broker.spec);
  return {
    scenario,
    execution,
    seen,
    events: scenario.aggregates * scenario.versions,
    isMade: () => broker.words.made[0] === 1,
  };
}

function oneTo(last: number): number[] {
  return Array.from({ length: last }, (_, i) => i + 1);
}

describe('a row on worker threads', () => {
  test.each<ModeRow>(['multi/shared', 'multi/per-topic', 'single'])(
    '%s: every event is published, handled and acknowledged once',
    async (row) => {
      const { execution, seen, events, isMade } = await run(row);

      expect(execution).toMatchObject({ error: null, interrupted: false, observationsLost: 0 });
      expect(execution.drain).toEqual({ complete: true, reason: null, brokerLost: false, givenUp: 0 });
      expect(seen.published.size).toBe(events);
      expect(seen.delivered.length).toBe(events);
      expect(seen.started.length).toBe(events);
      expect(seen.finished.size).toBe(events);
      expect(isMade()).toBe(false);
    },
  );

  test('hands observations on in stamp order, each stamp once', async () => {
    const { seen, events } = await run('multi/per-topic');
    expect(seen.stamps).toEqual(oneTo(seen.stamps.length));
    expect(seen.stamps.length).toBe(7 * events + seen.notes.length);
  });

  test('a durable of its own for each topic keeps every aggregate in order, also from thread to thread', async () => {
    const { seen } = await run('multi/per-topic', { aggregates: 12, versions: 40 });
    const last = new Map<number, number>();
    for (const { delivery } of seen.started) {
      expect(delivery.version).toBe((last.get(delivery.aggregate) ?? 0) + 1);
      last.set(delivery.aggregate, delivery.version);
    }
  });

  test('--publish handled: no version is published before the one in front of it was handled', async () => {
    const { scenario, seen } = await run('multi/shared', { publish: { kind: 'handled' } });
    for (let aggregate = 0; aggregate < scenario.aggregates; aggregate++) {
      for (let version = 2; version <= scenario.versions; version++) {
        expect(seen.published.get(`${aggregate}/${version}`)!).toBeGreaterThan(
          seen.finished.get(`${aggregate}/${version - 1}`)!,
        );
      }
    }
  });

  test('several publishers of one aggregate claim every version once, in the order of their stamps', async () => {
    const { seen, events } = await run('single', { publishersPerAggregate: 3 });
    expect(seen.published.size).toBe(events);
    const last = new Map<string, number>();
    for (const key of seen.published.keys()) {
      const [aggregate, version] = key.split('/');
      expect(Number(version)).toBe((last.get(aggregate!) ?? 0) + 1);
      last.set(aggregate!, Number(version));
    }
  });

  test('overflow inline: what finds the inbox full is handled outside the lanes, and nothing is left over', async () => {
    const changes = {
      overflow: 'inline',
      queueSize: 1,
      workers: 1,
      laneSize: 1,
      handlerTime: { distribution: 'uniform', minMs: 3, maxMs: 3 },
    } as const;
    const { execution, seen, events } = await run('multi/shared', changes);
    expect(execution.drain.complete).toBe(true);
    expect(seen.finished.size).toBe(events);
    expect(seen.started.some(({ lane }) => lane === -1)).toBe(true);
  });

  test('never acknowledged: the drain ends at its time-out and says why', async () => {
    const { execution, events } = await run('single', { ack: 'never', drainTimeoutMs: 300 });
    expect(execution.error).toBeNull();
    expect(execution.drain).toMatchObject({
      complete: false,
      reason: `${events} messages awaiting an ack when the drain timed out`,
    });
  });

  test('never acknowledged, one delivery allowed: the drain is complete and says how many were given up', async () => {
    const { execution, events } = await run('single', { ack: 'never', maxDeliver: 1 });
    expect(execution.drain).toMatchObject({ complete: true, givenUp: events });
  });
});

describe('a row on worker threads that does not get to its end', () => {
  test('interrupted: no error, and everything that was observed is handed on', async () => {
    const { execution, seen, isMade } = await run('multi/per-topic', { versions: 100_000 }, null, 50);
    expect(execution).toMatchObject({ error: null, interrupted: true, observationsLost: 0 });
    expect(execution.drain.complete).toBe(false);
    expect(execution.drain.reason).toContain('interrupted');
    expect(seen.finished.size).toBeGreaterThanOrEqual(50);
    expect(seen.stamps).toEqual(oneTo(seen.stamps.length));
    expect(isMade()).toBe(false);
  });

  test('no broker: its error, and nothing was observed', async () => {
    const { execution, seen } = await run('single', {}, 'no broker');
    expect(execution.error).toMatchObject({ code: 'broker-unavailable', message: 'the broker cannot be reached' });
    expect(execution.drain).toMatchObject({ complete: false, brokerLost: false });
    expect(seen.stamps).toEqual([]);
  });

  test('the broker is lost on the way: its error, and what was observed until then', async () => {
    const { execution, seen, isMade } = await run('multi/per-topic', { versions: 100_000 }, 'broker lost');
    expect(execution.error).toMatchObject({ code: 'broker-unavailable', wayOut: 'start it again' });
    expect(execution.drain).toMatchObject({ complete: false, brokerLost: true });
    expect(execution.observationsLost).toBe(0);
    expect(seen.delivered.length).toBeGreaterThan(5);
    expect(isMade()).toBe(false);
  });

  test('a thread throws: an error that names it, and what was observed until then', async () => {
    const { execution, seen, isMade } = await run('single', {}, 'publisher throws');
    expect(execution.error).toMatchObject({ code: 'internal' });
    expect(execution.error?.message).toContain('publisher-0');
    expect(execution.error?.message).toContain('the publisher is broken');
    expect(execution.observationsLost).toBe(0);
    expect(seen.published.has('0/5')).toBe(true);
    expect(isMade()).toBe(false);
  });

  test('a thread dies without a word: an error that names it', async () => {
    const { execution, isMade } = await run('multi/per-topic', { versions: 100_000 }, 'subscription dies');
    expect(execution.error).toMatchObject({ code: 'internal' });
    expect(execution.error?.message).toContain('sub-topic-0');
    expect(execution.drain).toMatchObject({ complete: false, brokerLost: false });
    expect(isMade()).toBe(false);
  });
});
