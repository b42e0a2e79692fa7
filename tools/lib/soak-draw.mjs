// What a soak draws for one run: sizes, rates, handler times and limits, from a seed of the run's own, so that any run can
// be repeated alone. Settings are flags of `run` by their names; null: not given.
import { SeededPrng } from '../../dist/runtime/seeded-prng.js';

/** A source of chance for one run of a soak. */
export function chanceOf(seed, run) {
  const prng = new SeededPrng(seed, `soak ${run}`);
  const int = (low, high) => low + prng.below(high - low + 1);
  return {
    /** A whole number, both ends included. */
    int,
    /** As `int`, small ones as often as large ones. */
    scale: (low, high) => Math.round(low * (high / low) ** prng.float()),
    oneOf: (items) => items[prng.below(items.length)],
    /** With this probability. */
    maybe: (share) => prng.float() < share,
  };
}

/** Events of one run, at most: the soak is to end. */
const eventsMax = 1500;

/** Any size, tiny ones too: a broken bus may never pass. */
export function anySize(chance, { topicsMin = 1 } = {}) {
  const aggregates = chance.scale(topicsMin, 100);
  const versions = chance.scale(2, Math.max(2, Math.min(60, Math.floor(eventsMax / aggregates))));
  return { topics: chance.int(topicsMin, Math.max(topicsMin, Math.min(6, aggregates))), aggregates, versions };
}

/** Enough events for order to be put to the test. */
export function loadedSize(chance) {
  const aggregates = chance.scale(4, 60);
  const versions = chance.int(
    Math.max(8, Math.ceil(300 / aggregates)),
    Math.max(12, Math.floor(eventsMax / aggregates)),
  );
  return { topics: chance.int(1, Math.min(6, aggregates)), aggregates, versions };
}

/** As `--handler-time` has it, with its mean, and what the slowest keys take where it is drawn once an aggregate. */
const handlerTimes = [
  { handlerTime: '1ms', meanMs: 1, slowMs: 1 },
  { handlerTime: '5ms', meanMs: 5, slowMs: 5 },
  { handlerTime: '0-5ms', meanMs: 2.5, slowMs: 5 },
  { handlerTime: '1-20ms', meanMs: 10.5, slowMs: 20 },
  { handlerTime: 'exponential:2ms', meanMs: 2, slowMs: 20 },
  { handlerTime: 'lognormal:1ms:1.2', meanMs: 2, slowMs: 40 },
  { handlerTime: 'pareto:1ms:1.5', meanMs: 3, slowMs: 60 },
];

/** Any handler, one without any duration among them, and any number of lanes. */
export function anyHandler(chance) {
  const { handlerTime } = chance.oneOf([{ handlerTime: '0' }, ...handlerTimes]);
  return { handlerTime, workers: chance.scale(1, 256), ...slowKeys(chance) };
}

/**
 * Handlers that keep a bus busy: events come at least twice as fast as those of one aggregate can be handled. Time-outs
 * of the broker are far from how long the last of them may wait, or a sound bus would be a lucky one.
 */
export function loadedHandler(chance, { aggregates, versions, isKafka }) {
  const { handlerTime, meanMs, slowMs } = chance.oneOf(handlerTimes);
  const byKey = slowKeys(chance);
  const waitMs = Math.min(1000, aggregates * versions) * (byKey.handlerTimeBy === null ? 2 * meanMs : slowMs);
  const roomyS = Math.max(30, Math.ceil((4 * waitMs) / 1000));
  const rate = Math.ceil((chance.int(2, 8) * aggregates * 1000) / meanMs);
  return {
    ...{ handlerTime, workers: chance.scale(1, 256), ...byKey, rate: chance.maybe(0.3) ? rate : null },
    [isKafka ? 'sessionTimeout' : 'ackWait']: roomyS === 30 ? null : `${roomyS}s`,
  };
}

const slowKeys = (chance) => ({ handlerTimeBy: chance.maybe(0.15) ? 'aggregate' : null });

/** Limits of bus and subscriptions that change nothing about who may hold what. */
export function anyLimits(chance, { isKafka }) {
  return {
    batch: !isKafka && chance.maybe(0.4) ? chance.scale(1, 500) : null,
    queueSize: chance.maybe(0.3) ? chance.scale(4, 1024) : null,
    laneSize: chance.maybe(0.3) ? chance.scale(1, 64) : null,
    skew: chance.maybe(0.2) ? chance.oneOf([0.5, 1, 1.5]) : null,
  };
}

/** Pending acks that leave room for several events of each aggregate. */
export const roomyPending = (chance, { aggregates }) => ({
  maxAckPending: chance.maybe(0.4) ? aggregates * chance.int(3, 10) : null,
});

/** The same in the queue that the fetch loops fill, for a bus that holds events nowhere else. */
export const roomyQueue = (chance, { aggregates }) => ({
  queueSize: chance.maybe(0.3) ? aggregates * chance.int(3, 10) : null,
});

/** `{ maxAckPending: 2 }` → `--max-ack-pending 2`. */
export function argumentsOf(flags) {
  return Object.entries(flags).flatMap(([name, value]) => {
    if (value === null) return [];
    const flag = `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
    return value === true ? [flag] : [flag, String(value)];
  });
}
