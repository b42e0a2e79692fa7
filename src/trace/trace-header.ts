/**
 * Parses the header of a segment, and its end. Both are checked field by field as far as anything here or in the report
 * reads them, so that a trace that was edited or damaged is refused here and nowhere later.
 */
import { parseClaims } from './trace-claims.js';
import { parseOrigin } from './trace-origin.js';
import type { SweepPoint } from '../domain/report/sweep-point.js';
import type { Drain } from '../domain/drain.js';
import type { BrokerInfo, ClientInfo } from '../domain/report/run-report.js';
import { brokerKinds } from '../domain/broker/registry.js';
import type { Topology, TopologyKind } from '../domain/topology.js';
import {
  booleanAt,
  integerAt,
  isObject,
  LineProblem,
  nullableNumberAt,
  nullableStringAt,
  numberAt,
  objectAt,
  oneOfAt,
  stringAt,
  stringsAt,
  type Fields,
} from './trace-fields.js';
import {
  lineKinds,
  traceFormat,
  traceFormatVersion,
  type TraceEnd,
  type TraceHeader,
  type TraceRow,
  type TraceRun,
} from './trace-format.js';

/** True if the line means to be a header of a trace, whatever its version. */
export function isHeader(line: unknown): line is Fields {
  return isObject(line) && line['kind'] === 'header' && line['format'] === traceFormat;
}

/** @throws {LineProblem} */
export function parseHeader(line: Fields): TraceHeader {
  const version = line['formatVersion'];
  if (version !== traceFormatVersion) {
    throw new LineProblem(
      `it is a trace of format version ${String(version)}, and this version of the tool reads version ${traceFormatVersion}`,
    );
  }
  const planned = line['plannedRows'];
  if (!Array.isArray(planned)) throw new LineProblem('"plannedRows" should be a list');
  return {
    run: parseRun(objectAt(line, 'run')),
    ...parseOrigin(line),
    row: parseRow(objectAt(line, 'row')),
    plannedRows: planned.filter(isObject).map(parseRow),
    claims: parseClaims(objectAt(line, 'claims')),
    topics: stringsAt(line, 'topics'),
    topology: parseTopology(objectAt(line, 'topology')),
    broker: parseBroker(objectAt(line, 'broker')),
    client: parseClient(objectAt(line, 'client')),
  };
}

/** The content of an `end` line, with its counts of lines. */
export interface ParsedEnd {
  readonly end: TraceEnd;
  readonly lastStamp: number;
  /** By kind; a kind that is not named has none. */
  readonly lines: ReadonlyMap<string, number>;
}

/** @throws {LineProblem} */
export function parseEnd(line: Fields): ParsedEnd {
  const counts = objectAt(line, 'lines');
  return {
    end: {
      drain: parseDrain(objectAt(line, 'drain')),
      interrupted: booleanAt(line, 'interrupted'),
      observationsLost: integerAt(line, 'observationsLost', 0),
      durationMs: numberAt(line, 'durationMs'),
      wallDurationMs: numberAt(line, 'wallDurationMs'),
      peakRssBytes: nullableNumberAt(line, 'peakRssBytes'),
      error: line['error'] === null ? null : parseError(objectAt(line, 'error')),
    },
    lastStamp: integerAt(line, 'lastStamp', 0),
    lines: new Map(lineKinds.filter((kind) => kind in counts).map((kind) => [kind, integerAt(counts, kind, 0)])),
  };
}

function parseRun(fields: Fields): TraceRun {
  const tool = objectAt(fields, 'tool');
  const environment = objectAt(fields, 'environment');
  return {
    tool: {
      name: oneOfAt(tool, 'name', ['eventbus-bench']),
      version: stringAt(tool, 'version'),
      gitCommit: nullableStringAt(tool, 'gitCommit'),
    },
    command: stringsAt(fields, 'command'),
    replay: stringAt(fields, 'replay'),
    startedAt: stringAt(fields, 'startedAt'),
    environment: {
      node: stringAt(environment, 'node'),
      os: stringAt(environment, 'os'),
      cpu: stringAt(environment, 'cpu'),
      cores: numberAt(environment, 'cores'),
    },
  };
}

function parseRow(fields: Fields): TraceRow {
  return {
    id: stringAt(fields, 'id'),
    broker: oneOfAt(fields, 'broker', brokerKinds),
    index: integerAt(fields, 'index', 0),
    mode: fields['mode'] === null ? null : oneOfAt(fields, 'mode', ['multi', 'single'] as const),
    durable: fields['durable'] === null ? null : oneOfAt(fields, 'durable', ['shared', 'per-topic'] as const),
    strategy: stringAt(fields, 'strategy'),
    repeat: integerAt(fields, 'repeat', 1),
    point: fields['point'] === null ? null : parsePoint(objectAt(fields, 'point')),
    clock: oneOfAt(fields, 'clock', ['virtual', 'wall']),
  };
}

function parsePoint(fields: Fields): SweepPoint {
  return { field: stringAt(fields, 'field'), value: stringAt(fields, 'value') };
}

function parseTopology(fields: Fields): Topology {
  const lists: Readonly<Record<TopologyKind, string>> = { jetstream: 'durables', kafka: 'groups' };
  const list = lists[oneOfAt(fields, 'kind', Object.keys(lists) as TopologyKind[])];
  if (!Array.isArray(fields[list])) throw new LineProblem(`"topology.${list}" should be a list`);
  const subscriptions = fields['subscriptions'];
  if (!Array.isArray(subscriptions)) throw new LineProblem('"topology.subscriptions" should be a list');
  for (const subscription of subscriptions as unknown[]) {
    if (!isObject(subscription)) throw new LineProblem('"topology.subscriptions" should be a list of objects');
    stringAt(subscription, 'name');
  }
  return fields as unknown as Topology;
}

function parseBroker(fields: Fields): BrokerInfo {
  return {
    kind: stringAt(fields, 'kind'),
    version: nullableStringAt(fields, 'version'),
    url: nullableStringAt(fields, 'url'),
  };
}

function parseClient(fields: Fields): ClientInfo {
  return { name: stringAt(fields, 'name'), version: stringAt(fields, 'version') };
}

function parseDrain(fields: Fields): Drain {
  return {
    complete: booleanAt(fields, 'complete'),
    reason: nullableStringAt(fields, 'reason'),
    brokerLost: booleanAt(fields, 'brokerLost'),
    givenUp: integerAt(fields, 'givenUp', 0),
  };
}

function parseError(fields: Fields): NonNullable<TraceEnd['error']> {
  return {
    code: oneOfAt(fields, 'code', ['usage', 'broker-unavailable', 'unsupported', 'internal', 'interrupted'] as const),
    message: stringAt(fields, 'message'),
    wayOut: stringAt(fields, 'wayOut'),
  };
}
