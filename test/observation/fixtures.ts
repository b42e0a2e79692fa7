/**
 * What the tests of observations and traces share: a sink that writes down every observation as it was made, a pipeline
 * that does whatever a list of numbers tells it to, and a trace file in a folder of its own.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ackKinds } from '../../src/domain/observation.js';
import type {
  Attempt,
  Delivery,
  Names,
  Observation,
  ObservationSink,
  PublishedEvent,
} from '../../src/domain/observation.js';
import { noteKinds, type NoteKind } from '../../src/domain/run-note.js';
import type { Scenario } from '../../src/domain/scenario/scenario.js';
import { FanOut } from '../../src/observation/fan-out.js';
import { Recorder } from '../../src/observation/recorder.js';
import type { TraceSegment } from '../../src/trace/segment-reader.js';
import { TraceFile } from '../../src/trace/trace-file.js';
import type { TraceEnd, TraceHeader, TraceRow } from '../../src/trace/trace-format.js';
import { readTrace, type TraceVisitor } from '../../src/trace/trace-reader.js';
import { TraceWriter } from '../../src/trace/trace-writer.js';
import { inModes } from '../in-modes.js';
import { usualScenario } from '../usual-scenario.js';
import { claims } from '../judge/support.js';

/** Copies of all that was observed. */
export class ObservationLog implements ObservationSink {
  readonly observed: Observation[] = [];

  observe(observation: Observation): void {
    this.observed.push(structuredClone(observation));
  }
}

export const names: Names = {
  aggregates: ['agg-0', 'agg-1', 'naïve "quoted"\n'],
  topics: ['orders', 'päckchen'],
  subscriptions: ['sub-0', 'sub-1'],
};

/** What a pipeline is told to do next: which kind of step, and with which of the things that are there. */
export type Step = readonly [kind: number, pick: number];

/** How many kinds of step there are. */
export const stepKinds = 9;

/** Makes a random but possible stream of observations. */
export class RandomPipeline {
  readonly #recorder: Recorder;
  readonly #unsettled: PublishedEvent[] = [];
  readonly #published: PublishedEvent[] = [];
  readonly #delivered: Delivery[] = [];
  readonly #unsubmitted: Delivery[] = [];
  readonly #running: Attempt[] = [];
  #stamp = 0;
  #nowMs = 0;
  #position = 0;

  constructor(sink: ObservationSink) {
    this.#recorder = new Recorder({ nextStamp: () => this.#nextStamp(), nowMs: () => this.#now(), sink });
  }

  get lastStamp(): number {
    return this.#stamp;
  }

  run(steps: readonly Step[]): void {
    for (const [kind, pick] of steps) this.step(kind, pick);
  }

  step(kind: number, pick: number): void {
    switch (kind) {
      case 0:
        return this.#publish(pick);
      case 1:
        return this.#settle(pick);
      case 2:
        return this.#deliver(pick);
      case 3:
        return this.#submit(pick);
      case 4:
        return this.#start(pick);
      case 5:
        return this.#finish(pick);
      case 6:
        return this.#ack(pick);
      case 7:
        return this.#note(noteKinds[pick % noteKinds.length]!, pick);
      default:
        // A stamp that is taken and never recorded: its thread was lost.
        this.#nextStamp();
    }
  }

  #publish(pick: number): void {
    const aggregate = pick % 3;
    const stamp = pick % 5 === 0 ? this.#nextStamp() : undefined;
    const event = this.#recorder.publish(aggregate, pick % 2, 1 + this.#published.length, pick, stamp);
    this.#published.push(event);
    this.#unsettled.push(event);
  }

  #settle(pick: number): void {
    const event = takeOne(this.#unsettled, pick);
    if (event === undefined) return;
    const ok = pick % 4 !== 0;
    this.#recorder.publishResult(event, {
      ok,
      partition: ok ? 0 : -1,
      position: ok ? ++this.#position : 0,
      duplicate: pick % 7 === 0,
      error: ok ? null : 'timed out: "no answer"',
    });
  }

  #deliver(pick: number): void {
    const event = this.#published[pick % Math.max(1, this.#published.length)];
    if (event === undefined) return;
    const delivery = this.#recorder.deliver({
      aggregate: event.aggregate,
      topic: event.topic,
      version: event.version,
      publisher: event.publisher,
      publishStamp: event.publishStamp,
      publishedAtMs: event.publishedAtMs,
      partition: 0,
      position: ++this.#position,
      deliveryCount: pick % 3 === 0 ? null : 1 + (pick % 3),
      subscription: pick % 2,
      owned: pick % 2 === event.topic,
      ackToken: 0,
    });
    this.#delivered.push(delivery);
    this.#unsubmitted.push(delivery);
  }

  #submit(pick: number): void {
    const delivery = takeOne(this.#unsubmitted, pick);
    if (delivery !== undefined) this.#recorder.submitted(delivery, this.#nextStamp());
  }

  #start(pick: number): void {
    const delivery = this.#delivered[pick % Math.max(1, this.#delivered.length)];
    if (delivery !== undefined) this.#running.push(this.#recorder.start(delivery, 1 + (pick % 2), (pick % 4) - 1));
  }

  #finish(pick: number): void {
    const attempt = takeOne(this.#running, pick);
    if (attempt !== undefined) this.#recorder.finish(attempt, pick % 3 === 0 ? 'failed' : 'done');
  }

  #ack(pick: number): void {
    const delivery = this.#delivered[pick % Math.max(1, this.#delivered.length)];
    if (delivery !== undefined) this.#recorder.ack(delivery, ackKinds[pick % ackKinds.length]!);
  }

  /** Whatever its kind, its details are any plain values. */
  #note(kind: NoteKind, pick: number): void {
    const detail = { reason: `"ack wait" ${pick}`, delivery: pick, late: true, by: null };
    this.#recorder.note(kind, detail);
  }

  #nextStamp(): number {
    return ++this.#stamp;
  }

  #now(): number {
    this.#nowMs += 0.123_456_7;
    return this.#nowMs;
  }
}

