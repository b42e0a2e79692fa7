/** A map is proposed from the names in lines of common loggers and of change feeds; what only looks like an id is not. */
import { describe, expect, it } from 'vitest';
import { proposeMap, valuesOf } from '../../../src/record/map/propose.js';

/** Logger → a line of it, its aggregate and its version. */
const lines: Readonly<Record<string, readonly [line: object, aggregate: string, version: string]>> = {
  pino: [
    { level: 30, time: 1767225600000, pid: 12, hostname: 'h', orderId: 'o-1', seq: 4, msg: 'handled' },
    '.orderId',
    '.seq',
  ],
  zap: [
    { level: 'info', ts: 1767225600.1, caller: 'a.go:3', msg: 'handled', trace_id: 'f0', account_id: 'a', version: 4 },
    '.account_id',
    '.version',
  ],
  'logback-JSON': [
    { '@timestamp': '2026-01-01T00:00:00Z', '@version': '1', thread_name: 't', aggregateId: 'a', sequenceNumber: 4 },
    '.aggregateId',
    '.sequenceNumber',
  ],
  Serilog: [
    { Timestamp: '2026-01-01T00:00:00Z', Properties: { SpanId: 'x', OrderId: 'o', Version: 4, ThreadId: 7 } },
    '.Properties.OrderId',
    '.Properties.Version',
  ],
  Bunyan: [
    { name: 'svc', pid: 4, v: 0, level: 30, entity: { id: 'e-1' }, revision: 4, time: '2026-01-01T00:00:00Z' },
    '.entity.id',
    '.revision',
  ],
  EventStoreDB: [
    { eventId: '0b3c', streamId: 'order-1', eventNumber: 4, eventType: 'Placed' },
    '.streamId',
    '.eventNumber',
  ],
  Debezium: [
    { payload: { op: 'u', after: { order_id: 'o', version: 4 }, source: { version: '2.5', lsn: 77 } } },
    '.payload.after.order_id',
    '.payload.after.version',
  ],
};

describe('proposeMap', () => {
  it.each(Object.entries(lines))('finds aggregate and version in a line of %s', (_, [line, aggregate, version]) => {
    const { fields, isWhole } = proposeMap([valuesOf(line)]);
    expect([fields.get('aggregate'), fields.get('version'), isWhole]).toEqual([aggregate, version, true]);
  });

  it('takes the id of a process, a trace or a request for no aggregate', () => {
    const line = { pid: 1, trace_id: 'f0', spanId: 'a1', requestId: 'r', thread_id: 3, version: 4 };
    expect(proposeMap([valuesOf(line)]).isWhole).toBe(false);
  });

  it('takes the version of a format for none of an event', () => {
    expect(proposeMap([valuesOf({ '@version': '1', orderId: 'o', schemaVersion: 2 })]).isWhole).toBe(false);
  });
});
