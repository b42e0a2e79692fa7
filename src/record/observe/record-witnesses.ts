/** Puts the names, versions and lines of a record into the witnesses that the checker keeps. */
import type { RecordPlace, RecordWitness, RecordWitnessEvent } from '../../domain/record/record-cause.js';
import type { CauseWitness, WitnessEvent } from '../../domain/report/witness.js';
import { written } from '../handled/handled-engine.js';
import type { LineStamps } from './line-stamps.js';
import type { RecordNames } from './record-names.js';
import type { ShiftedVersions } from './shifted-versions.js';

interface Telling {
  readonly names: RecordNames;
  readonly versions: ShiftedVersions;
  readonly lines: LineStamps;
}

export function recordWitness(witness: CauseWitness, telling: Telling): RecordWitness {
  const { kind, aggregateId, event, otherDelivery, otherEvent } = witness;
  // The checker knows an aggregate by its number.
  const aggregate = Number(aggregateId);
  const { units, scopes } = telling.names;
  const told = (one: WitnessEvent | null): RecordWitnessEvent | null =>
    one === null ? null : toldOf(one, aggregate, telling);
  return {
    ...{ kind, aggregate: units.text(aggregate), topic: event.store.topic ?? '-' },
    source: scopes.sources.text(units.scope(aggregate)),
    event: toldOf(event, aggregate, telling),
    ...{ otherDelivery: told(otherDelivery), otherEvent: told(otherEvent) },
  };
}

function toldOf(
  { version, publish, store, deliver, start, finish, answer }: WitnessEvent,
  aggregate: number,
  { names, versions, lines }: Telling,
): RecordWitnessEvent {
  const placeOf = (moment: { readonly stamp: number } | null): RecordPlace | null => {
    const line = moment === null ? null : lines.lineOf(moment.stamp);
    return line === null ? null : { line, source: null };
  };
  return {
    version: written(versions.written(aggregate, version)),
    partition: store.partition,
    // The checker counts positions from 1.
    position: store.position === null ? null : store.position - 1,
    ...{ publish: placeOf(publish), deliver: placeOf(deliver) },
    subscription: deliver?.subscription ?? null,
    deliveryCount: deliver?.deliveryCount ?? null,
    start: placeOf(start),
    lane: start === null ? null : names.laneText(start.lane),
    ...{ finish: placeOf(finish), ack: placeOf(answer) },
  };
}
