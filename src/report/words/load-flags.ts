/**
 * Computes the flags that change the load of a row so that more of its pairs are at risk: more versions, more room in
 * the bus, events that come faster than they are handled, and slower handlers or publishers.
 */
import type { Reason } from '../../domain/report/reason.js';
import type { RunRow } from '../../domain/report/run-report.js';
import type { Scenario } from '../../domain/scenario/scenario.js';
import { brokerOf } from './decisive-flags.js';
import type { Changes } from './row-command.js';

/** The most events, and versions of an aggregate, that a command asks for. */
const eventsMax = 100_000_000;
const versionsMax = 10_000_000;
/** Safety factor on the number of pairs wanted: pairs at risk come in clusters, so a few predict the number badly. */
const spare = 4;
/** The bus lacks room if more than so many times as many pairs were contested as were at risk. */
const crampedBelow = 10;
const roomPerAggregate = 4;
const roomMax = 1_000_000;
const fetchedMax = 500;
/** How long slowed publishers take in all, in seconds. */
const publishingS = 2;
/**
 * With fewer pairs at risk, more events may not be enough; publishing faster than handling puts pairs at risk for sure.
 */
const fewAtRisk = 10;

/**
 * Asks for more versions. If many more pairs were contested than at risk, the bus has too little room to hold two
 * events of an aggregate, so it gets more room. If hardly any pair was at risk, events also come faster than they are
 * handled.
 */
export function pressHarder(
  { atRiskPairs, contestedPairs, wanted }: Extract<Reason, { kind: 'too-few-at-risk' }>['numbers'],
  row: RunRow,
  scenario: Scenario,
): Changes {
  const room = contestedPairs > crampedBelow * atRiskPairs ? moreRoom(row, scenario) : {};
  // With enough room, all contested pairs are at risk.
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

/** Room for several events of each aggregate: in the queue, among the unacknowledged deliveries, and in a fetch. */
function moreRoom(row: RunRow, scenario: Scenario): Changes {
  const { aggregates, queueSize, maxAckPending, batch, workers, laneSize } = scenario;
  const { limitsUnacknowledged } = brokerOf(row);
  const room = Math.min(roomMax, roomPerAggregate * aggregates);
  const fetched = Math.min(fetchedMax, room);
  return {
    ...(queueSize < room && { 'queue-size': String(room) }),
    ...(limitsUnacknowledged && maxAckPending > 1 && maxAckPending < room && { 'max-ack-pending': String(room) }),
    // The window of parallel-keys is as large as its lanes together.
    ...(limitsUnacknowledged &&
      row.strategy === 'parallel-keys' &&
      workers * laneSize < room && { 'lane-size': String(Math.ceil(room / workers)) }),
    ...(limitsUnacknowledged && batch < fetched && { batch: String(fetched) }),
  };
}

export function slowerHandlers({ handlerTime }: Scenario): Changes {
  return handlerTime.distribution === 'uniform' && handlerTime.maxMs < 5 ? { 'handler-time': '5ms' } : {};
}

/** Limits the rate of unlimited publishers, so that consumers are at work half-way through publishing. */
export function slowerPublishing(factor: number, { ratePerSecond, aggregates, versions }: Scenario): Changes {
  if (ratePerSecond !== null) return {};
  return { rate: String(Math.max(1, Math.ceil((factor * aggregates * versions) / publishingS))) };
}

/** At least 20 versions an aggregate, at least twice as many as now, and not more events than `eventsMax`. */
export function moreVersions(factor: number, { point }: RunRow, { versions, aggregates }: Scenario): Changes {
  const at = (field: string, plain: number): number => (point?.field === field ? Number(point.value) : plain);
  const now = at('versions', versions);
  const most = Math.min(versionsMax, Math.floor(eventsMax / at('aggregates', aggregates)));
  const wanted = Math.max(20, Math.ceil(now * Math.max(2, factor)));
  return { versions: String(Math.max(now, Math.min(wanted, most))) };
}
