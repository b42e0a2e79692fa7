import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { InternalError } from '../../src/domain/errors.js';
import type { Names, Observation } from '../../src/domain/observation.js';
import { FanOut } from '../../src/observation/fan-out.js';
import { Recorder } from '../../src/observation/recorder.js';
import { TraceFile } from '../../src/trace/trace-file.js';
import { patienceStamps, referenceReachStamps } from '../../src/trace/trace-format.js';
import { TraceWriter } from '../../src/trace/trace-writer.js';
import { ObservationLog, names, readBack, ScratchFile, traceEnd, traceHeader } from '../observation/fixtures.js';

interface Line extends Record<string, unknown> {
  readonly kind: string;
}

let scratch: ScratchFile;
let file: TraceFile;
beforeEach(() => {
  scratch = new ScratchFile();
  file = new TraceFile(scratch.path);
});
afterEach(() => {
  file.close();
  scratch.remove();
});

function linesOnDisk(): Line[] {
  const text = readFileSync(scratch.path, 'utf8');
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Line);
}

function bench(sinkNames: Names = names): {
  writer: TraceWriter;
  recorder: Recorder;
  log: ObservationLog;
  ticket: () => number;
} {
  const writer = new TraceWriter(file, traceHeader(), sinkNames);
  const log = new ObservationLog();
  let stamp = 0;
  const ticket = (): number => ++stamp;
  const recorder = new Recorder({ nextStamp: ticket, nowMs: () => stamp / 8, sink: new FanOut([log, writer]) });
  return { writer, recorder, log, ticket };
}

const message = {
  aggregate: 2,
  topic: 1,
  version: 1,
  publisher: 0,
  publishStamp: 1,
  publishedAtMs: 0.125,
  partition: 0,
  position: 93,
  deliveryCount: 1,
  subscription: 0,
  owned: false,
  ackToken: 0,
};

