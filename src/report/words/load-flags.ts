/**
 * Changes the load of a row, so that more of its pairs are at risk: more versions, more room in the bus, events that come
 * faster than they are handled, and handlers or publishers that take longer.
 */
import type { Reason } from '../../domain/report/reason.js';
import type { RunRow } from '../../domain/report/run-report.js';
import type { Scenario } from '../../domain/scenario/scenario.js';
import { brokerOf } from './decisive-flags.js';
import type { Changes } from './row-command.js';

/** Of events, and of versions of an aggregate, that a command asks for. */
const eventsMax = 100_000_000;
const versionsMax = 10_000_000;
/** So many times more than what is wanted is asked for: pairs at risk come in clusters, and a few say little of how many. */
const spare = 4;
/** Room is lacking if so many times more pairs were contested than at risk. */
const crampedBelow = 10;
const roomPerAggregate = 4;
const roomMax = 1_000_000;
const fetchedMax = 500;
/** So long, in seconds, do publishers take that are to be slower. */
const publishingS = 2;
/** So few pairs at risk say nothing of how many more events have; faster ones have them for sure. */
const fewAtRisk = 10;

/**
 * More versions. Where events waited and few pairs were at risk, the bus has room for too few events to hold two of an
 * aggregate: more room. Where no pair was at risk, also events that come faster than they are handled.
 */
export function pressHarder(
  { atRiskPairs, contestedPairs, wanted }: Extract<Reason, { kind: 'too-few-at-risk' }>['numbers'],
  row: RunRow,
  scenario: Scenario,
): Changes {
  const room = contestedPairs > crampedBelow * atRiskPairs ? moreRoom(row, scenario) : {};
  // With room, what waits is at risk.
  const pressed = Object.keys(room).length > 0 ? contestedPairs : atRiskPairs;
  const more = { ...moreVersions(pressed === 0 ? 10 : (spare * wanted) / pressed, row, scenario), ...room };
  if (atRiskPairs >= fewAtRisk) return more;
  const { publish, ratePerSecond } = scenario;
  return {
    ...more,
    ...(publish.kind === 'handled' && { publish: 'serial' }),
    ...(ratePerSecond !== null && { rate: 'unlimited' }),
    ...slowerHandlers(scenario),
  };
}

/** For several events of each aggregate: in the queue that the fetch loops fill, unacknowledged, and in what they fetch. */
function moreRoom(row: RunRow, scenario: Scenario): Changes {
  const { aggregates, queueSize, maxAckPending, batch, workers, laneSize } = scenario;
  const { limitsUnacknowledged } = brokerOf(row);
  const room = Math.min(roomMax, roomPerAggregate * aggregates);
  const fetched = Math.min(fetchedMax, room);
  return {
    ...(queueSize < room && { 'queue-size': String(room) }),
    ...(limitsUnacknowledged && maxAckPending > 1 && maxAckPending < room && { 'max-ack-pending': String(room) }),
    // Its window is as many events as its lanes have places.
    ...(limitsUnacknowledged &&
      row.strategy === 'parallel-keys' &&
      workers * laneSize < room && { 'lane-size': String(Math.ceil(room / workers)) }),
    ...(limitsUnacknowledged && batch < fetched && { batch: String(fetched) }),
  };
}

export function slowerHandlers({ handlerTime }: Scenario): Changes {
  return handlerTime.distribution === 'uniform' && handlerTime.maxMs < 5 ? { 'handler-time': '5ms' } : {};
}

/** Unlimited publishers are done before much is delivered: so slow that the consumers are at work half-way. */
export function slowerPublishing(factor: number, { ratePerSecond, aggregates, versions }: Scenario): Changes {
  if (ratePerSecond !== null) return {};
  return { rate: String(Math.max(1, Math.ceil((factor * aggregates * versions) / publishingS))) };
}

/** At least 20 versions an aggregate, and not more events than anybody waits for. */
export function moreVersions(factor: number, { point }: RunRow, { versions, aggregates }: Scenario): Changes {
  const at = (field: string, plain: number): number => (point?.field === field ? Number(point.value) : plain);
  const now = at('versions', versions);
  const most = Math.min(versionsMax, Math.floor(eventsMax / at('aggregates', aggregates)));
  const wanted = Math.max(20, Math.ceil(now * Math.max(2, factor)));
  return { versions: String(Math.max(now, Math.min(wanted, most))) };
}
