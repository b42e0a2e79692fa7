/**
 * Which settings does a scenario have, and what is each for? One sentence a field: editors show it while a file is
 * being written, `--help` shows it beside the flag. A field is spelled alike in both, camelCase in the file, kebab-case
 * as a flag. Kept free of imports, so that `--help` loads nothing else.
 */

export const fieldSentences = {
  name: 'Name of the run; becomes part of the report file name.',
  description: 'What one learns from this scenario.',

  topics: 'Topics; each aggregate belongs to one of them.',
  aggregates: 'Aggregates, spread evenly over the topics.',
  versions: 'Versions (events) per aggregate; on average, where keys are skewed.',
  skew: 'Zipf exponent of hot keys: aggregate i of 1, 2, … gets a share of all events in proportion to 1 / i^skew. 0: even.',
  publish:
    'When an aggregate sends its next version: serial (the last one was acknowledged), async:N (up to N outstanding) or handled (the last one was handled).',
  rate: 'Events published per second over all aggregates, or unlimited.',
  publishersPerAggregate: 'Publishers that share one aggregate; more than 1 is a fault that is put in on purpose.',
  topicChoice:
    'Topic of an event: home (always the topic of its aggregate) or spread (a fault: over all topics in turn).',

  broker:
    'The broker: sim (sim:jetstream) or sim:kafka, embedded; nats or kafka, real. Several are compared in one report: nats,kafka.',
  mode: 'Rows to run: all, multi (both multi rows), single, or one row by its name.',
  durable: 'Which multi row to run: shared (one durable for all topics) or per-topic.',
  batch: 'Messages asked for by one pull request.',
  maxWait: 'How long one pull request, or fetch, waits for messages.',
  ackWait: 'How long the broker waits for an ack before it delivers again.',
  maxAckPending: 'Unacknowledged messages per durable at which new ones stall.',
  maxDeliver: 'Deliveries of one message before the broker gives up, or unlimited.',
  backoff: 'Waits before the 2nd, 3rd, … delivery, in place of the ack wait.',
  ack: 'When the bus acknowledges: after-handling, on-delivery or never.',

  kafkaClient: 'Client library on a real Kafka: kafkajs, or platformatic (@platformatic/kafka).',
  partitions: 'Partitions per topic; on JetStream those of the strategy partitioned.',
  members: 'Members that share the work of each subscription, as replicas of the service: in one group.',
  consume:
    'How the bus consumes: each-batch (a fetched batch at once, the next when all of it is acknowledged) or each-message (one message of a partition at a time).',
  partitionsConcurrently: 'Partitions of which one member handles batches at the same time.',
  commit: 'Who commits positions: auto (the client, after each batch) or manual (the bus, as events are acknowledged).',
  commitInterval: 'Auto commit also within a batch, after so long; none: not.',
  commitThreshold: 'Auto commit also within a batch, after so many messages; none: not.',
  sessionTimeout: 'How long a member may be unheard of before it loses its partitions.',
  heartbeatInterval:
    'How often a member tells the group that it is there; a fifth of a session time-out below 15s unless given.',
  key: 'Message key: aggregate (the id of the aggregate), hash (a hash of it) or none, so that the client spreads the events.',
  partitioner:
    'How a key becomes a partition: default (murmur2, as in Java), legacy (kafkajs before 2.0) or fnv1a (Sarama); several: publishers take them in turn, a fault.',
  acks: 'Whose acknowledgement a publish waits for: none, leader or all (or 0, 1, -1).',
  idempotent: 'Publish with an idempotent producer.',
  retries: 'Attempts after the first before a publish is given up.',
  inFlight: 'Produce requests outstanding at once, or unlimited.',
  linger: 'How long an event waits for others to share its produce request; 0: for those of the same moment.',
  produceBatch: 'Bytes at which a produce request is full.',
  disturb:
    'What is done to the run once a share of the events is published: join, leave, stall:2s, pause:2s, partitions:6, restart:500ms, crash:300ms, workers:5 or refuse:200ms, as in join@50%.',

  strategy:
    'What stands between fetch and handler. Several are compared in one report; one with its mode (single+serial) is one row.',
  workers: 'Lanes; each handles one event at a time.',
  queueSize: 'Places in the queue that the fetch loops fill.',
  laneSize: 'Places in one lane, behind the event that it is handling.',
  overflow: 'What a full queue does: block the fetch loop, reject the event, or handle it inline.',
  gapPolicy:
    'What a strategy that knows versions does about one that does not come: wait for it, skip it, or park the aggregate (its later events are set aside unhandled).',
  gapTimeout:
    'After how long a missing version is skipped, or its aggregate parked; twice the ack wait (Kafka: session time-out) unless given.',
  handlerTime:
    'Time that one handling takes: fixed (1ms), a range (0-5ms), 0, or drawn with a heavy tail: exponential:1ms (mean), lognormal:1ms:1.2 (median, sigma) or pareto:1ms:1.5 (least, shape).',
  handlerTimeBy: 'Whether that time is drawn anew for every event, or once for each aggregate (slow keys).',
  handlerFail: 'Share of handlings that fail: 0.01 or 1%.',
  handlerFailure:
    'How they fail: nak (sent back at once), throw (nobody answers, so they come again after the ack wait) or timeout (sent back after the handler time-out).',
  handlerTimeout: 'How long a handling takes that fails by time-out.',

  seed: 'Seed of every random choice; the same seed repeats the run.',
  repeat: 'Times that every row is run, rows taking turns.',
  warmUp: 'Rounds of all rows before the first that counts: for steady figures on real brokers.',
  seeds:
    'Runs of every row, each with a seed of its own: on the simulator several at once, on a server one after another. The same as repeat.',
  untilAtRisk:
    'Repeat until every row has seen so many pairs at risk, so that a zero says something; repeat is then the least number of times.',
  untilContested: 'Older name of until-at-risk.',
  drainTimeout:
    'How long a run may go on after its last publish has settled; max(10s, 2 × ack wait + 5s) unless given.',

  sweep:
    'Values of one field at a time, at each of which every row is run: topics=1,2,5,10. Given several times: fields one after another.',

  orderScope: 'Within what order is promised: topic (an aggregate within one topic) or aggregate (across topics too).',
  allow: 'Kinds of anomaly that do not count as violations, such as duplicate.',
  minAtRisk: 'Pairs at risk that a run has to see before it is called ordered.',
  gateMode: 'Rows that the gates apply to: all, or rows by name, such as single, nats:single or multi/shared+serial.',
  maxViolations: 'Gate: more violations than this in any row is a breach.',
  failOn: 'Gate: an expression over a row, such as lost>0; a row for which it holds is a breach.',
  confidence:
    'How sure a gate is to be, such as 95%: runs go on until so many were ordered that at most the share given by within loses order.',
  within: 'Largest share of runs that may lose order, such as 5%; with a confidence of 95% that takes 59 ordered runs.',
  expect: 'Gate: what each row is expected to come out as; a row that differs is a breach.',
} as const;

