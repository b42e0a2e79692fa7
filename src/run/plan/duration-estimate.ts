/**
 * Estimates how long a run takes on the wall clock. The figures are those of an idle machine with two cores; a busy or
 * slow one takes a few times as long, so the result is good for telling seconds from minutes from hours, and not more.
 */
import { traitsOf, type BrokerKind, type ServerKind } from '../../domain/broker/registry.js';
import { meanMsOf as meanOfDelay } from '../../domain/scenario/delay-range.js';
import type { Disturbance } from '../../domain/scenario/disturbance.js';
import type { HandlerTime } from '../../domain/scenario/handler-time.js';
import { byTopologyKind } from '../../domain/topology-kind.js';
import type { RowPlan } from '../row/row-plan.js';

/** On the simulator time is virtual: what a run takes depends on the number of its events alone. */
const simulated = { startMs: 300, rowMs: 50, eventMs: 0.02 };

/** Servers: a private one is started, then rows run in real time. `eventMs` is what an event takes at the least. */
const served: Readonly<Record<ServerKind, { startMs: number; rowMs: number; eventMs: number }>> = {
  nats: { startMs: 1_000, rowMs: 1_000, eventMs: 0.1 },
  kafka: { startMs: 6_000, rowMs: 2_500, eventMs: 0.2 },
};

/** What an event takes on a server at the least if the next one is sent only when it was acknowledged or handled. */
const roundTripMs = 0.5;
/** The shortest sleep of a thread. */
const timerMs = 1;

export interface EstimateInput {
  /** The rows of one repeat; those that cannot be run are left out. */
  readonly rows: readonly RowPlan[];
  /** Times that they are run, warm-up included. */
  readonly rounds: number;
  /** Simulator rows that run at once. */
  readonly atOnce: number;
  /** Brokers for which a server was named, which need not be started. */
  readonly named: readonly ServerKind[];
}

/** In milliseconds. */
export function estimateMs({ rows, rounds, atOnce, named }: EstimateInput): number {
  const brokers = [...new Set(rows.map(({ broker }) => broker))];
  const starts = Math.max(simulated.startMs, ...brokers.map((broker) => startOf(broker, named)));
  const once = rows.map(rowMsOf).reduce((sum, ms) => sum + ms, 0);
  return starts + (once * rounds) / atOnce;
}

function startOf(broker: BrokerKind, named: readonly ServerKind[]): number {
  const { server } = traitsOf(broker);
  return server === null || named.includes(server) ? simulated.startMs : served[server].startMs;
}

function rowMsOf(plan: RowPlan): number {
  const { server } = traitsOf(plan.broker);
  const { events } = plan.workload;
  if (server === null) return simulated.rowMs + events * simulated.eventMs;
  const { ratePerSecond, disturb, handlerTime, perturb } = plan.scenario;
  const { rowMs, eventMs } = served[server];
  const atOnce = handledAtOnce(plan);
  const publishing = ratePerSecond === null ? 0 : (events / ratePerSecond) * 1000;
  // The dispatcher sleeps over each event, and a lane before and after each handling; no sleep is shorter than a timer.
  const delayMs = perturb === null ? 0 : Math.max(timerMs, meanOfDelay(perturb));
  const handlingMs = (meanMsOf(handlerTime) + 2 * delayMs + roundTripMs) / atOnce;
  const handling = events * Math.max(eventMs, delayMs, handlingMs);
  return rowMs + Math.max(publishing, handling) + disturb.reduce((sum, one) => sum + outageOf(one), 0);
}

/** How many events are handled at once, at the most: by lanes, by aggregates, and by what the broker lets out. */
function handledAtOnce({ scenario, strategy, topology }: RowPlan): number {
  const lanes = strategy.handlesOneAtATime === true ? 1 : (strategy.lanes?.(scenario) ?? scenario.workers);
  const outstanding = byTopologyKind(topology, {
    jetstream: ({ durables }) => durables.reduce((sum, { maxAckPending }) => sum + Math.max(1, maxAckPending), 0),
    kafka: ({ topics, consumer }) =>
      consumer.consume === 'each-message' ? topics.length * topics[0]!.partitions : Infinity,
  });
  return Math.max(1, Math.min(lanes, scenario.aggregates, outstanding));
}

function meanMsOf(time: HandlerTime): number {
  switch (time.distribution) {
    case 'uniform':
      return (time.minMs + time.maxMs) / 2;
    case 'exponential':
      return time.meanMs;
    case 'lognormal':
      return time.medianMs * Math.exp(time.sigma ** 2 / 2);
    case 'pareto':
      return (time.minMs * time.shape) / (time.shape - 1);
  }
}

/** For how long a disturbance holds things up. */
function outageOf(disturbance: Disturbance): number {
  switch (disturbance.kind) {
    case 'stall':
    case 'pause':
    case 'crash':
    case 'refuse':
      return disturbance.forMs;
    case 'restart':
      return disturbance.downMs;
    case 'join':
    case 'leave':
    case 'workers':
    case 'partitions':
      return 0;
  }
}