describe('TraceWriter', () => {
  it('has header and names on the disk before anything is observed', () => {
    bench();
    const [header, declared, ...rest] = linesOnDisk();
    expect(header).toMatchObject({ kind: 'header', format: 'eventbus-bench-trace', formatVersion: 4 });
    expect(declared).toEqual({ kind: 'names', from: 0, aggregateIds: names.aggregates });
    expect(rest).toEqual([]);
  });

  it('writes one line a publish, its result, a delivery, an attempt and an ack, each with the names in it', () => {
    const { writer, recorder, ticket } = bench();
    const event = recorder.publish(2, 1, 1, 0);
    recorder.publishResult(event, { ok: true, partition: 0, position: 93, duplicate: false, error: null });
    const delivery = recorder.deliver(message);
    recorder.submitted(delivery, ticket());
    recorder.finish(recorder.start(delivery, 1, 3), 'done');
    recorder.ack(delivery, 'ack');
    recorder.note('drain', { complete: true });
    writer.close(traceEnd);
    const key = { aggregateId: names.aggregates[2], topic: names.topics[1], version: 1 };
    expect(linesOnDisk().slice(2, -1)).toEqual([
      { kind: 'publish', ...key, publisher: 0, stamp: 1, us: 125 },
      {
        kind: 'publish-result',
        ...key,
        publisher: 0,
        published: 1,
        publishedUs: 125,
        stamp: 2,
        us: 250,
        ok: true,
        partition: 0,
        position: 93,
      },
      {
        kind: 'delivery',
        ...key,
        publisher: 0,
        published: 1,
        publishedUs: 125,
        partition: 0,
        position: 93,
        deliveryCount: 1,
        subscription: 'sub-0',
        owned: false,
        delivered: 3,
        deliveredUs: 375,
        submitted: 4,
      },
      {
        kind: 'attempt',
        ...key,
        delivery: 3,
        number: 1,
        lane: 3,
        started: 5,
        startedUs: 625,
        finished: 6,
        finishedUs: 750,
        outcome: 'done',
      },
      { kind: 'ack', ...key, delivery: 3, ack: 'ack', stamp: 7, us: 875 },
      { kind: 'event', event: 'drain', stamp: 8, us: 1_000, detail: { complete: true } },
    ]);
  });

  it('counts in its end every line of each kind', () => {
    const { writer, recorder } = bench();
    recorder.publish(0, 0, 1, 0);
    recorder.start(recorder.deliver(message), 1, 0);
    writer.close(traceEnd);
    writer.close(traceEnd);
    const lines = linesOnDisk();
    expect(lines.at(-1)).toMatchObject({
      ...traceEnd,
      kind: 'end',
      lastStamp: 3,
      lines: { header: 1, names: 1, publish: 1, delivery: 1, attempt: 1, ack: 0 },
    });
    expect(lines.length).toBe(6);
  });

  it('writes a refused delivery and an unfinished attempt without what they lack', () => {
    const { writer, recorder } = bench();
    recorder.deliver(message);
    recorder.start(recorder.deliver(message), 1, -1);
    writer.close(traceEnd);
    const lines = linesOnDisk();
    expect(lines.filter(({ kind }) => kind === 'delivery').map((line) => line['submitted'])).toEqual([null, null]);
    expect(lines.find(({ kind }) => kind === 'attempt')).toMatchObject({ finished: null });
  });

  it('marks stamps that never came', () => {
    const { writer, recorder, ticket } = bench();
    ticket();
    recorder.note('fault', { what: 'disconnect' });
    ticket();
    ticket();
    recorder.note('fault', { what: 'disconnect' });
    writer.close(traceEnd);
    expect(linesOnDisk().filter(({ kind }) => kind === 'hole')).toEqual([
      { kind: 'hole', from: 1, to: 1 },
      { kind: 'hole', from: 3, to: 4 },
    ]);
  });

  it('names aggregates that come up later before it uses them', () => {
    const growing = { ...names, aggregates: ['first'] };
    const { writer, recorder } = bench(growing);
    recorder.publish(0, 0, 1, 0);
    growing.aggregates.push('second', 'third');
    recorder.publish(2, 0, 1, 0);
    writer.close(traceEnd);
    expect(linesOnDisk().map((line) => [line.kind, line['aggregateId'] ?? line['aggregateIds']])).toEqual([
      ['header', undefined],
      ['names', ['first']],
      ['publish', 'first'],
      ['names', ['second', 'third']],
      ['publish', 'third'],
      ['end', undefined],
    ]);
  });

  it('keeps the ids of deliveries that are not named by their stamp', async () => {
    const { writer } = bench();
    const delivery = { ...message, id: 7, deliverStamp: 1, deliveredAtMs: 1, submitStamp: 0 };
    writer.observe({ kind: 'deliver', record: delivery });
    writer.observe({ kind: 'submit', record: { ...delivery, submitStamp: 2 } });
    writer.observe({ kind: 'ack', record: { delivery, kind: 'ack', stamp: 3, atMs: 1 } });
    writer.close(traceEnd);
    file.close();
    const { segments, observed } = await readBack(scratch.path);
    expect(segments[0]?.truncation).toBeNull();
    expect(observed[0]).toEqual([
      { kind: 'deliver', record: delivery },
      { kind: 'submit', record: { ...delivery, submitStamp: 2 } },
      { kind: 'ack', record: { delivery: { ...delivery, submitStamp: 2 }, kind: 'ack', stamp: 3, atMs: 1 } },
    ]);
  });

  it('refuses observations that are out of order, since a sink gets them in stamp order', () => {
    const { writer } = bench();
    const second: Observation = { kind: 'note', record: { kind: 'fault', stamp: 2, atMs: 0, detail: {} } };
    writer.observe(second);
    expect(() => {
      writer.observe(second);
    }).toThrow(InternalError);
  });

  it('does not wait for ever for a submit or an end, and gives all of it back', async () => {
    const { writer, recorder, log, ticket } = bench();
    const pass = (stamps: number): void => {
      for (let i = 1; i <= stamps; i++) {
        if (i % patienceStamps === 0) recorder.deliver(message);
        else ticket();
      }
    };
    const delivery = recorder.deliver(message);
    pass(2 * patienceStamps);
    recorder.submitted(delivery, ticket());
    const attempt = recorder.start(delivery, 1, 0);
    pass(2 * referenceReachStamps);
    recorder.finish(attempt, 'done');
    recorder.ack(delivery, 'ack');
    recorder.start(delivery, 2, 0);
    writer.close(traceEnd);
    file.close();
    const kinds = new Set(linesOnDisk().map(({ kind }) => kind));
    expect(kinds).toContain('submit');
    expect(kinds).toContain('finish');
    const { segments, observed } = await readBack(scratch.path);
    expect(segments[0]?.truncation).toBeNull();
    expect(observed[0]).toEqual(log.observed);
  });
});
