// The rows of a soak: broken buses, which may never pass whatever their size, and sound ones under load, which may never be
// called violated. Each draws its settings anew for every run.
import { anyHandler, anyLimits, anySize, loadedHandler, loadedSize, roomyPending, roomyQueue } from './soak-draw.mjs';

/** What keeps an aggregate's events in order as long as nothing is delivered again. */
const keyed = ['keyed-pool', 'pool-per-topic', 'aggregate-queue', 'actor', 'parallel-keys', 'retry-in-place', 'serial'];
/** Those of them that a redelivery takes by surprise. */
const firstPass = ['keyed-pool', 'pool-per-topic', 'aggregate-queue', 'actor', 'serial'];
const modes = ['single', 'multi/per-topic'];

const jetStream = 'jetstream';
const kafka = 'kafka';

const broken = (name, broker, draw) => ({
  ...{ name, broker, isBroken: true },
  draw: (chance) => {
    const size = anySize(chance, { topicsMin: name.startsWith('shared') ? 2 : 1 });
    const limits = anyLimits(chance, { isKafka: broker === kafka });
    return { ...size, ...anyHandler(chance), ...limits, ...draw(chance, size) };
  },
});

const sound = (name, broker, draw) => ({
  ...{ name, broker, isBroken: false },
  draw: (chance) => {
    const size = loadedSize(chance);
    const about = { ...size, isKafka: broker === kafka };
    return { ...size, ...loadedHandler(chance, about), ...anyLimits(chance, about), ...draw(chance, size) };
  },
});

const failing = (chance) => ({
  handlerFail: chance.oneOf(['1%', '3%', '10%']),
  handlerFailure: chance.oneOf(['nak', 'nak', 'throw', 'timeout']),
});

/** In place of what was drawn for the handlers: time-outs as they are when nothing is said. */
const usual = { handlerTimeBy: null, rate: null, ackWait: null };

/** A number of lanes for another: half or double, at any time of the run. */
function resize(chance) {
  const workers = chance.scale(2, 64);
  const others = [Math.ceil(workers / 2), workers * 2, workers + 1];
  return { workers, disturb: `workers:${chance.oneOf(others)}@${chance.int(20, 80)}%` };
}

/** The broker is gone for a while, at any time of the run. */
const restart = (chance) => ({ disturb: `restart:${chance.scale(50, 1_000)}ms@${chance.int(20, 80)}%` });

/** The service is, and what it had in hand comes again. */
const crash = (chance) => ({
  ...{ disturb: `crash:${chance.scale(50, 1_000)}ms@${chance.int(20, 80)}%`, allow: 'duplicate' },
  ackWait: chance.oneOf(['2s', '5s']),
});