export type ScenarioField = keyof typeof fieldSentences;

export const scenarioFields = Object.keys(fieldSentences) as readonly ScenarioField[];

/** Fields that only a file can give. */
export const fileOnlyFields = ['description', 'expect'] as const satisfies readonly ScenarioField[];

/** Fields to which a strategy gives a meaning on the other protocol too. */
export const strategyFields: Readonly<Partial<Record<ScenarioField, string>>> = { partitions: 'partitioned' };

/** Fields that mean something to one protocol only. */
export const protocolFields = {
  jetstream: ['batch', 'ackWait', 'maxAckPending', 'maxDeliver', 'backoff'],
  kafka: [
    ...([
      'kafkaClient',
      'partitions',
      'members',
      'consume',
      'partitionsConcurrently',
      'commit',
      'commitInterval',
    ] as const),
    ...([
      'commitThreshold',
      'sessionTimeout',
      'heartbeatInterval',
      'key',
      'partitioner',
      'acks',
      'idempotent',
    ] as const),
    ...(['retries', 'inFlight', 'linger', 'produceBatch'] as const),
  ],
} as const satisfies Record<'jetstream' | 'kafka', readonly ScenarioField[]>;

/** Fields whose values can be swept: what a run is like, not which runs there are. */
export const sweepFields = [
  ...(['topics', 'aggregates', 'versions', 'publish', 'rate', 'publishersPerAggregate', 'batch', 'maxWait'] as const),
  ...(['ackWait', 'maxAckPending', 'maxDeliver', 'ack', 'partitions', 'members', 'partitionsConcurrently'] as const),
  ...(['key', 'acks', 'retries', 'inFlight', 'linger', 'produceBatch', 'workers', 'queueSize', 'laneSize'] as const),
  ...(['overflow', 'handlerTime', 'handlerTimeBy', 'skew', 'handlerFail', 'handlerFailure', 'handlerTimeout'] as const),
] as const satisfies readonly ScenarioField[];

export type FlagField = Exclude<ScenarioField, (typeof fileOnlyFields)[number]>;

/** `maxAckPending` → `--max-ack-pending`. */
export function flagOf(field: ScenarioField): string {
  return `--${field.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}