function takeOne<Item>(items: Item[], pick: number): Item | undefined {
  return items.splice(pick % Math.max(1, items.length), 1)[0];
}

export const scenario: Scenario = {
  ...usualScenario,
  ...inModes(['multi/shared', 'single']),
  name: 'test',
  seed: 7,
  topics: 2,
  aggregates: 3,
  kafka: { ...usualScenario.kafka, produceBatchBytes: 16_384 },
  workers: 4,
  queueSize: 16,
  laneSize: 4,
  drainTimeoutMs: 1_000,
};

const rows: readonly TraceRow[] = [
  {
    id: 'multi/shared#1',
    broker: 'sim:jetstream',
    index: 0,
    mode: 'multi',
    durable: 'shared',
    strategy: 'keyed-pool',
    repeat: 1,
    point: null,
    clock: 'virtual',
  },
  {
    id: 'single#1',
    broker: 'sim:jetstream',
    index: 1,
    mode: 'single',
    durable: null,
    strategy: 'keyed-pool',
    repeat: 1,
    point: null,
    clock: 'virtual',
  },
];

/** The header of the row with this index, of a run of two rows. */
export function traceHeader(index = 0): TraceHeader & { readonly scenario: Scenario } {
  return {
    run: {
      tool: { name: 'eventbus-bench', version: '0.1.0', gitCommit: null },
      command: ['run', '--topics', '2'],
      replay: 'eventbus-bench run --topics 2 --seed 7',
      startedAt: '2025-01-01T00:00:00.000Z',
      environment: { node: '20', os: 'linux', cpu: 'test', cores: 2 },
    },
    scenario,
    row: rows[index]!,
    plannedRows: rows,
    claims: claims({ guarantee: null, queues: [], clock: 'virtual' }),
    topics: names.topics,
    topology: {
      kind: 'jetstream',
      stream: { name: 'stream', subjects: ['a.0', 'a.1'] },
      durables: [],
      subscriptions: names.subscriptions.map((name, i) => ({
        index: i,
        name,
        durable: 'd',
        ownsTopics: [i],
        bus: 0,
        begins: 'at once' as const,
      })),
    },
    broker: { kind: 'sim:jetstream', version: '1', url: null },
    client: { name: 'sim', version: '1' },
  };
}

export const traceEnd: TraceEnd = {
  drain: { complete: true, reason: null, brokerLost: false, givenUp: 0 },
  interrupted: false,
  observationsLost: 0,
  durationMs: 12.5,
  wallDurationMs: 13.5,
  peakRssBytes: 1_000_000,
  error: null,
};

/** A folder that is removed again, with the path of one file in it. */
export class ScratchFile {
  readonly #folder = mkdtempSync(join(tmpdir(), 'eventbus-bench-trace-'));
  readonly path = join(this.#folder, 'trace.ndjson');

  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** Writes one segment a list of steps, and returns what each writer was told. */
export function writeTrace(path: string, segments: readonly (readonly Step[])[]): ObservationLog[] {
  const file = new TraceFile(path);
  const logs = segments.map((steps, index) => {
    const writer = new TraceWriter(file, traceHeader(index), names);
    const log = new ObservationLog();
    new RandomPipeline(new FanOut([log, writer])).run(steps);
    writer.close(traceEnd);
    return log;
  });
  file.close();
  return logs;
}

/** What a trace gives back. */
export interface ReadBack {
  readonly segments: readonly TraceSegment[];
  /** Of each segment. */
  readonly observed: readonly (readonly Observation[])[];
  readonly names: readonly Names[];
}

export async function readBack(path: string): Promise<ReadBack> {
  const segments: TraceSegment[] = [];
  const logs: ObservationLog[] = [];
  const readNames: Names[] = [];
  const visitor: TraceVisitor = {
    begin: (_header, segmentNames) => {
      readNames.push(segmentNames);
      logs.push(new ObservationLog());
      return logs.at(-1)!;
    },
    end: (segment) => void segments.push(segment),
  };
  await readTrace(path, visitor, { blockBytes: 4_096 });
  return { segments, observed: logs.map((log) => log.observed), names: readNames };
}