export const soakRows = [
  broken('shared durable', jetStream, (chance) => ({
    ...{ mode: 'multi/shared', strategy: chance.oneOf(keyed) },
    maxAckPending: chance.maybe(0.4) ? chance.scale(2, 64) : null,
    rate: chance.maybe(0.2) ? chance.scale(200, 20_000) : null,
  })),
  broken('shared durable, few pending acks', jetStream, (chance) => ({
    ...{ mode: 'multi/shared', maxAckPending: chance.int(2, 8) },
  })),
  broken('order across topics', jetStream, (chance) => ({
    ...{ mode: 'multi/per-topic', topicChoice: 'spread', orderScope: 'aggregate' },
    ...{ topics: chance.int(2, 6), aggregates: chance.scale(6, 200), strategy: chance.oneOf(keyed) },
  })),
  broken('a full queue that does not block', jetStream, (chance) => ({
    ...{ mode: chance.oneOf(modes), overflow: chance.oneOf(['reject', 'inline']), queueSize: chance.scale(1, 64) },
  })),
  broken('unkeyed pool', jetStream, (chance) => ({ mode: chance.oneOf(modes), strategy: 'unkeyed-pool' })),
  broken('unkeyed pool on Kafka', kafka, () => ({ mode: 'single', strategy: 'unkeyed-pool' })),
  broken('two publishers an aggregate', jetStream, (chance) => ({
    ...{ mode: chance.oneOf(modes), publishersPerAggregate: chance.int(2, 4) },
  })),
  broken('no key', kafka, (chance) => ({
    ...{ mode: chance.oneOf(modes), key: 'none', partitions: chance.int(2, 8), members: chance.int(1, 3) },
    strategy: chance.oneOf(['keyed-pool', 'aggregate-queue', 'partition-concurrent']),
  })),
  broken('resized pool', jetStream, (chance) => ({ mode: chance.oneOf(modes), ...resize(chance) })),
  broken('failing handlers, first pass only', jetStream, (chance) => ({
    ...{ mode: chance.oneOf(modes), strategy: chance.oneOf(firstPass), allow: 'duplicate', ...failing(chance) },
    ackWait: chance.oneOf(['500ms', '1s', '2s']),
  })),
  broken('a crash, first pass only', jetStream, (chance) => ({
    ...{ mode: chance.oneOf(modes), strategy: chance.oneOf(firstPass), ...crash(chance) },
  })),
  broken('few deliveries, failing handlers', jetStream, (chance) => ({
    ...{ mode: chance.oneOf(modes), strategy: chance.oneOf(['max-ack-pending-1', 'partitioned']), ...failing(chance) },
    ...{ maxDeliver: chance.int(2, 3), ackWait: '3s' },
  })),
  broken('publishes over a restart', kafka, (chance) => ({
    ...{ mode: chance.oneOf(modes), ...restart(chance) },
    ...chance.oneOf([{ acks: 'none' }, { acks: 'leader' }, { retries: 0 }, {}, { idempotent: true, inFlight: 5 }]),
  })),

  sound('keyed', jetStream, (chance, size) => ({
    ...{ mode: chance.oneOf(modes), strategy: chance.oneOf(keyed), ...roomyPending(chance, size) },
    publish: chance.maybe(0.3) ? `async:${chance.int(2, 10)}` : null,
  })),
  sound('serial', jetStream, (chance, size) => ({
    ...{ mode: chance.oneOf(modes), strategy: 'serial' },
    ...roomyQueue(chance, size),
  })),
  sound('one pending ack', jetStream, (chance) => ({
    mode: chance.oneOf(['multi/shared', ...modes]),
    ...chance.oneOf([{ strategy: 'max-ack-pending-1' }, { maxAckPending: 1 }]),
  })),
  sound('partitioned', jetStream, (chance) => ({
    ...{ mode: chance.oneOf(['multi/shared', ...modes]), strategy: 'partitioned', partitions: chance.int(2, 6) },
  })),
  sound('retried in place', jetStream, (chance, size) => ({
    ...{ mode: chance.oneOf(modes), strategy: 'retry-in-place', ...failing(chance), ...roomyPending(chance, size) },
  })),
  sound('version gate', jetStream, (chance, size) => ({
    ...{ mode: chance.oneOf(modes), strategy: 'version-gate', ...roomyPending(chance, size) },
  })),
  sound('keyed on Kafka', kafka, (chance) => ({
    ...{ mode: chance.oneOf(modes), strategy: chance.oneOf(keyed), members: chance.int(1, 3) },
    partitions: chance.int(1, 6),
  })),
  sound('partition by partition', kafka, (chance) => ({
    ...{ mode: chance.oneOf(modes), strategy: chance.oneOf(['partition-serial', 'partition-concurrent']) },
    ...{ partitions: chance.int(1, 6), members: chance.int(1, 3) },
  })),
  sound('partitions, one more member', kafka, (chance) => ({
    ...{ mode: 'single', strategy: 'partition-serial', partitions: chance.int(2, 6), members: chance.int(1, 2) },
    ...{ disturb: `join@${chance.int(20, 60)}%`, allow: 'duplicate' },
    // Members learn of it at their next heartbeat: while there is still something to handle.
    heartbeatInterval: `${chance.int(10, 50)}ms`,
  })),
  sound('a crash, few pending acks', jetStream, (chance) => ({
    ...{ mode: chance.oneOf(modes), ...crash(chance) },
    ...chance.oneOf([{ strategy: 'max-ack-pending-1' }, { strategy: 'partitioned', partitions: chance.int(2, 8) }]),
  })),
  sound('slow handlers', jetStream, (chance, size) =>
    chance.oneOf([
      { ...{ mode: 'single', handlerTime: '20ms', workers: 8 }, ...usual },
      { ...{ mode: 'single', strategy: 'serial', handlerTime: '5ms' }, ...usual, ...roomyQueue(chance, size) },
      {
        ...{ mode: 'single', strategy: 'retry-in-place', handlerTime: '300ms' },
        ...usual,
        ackWait: '5s',
        drainTimeout: '30m',
      },
    ]),
  ),
];
