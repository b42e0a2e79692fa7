/**
 * Makes of the trace of one row the record that a bus of somebody's own would have written: a line for each thing that
 * happened, in the order of the stamps.
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

export function recordOfTrace(path: string): RecordLine[] {
  const hands = new Map<unknown, object>();
  const stamped = readFileSync(path, 'utf8')
    .split('\n')
    .filter((text) => text !== '')
    .flatMap((text) => linesOf(JSON.parse(text) as TraceLine, hands));
  return stamped.sort((a, b) => a.stamp - b.stamp).map(({ line }) => line);
}

function linesOf(line: TraceLine, hands: Map<unknown, object>): Stamped[] {
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
        ...(line['deliveryCount'] !== null && { deliveryCount: line['deliveryCount'] }),
      };
      hands.set(delivery, hand);
      hands.set(line['delivered'], hand);
      return [at(line['delivered'], { ev: 'deliver', ...hand })];
    }
    case 'attempt': {
      const hand = hands.get(line['delivery']);
      if (hand === undefined) return [];
      const started = at(line['started'], { ev: 'start', ...hand, lane: `l${String(line['lane'])}` });
      if (typeof line['finished'] !== 'number') return [started];
      return [started, at(line['finished'], { ev: 'finish', ...hand, ok: line['outcome'] === 'done' })];
    }
    case 'ack': {
      const hand = hands.get(line['delivery']);
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
