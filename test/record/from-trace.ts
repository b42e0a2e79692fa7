/**
 * Makes of the trace of one row the record that a bus of somebody's own would have written: a line for each thing that
 * happened, in the order of the stamps. A handling that a crash cut off has no end, since nobody wrote one.
 */
import { readFileSync } from 'node:fs';

export type RecordLine = Readonly<Record<string, unknown>> & { readonly ev: string };

interface TraceLine {
  readonly kind: string;
  readonly [field: string]: unknown;
}

interface Stamped {
  readonly stamp: number;
  readonly line: RecordLine;
}

/** The record of a trace of one row. */
export function recordOfTrace(path: string): RecordLine[] {
  return recordsOfTrace(path)[0]!;
}

/** The record of each row of a trace. */
export function recordsOfTrace(path: string): RecordLine[][] {
  const rows: TraceLine[][] = [];
  for (const text of readFileSync(path, 'utf8').split('\n')) {
    if (text === '') continue;
    const line = JSON.parse(text) as TraceLine;
    if (line.kind === 'header') rows.push([]);
    rows.at(-1)!.push(line);
  }
  return rows.map(recordOfRow);
}

function recordOfRow(lines: readonly TraceLine[]): RecordLine[] {
  const hands: Hands = { of: new Map(), processOf: processesOf(lines[0]!) };
  // An answer may stand before the delivery that it is about.
  const isDelivery = ({ kind }: TraceLine): boolean => kind === 'delivery';
  const ordered = [...lines.filter(isDelivery), ...lines.filter((line) => !isDelivery(line))];
  return ordered
    .flatMap((line) => linesOf(line, hands))
    .sort((a, b) => a.stamp - b.stamp)
    .map(({ line }) => line);
}

interface Hands {
  /** What lines have in common that are about one hand-over. */
  readonly of: Map<unknown, object>;
  /** By subscription: each service that has a bus is a process of its own. */
  readonly processOf: ReadonlyMap<unknown, string>;
}

interface Header {
  readonly topology: { readonly subscriptions: readonly { readonly name: string; readonly bus: number }[] };
}

function processesOf(header: unknown): ReadonlyMap<unknown, string> {
  return new Map((header as Header).topology.subscriptions.map(({ name, bus }) => [name, `p${bus}`]));
}

function linesOf(line: TraceLine, hands: Hands): Stamped[] {
  const event = { aggregate: line['aggregateId'], version: line['version'], topic: line['topic'] };
  switch (line.kind) {
    case 'publish':
      return [at(line['stamp'], { ev: 'publish', ...event, publisher: String(line['publisher']) })];
    case 'publish-result':
      return [at(line['stamp'], { ev: 'acked', ...event, ok: line['ok'], ...placeOf(line) })];
    case 'delivery': {
      const delivery = line['id'] ?? line['delivered'];
      const hand = {
        ...event,
        ...{ delivery: `d${String(delivery)}`, subscription: line['subscription'], ...placeOf(line) },
        process: hands.processOf.get(line['subscription']),
        ...(line['deliveryCount'] !== null && { deliveryCount: line['deliveryCount'] }),
      };
      hands.of.set(delivery, hand);
      hands.of.set(line['delivered'], hand);
      return [at(line['delivered'], { ev: 'deliver', ...hand })];
    }
    case 'attempt': {
      const hand = hands.of.get(line['delivery']);
      if (hand === undefined) return [];
      const started = at(line['started'], { ev: 'start', ...hand, lane: `l${String(line['lane'])}` });
      if (typeof line['finished'] !== 'number' || line['outcome'] === 'crashed') return [started];
      return [started, at(line['finished'], { ev: 'finish', ...hand, ok: line['outcome'] === 'done' })];
    }
    case 'ack': {
      const hand = hands.of.get(line['delivery']);
      return hand === undefined || line['ack'] !== 'ack' ? [] : [at(line['stamp'], { ev: 'ack', ...hand })];
    }
    default:
      return [];
  }
}

function at(stamp: unknown, line: RecordLine): Stamped {
  return { stamp: Number(stamp), line };
}

function placeOf({ position, partition }: TraceLine): object {
  return typeof position === 'number' && position > 0 ? { position, partition } : {};
}

/** The record as it would be if these lines (by `ev`) were not written, and no line had these fields. */
export function without(lines: readonly RecordLine[], left: readonly string[]): RecordLine[] {
  const fields = new Set(left.includes('position') ? [...left, 'partition'] : left);
  return lines
    .filter(({ ev }) => !fields.has(ev))
    .map(({ ev, ...line }) => ({
      ev,
      ...Object.fromEntries(Object.entries(line).filter(([name]) => !fields.has(name))),
    }));
}
