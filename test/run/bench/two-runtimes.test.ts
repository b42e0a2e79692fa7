// Both runtimes carry one bench and the same parts: one scenario on one scripted broker gives the same observations
// under both, up to stamps, times and ids. What is compared is the order within each stage, and of publishing, which
// goes on side by side, the order within each aggregate.
import { expect, test } from 'vitest';
import type { BrokerDriver } from '../../../src/broker/port.js';
import type { Delivery, Observation, ObservationSink } from '../../../src/domain/observation.js';
import type { Scenario } from '../../../src/domain/scenario/scenario.js';
import type { Execution, ExecutionContext } from '../../../src/run/bench/execution.js';
import type { RowPlan } from '../../../src/run/row/row-plan.js';
import { planRows } from '../row/plan-rows.js';
import type * as ThreadsRun from '../../../src/run/threads/threads-run.js';
import type * as VirtualRun from '../../../src/run/virtual/virtual-run.js';
import { resolveScenario } from '../../../src/scenario/resolve.js';
import { strategyIds } from '../../../src/strategy/registry.js';
import { inModes } from '../../in-modes.js';

const built = (path: string) => import(new URL(`../../../dist/run/${path}`, import.meta.url).href);
const { executeOnThreads } = (await built('threads/threads-run.js')) as typeof ThreadsRun;
const { executeInWorld } = (await built('virtual/virtual-run.js')) as typeof VirtualRun;

const brokerUrl = new URL('./scripted-broker.mjs', import.meta.url).href;
const { createDriver, scriptOf } = (await import(brokerUrl)) as {
  createDriver(options: object): BrokerDriver;
  scriptOf(script: object): object;
};

const refused = { aggregate: 1, version: 3 };

const scenario: Scenario = {
  ...resolveScenario({
    flags: { workers: '1', handlerFail: '20%', handlerTime: '0', disturb: 'workers:1@50%' },
    strategies: strategyIds,
  }),
  ...inModes(['single']),
  ...{ topics: 2, aggregates: 4, versions: 12, drainTimeoutMs: 15_000 },
};

/** All that a run made known, without what depends on the schedule. */
class Seen implements ObservationSink {
  readonly phases: string[] = [];
  readonly #published: { aggregate: number; what: string }[] = [];
  readonly #stages = new Map<string, string[]>();

  observe({ kind, record }: Observation): void {
    switch (kind) {
      case 'publish': {
        const { aggregate, topic, version, publisher } = record;
        this.#published.push({ aggregate, what: `${aggregate}/${version} on ${topic} by ${publisher}` });
        return;
      }
      case 'publish-result': {
        const { event, ok, position, error } = record;
        const what = `${event.aggregate}/${event.version} ${ok} at ${position} ${error}`;
        this.#published.push({ aggregate: event.aggregate, what });
        return;
      }
      case 'deliver':
        return this.#add(kind, `${nameOf(record)} by ${record.subscription}, ${record.owned}`);
      case 'submit':
        return this.#add(kind, nameOf(record));
      case 'start':
        return this.#add(kind, `${nameOf(record.delivery)} attempt ${record.number} in lane ${record.lane}`);
      case 'finish':
        return this.#add(kind, `${nameOf(record.delivery)} ${record.outcome}`);
      case 'ack':
        return this.#add(kind, `${nameOf(record.delivery)} ${record.kind}`);
      case 'note':
        return this.#add(kind, `${record.kind} ${JSON.stringify(record.detail)}`);
    }
  }

  /** By stage; what was told of publishing, by aggregate. */
  get stages(): Readonly<Record<string, readonly string[]>> {
    const publish = this.#published.toSorted((a, b) => a.aggregate - b.aggregate).map(({ what }) => what);
    return { publish, ...Object.fromEntries(this.#stages) };
  }

  #add(stage: string, what: string): void {
    this.#stages.set(stage, [...(this.#stages.get(stage) ?? []), what]);
  }
}

function nameOf({ aggregate, version, position, deliveryCount }: Delivery): string {
  return `${aggregate}/${version} at ${position}, delivery ${deliveryCount}`;
}

type Run = (plan: RowPlan, context: ExecutionContext, script: object) => Promise<Execution>;

async function seenOf(run: Run) {
  const [plan] = planRows(scenario, 'test');
  const seen = new Seen();
  const context: ExecutionContext = {
    sink: seen,
    observes: true,
    signal: new AbortController().signal,
    onPhase: (phase) => seen.phases.push(phase),
    onBroker: ({ kind }) => seen.phases.push(kind),
    onTick: () => {},
  };
  const { drain, error, interrupted } = await run(plan!, context, scriptOf({ ...scenario, refused }));
  return { drain, error, interrupted, phases: seen.phases, stages: seen.stages };
}

const inWorld: Run = (plan, context, script) =>
  executeInWorld(plan, context, {
    simulate: ({ time }) => createDriver({ ...script, sleep: (ms: number) => time.sleep(ms) }),
    toolVersion: 'test',
  });

const onThreads: Run = (plan, context, script) =>
  executeOnThreads(plan, context, { kind: 'module', url: brokerUrl, options: script });

test('one scenario on one scripted broker is the same run in a virtual world and on threads', async () => {
  const inVirtualTime = await seenOf(inWorld);
  const events = scenario.aggregates * scenario.versions;
  expect(inVirtualTime).toMatchObject({ error: null, drain: { complete: true } });
  const { publish, deliver, note } = inVirtualTime.stages;
  expect(publish).toHaveLength(2 * events);
  expect(deliver!.length, 'some are delivered again').toBeGreaterThan(events);
  expect(note).toHaveLength(2);
  expect(await seenOf(onThreads)).toEqual(inVirtualTime);
});
