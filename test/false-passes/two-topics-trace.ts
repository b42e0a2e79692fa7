/**
 * A trace of one aggregate whose versions are published on two topics, all in order, and handled on each in an order of
 * its own. Written as a run writes it.
 */
import type { AnomalyKind } from '../../src/domain/scenario/scenario.js';
import { Recorder } from '../../src/observation/recorder.js';
import { TraceFile } from '../../src/trace/trace-file.js';
import { TraceWriter } from '../../src/trace/trace-writer.js';
import { traceEnd, traceHeader } from '../observation/fixtures.js';

export interface TwoTopics {
  /** By topic: the versions in the order in which they are handled. */
  readonly handled: readonly (readonly number[])[];
  readonly allow: readonly AnomalyKind[];
}

export function writeTwoTopicsTrace(path: string, { handled, allow }: TwoTopics): void {
  const header = traceHeader();
  const names = { aggregates: ['agg-0'], topics: header.topics, subscriptions: ['sub-0', 'sub-1'] };
  const file = new TraceFile(path);
  const planned = { ...header, plannedRows: [header.row], scenario: { ...header.scenario, allow } };
  const writer = new TraceWriter(file, planned, names);
  let stamp = 0;
  const nextStamp = (): number => ++stamp;
  const recorder = new Recorder({ nextStamp, nowMs: () => stamp, sink: writer });
  const positions = publishAll(recorder, handled);
  handled.forEach((versions, topic) => {
    for (const version of versions) {
      const delivery = recorder.deliver({
        ...{ aggregate: 0, topic, version, publisher: 0, publishStamp: 0, publishedAtMs: 0 },
        ...{ partition: 0, position: positions.get(`${topic}/${version}`)!, deliveryCount: 1 },
        ...{ subscription: topic, owned: true, ackToken: 0 },
      });
      recorder.submitted(delivery, nextStamp());
      recorder.finish(recorder.start(delivery, 1, 0), 'done');
      recorder.ack(delivery, 'ack');
    }
  });
  writer.close(traceEnd);
  file.close();
}

/** Every topic gets its versions in order. Returns the log positions, by topic and version. */
function publishAll(recorder: Recorder, handled: readonly (readonly number[])[]): Map<string, number> {
  const positions = new Map<string, number>();
  handled.forEach((versions, topic) => {
    for (const version of versions.toSorted((a, b) => a - b)) {
      const position = positions.size + 1;
      positions.set(`${topic}/${version}`, position);
      const settled = { ok: true, partition: 0, position, duplicate: false, error: null };
      recorder.publishResult(recorder.publish(0, topic, version, 0), settled);
    }
  });
  return positions;
}
