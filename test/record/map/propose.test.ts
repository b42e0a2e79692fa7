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
  structlog: [
    { event: 'handled', order_id: 'o', seq: 4, level: 'info', timestamp: '2026-01-01T00:00:00Z' },
    '.order_id',
    '.seq',
  ],
  'Serilog, compact': [
    { '@t': '2026-01-01T00:00:00Z', '@mt': 'Handled {OrderId}', '@i': 'f0a1', OrderId: 'o', Version: 4 },
    '.OrderId',
    '.Version',
  ],
  CloudEvents: [
    { specversion: '1.0', id: 'e-9', source: '/orders', type: 'placed', subject: 'o-1', sequence: '4', data: { n: 1 } },
    '.subject',
    '.sequence',
  ],
  'Kurrent, Atom': [
    { eventStreamId: 'order-1', eventNumber: 4, id: 'http://h/1', positionEventNumber: 9, positionStreamId: '$all' },
    '.eventStreamId',
    '.eventNumber',
  ],
  Axon: [
    { globalIndex: 9, eventIdentifier: 'f0', aggregateIdentifier: 'o', sequenceNumber: 4, type: 'Order' },
    '.aggregateIdentifier',
    '.sequenceNumber',
  ],
  'Debezium, with what was before': [
    { schema: { version: 1 }, payload: { before: { id: 1, version: 3 }, after: { id: 1, version: 4 }, op: 'u' } },
    '.payload.after.id',
    '.payload.after.version',
  ],
  'Kafka Connect': [
    { schema: { type: 'struct', name: 'Order', version: 1 }, payload: { orderId: 'o', seq: 4 } },
    '.payload.orderId',
    '.payload.seq',
  ],
  MassTransit: [
    {
      ...{ messageId: 'm', conversationId: 'c', initiatorId: 'i', sentTime: '2026-01-01T00:00:00Z' },
      ...{ message: { basketId: 'b', version: 4 }, host: { processId: 7, massTransitVersion: '8.2.0.0' } },
    },
    '.message.basketId',
    '.message.version',
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

  it('maps no time that is not in milliseconds, as it would be read as one of 1970', () => {
    const timeOf = (line: object): string | undefined => proposeMap([valuesOf(line)]).fields.get('time');
    expect([{ ts: 1767225600.1 }, { ts: 1767225600000 }, { '@t': '2026-01-01T00:00:00Z' }].map(timeOf)).toEqual([
      undefined,
      '.ts',
      '.@t',
    ]);
  });

  it('takes the version of a format for none of an event', () => {
    expect(proposeMap([valuesOf({ '@version': '1', orderId: 'o', schemaVersion: 2 })]).isWhole).toBe(false);
  });
});
