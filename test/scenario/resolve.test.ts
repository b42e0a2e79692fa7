import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UsageError } from '../../src/domain/errors.js';
import type { Scenario } from '../../src/domain/scenario/scenario.js';
import type { ScenarioFlags } from '../../src/scenario/flags.js';
import { droppedExpectations } from '../../src/scenario/expectations.js';
import { resolveScenario } from '../../src/scenario/resolve.js';
import { parseScenarioFile } from '../../src/scenario/file/scenario-file.js';
import { inModes } from '../in-modes.js';

const strategies = ['keyed-pool', 'aggregate-queue', 'serial', 'unkeyed-pool', 'retry-at-tail'];

function resolve(flags: ScenarioFlags, text?: string, path = 'scenarios/mine.yaml'): Scenario {
  if (text === undefined) return resolveScenario({ flags, strategies });
  return resolveScenario({ file: parseScenarioFile(text, path, { strategies }), flags, strategies });
}

function refusal(flags: ScenarioFlags, text?: string): UsageError {
  try {
    resolve(flags, text);
  } catch (error) {
    if (error instanceof UsageError) return error;
    throw error;
  }
  throw new Error('it was accepted');
}

describe('a scenario', () => {
  it('is the documented default if nothing is said', () => {
    expect(resolve({})).toEqual({
      name: 'run',
      brokers: ['sim:jetstream'],
      ...inModes(['multi/shared', 'multi/per-topic', 'single']),
      sweep: [],
      seed: 42,
      repeat: 1,
      warmUp: 0,
      untilAtRisk: null,
      minAtRisk: 30,
      topics: 5,
      aggregates: 50,
      versions: 100,
      skew: 0,
      publish: { kind: 'serial' },
      ratePerSecond: null,
      publishersPerAggregate: 1,
      topicChoice: 'home',
      orderScope: 'topic',
      batch: 500,
      maxWaitMs: 100,
      ackWaitMs: 30_000,
      maxAckPending: 1000,
      maxDeliver: null,
      backoffMs: [],
      messageId: 'none',
      natsClient: 'nats',
      ack: 'after-handling',
      kafka: {
        client: 'kafkajs',
        partitions: 3,
        members: 1,
        key: 'aggregate',
        partitioners: ['default'],
        acks: 'all',
        idempotent: false,
        retries: 5,
        requestsInFlight: null,
        lingerMs: 0,
        produceBatchBytes: 65_536,
        sendOrder: 'kept',
        consume: 'each-batch',
        partitionsConcurrently: 1,
        commit: 'auto',
        commitIntervalMs: null,
        commitThreshold: null,
        sessionTimeoutMs: 30_000,
        heartbeatIntervalMs: 3_000,
      },
      disturb: [],
      workers: 256,
      queueSize: 1024,
      laneSize: 64,
      overflow: 'block',
      gapPolicy: 'wait',
      gapTimeoutMs: 60_000,
      handlerTime: { distribution: 'uniform', minMs: 1, maxMs: 1 },
      handlerTimeBy: 'event',
      handlerFailShare: 0,
      handlerFailure: 'nak',
      handlerTimeoutMs: 100,
      perturb: null,
      drainTimeoutMs: 65_000,
      allow: [],
      gateRows: [],
      maxViolations: null,
      failOn: [],
      confidence: null,
      within: null,
      expect: {},
    });
  });

  it('takes a flag over the file, and the file over the default', () => {
    const { topics, workers, batch } = resolve({ topics: '2' }, 'topics: 3\nworkers: 7\n');
    expect({ topics, workers, batch }).toEqual({ topics: 2, workers: 7, batch: 500 });
  });

  it('takes every field from flags', () => {
    const flags: ScenarioFlags = {
      name: 'all.of-it_1',
      topics: '2',
      aggregates: '4',
      versions: '6',
      skew: '1.2',
      publish: 'async:3',
      rate: '1000.5',
      publishersPerAggregate: '2',
      topicChoice: 'spread',
      broker: 'nats,kafka',
      mode: 'multi',
      durable: 'per-topic',
      batch: '10',
      maxWait: '1s',
      ackWait: '2s',
      maxAckPending: '1',
      maxDeliver: '5',
      backoff: ['1s,2s', '3s'],
      messageId: 'event',
      natsClient: 'nats',
      ack: 'on-delivery',
      kafkaClient: 'kafkajs',
      partitions: '4',
      members: '2',
      consume: 'each-message',
      partitionsConcurrently: '3',
      commit: 'auto',
      commitInterval: '5s',
      commitThreshold: '100',
      sessionTimeout: '6s',
      heartbeatInterval: '1s',
      key: 'none',
      partitioner: 'default,fnv1a',
      acks: 'all',
      idempotent: 'true',
      retries: '9',
      inFlight: '1',
      linger: '5ms',
      produceBatch: '1000',
      sendOrder: 'client',
      disturb: ['leave@60%,join@0.3', 'stall:2s@50%'],
      strategy: 'serial',
      workers: '1',
      queueSize: '8',
      laneSize: '9',
      overflow: 'reject',
      gapPolicy: 'park',
      gapTimeout: '3s',
      handlerTime: 'lognormal:2ms:1.5',
      handlerTimeBy: 'aggregate',
      handlerFail: '1%',
      handlerFailure: 'timeout',
      handlerTimeout: '1s',
      perturb: '500us-2ms',
      seed: '7',
      sweep: ['topics=1,5'],
      repeat: '3',
      warmUp: '2',
      untilAtRisk: '500',
      minAtRisk: '5',
      drainTimeout: '1m',
      orderScope: 'aggregate',
      allow: ['duplicate,loss', 'duplicate'],
      gateMode: ['kafka:multi/per-topic,multi/per-topic+serial'],
      maxViolations: '0',
      failOn: ['lost>0', 'gaps>1,naive>2'],
      confidence: '95%',
      within: '0.05',
    };
    expect(resolve(flags)).toEqual({
      name: 'all.of-it_1',
      brokers: ['nats', 'kafka'],
      ...inModes(['multi/per-topic'], 'serial'),
      sweep: [
        { field: 'topics', value: '1' },
        { field: 'topics', value: '5' },
      ],
      seed: 7,
      repeat: 3,
      warmUp: 2,
      untilAtRisk: 500,
      minAtRisk: 5,
      topics: 2,
      aggregates: 4,
      versions: 6,
      skew: 1.2,
      publish: { kind: 'async', window: 3 },
      ratePerSecond: 1000.5,
      publishersPerAggregate: 2,
      topicChoice: 'spread',
      orderScope: 'aggregate',
      batch: 10,
      maxWaitMs: 1000,
      ackWaitMs: 2000,
      maxAckPending: 1,
      maxDeliver: 5,
      backoffMs: [1000, 2000, 3000],
      messageId: 'event',
      natsClient: 'nats',
      ack: 'on-delivery',
      kafka: {
        client: 'kafkajs',
        partitions: 4,
        members: 2,
        key: 'none',
        partitioners: ['default', 'fnv1a'],
        acks: 'all',
        idempotent: true,
        retries: 9,
        requestsInFlight: 1,
        lingerMs: 5,
        produceBatchBytes: 1000,
        sendOrder: 'client',
        consume: 'each-message',
        partitionsConcurrently: 3,
        commit: 'auto',
        commitIntervalMs: 5000,
        commitThreshold: 100,
        sessionTimeoutMs: 6000,
        heartbeatIntervalMs: 1000,
      },
      disturb: [
        { kind: 'join', at: 0.3 },
        { kind: 'stall', forMs: 2000, at: 0.5 },
        { kind: 'leave', at: 0.6 },
      ],
      workers: 1,
      queueSize: 8,
      laneSize: 9,
      overflow: 'reject',
      gapPolicy: 'park',
      gapTimeoutMs: 3_000,
      handlerTime: { distribution: 'lognormal', minMs: 0, maxMs: 86_400_000, medianMs: 2, sigma: 1.5 },
      handlerTimeBy: 'aggregate',
      handlerFailShare: 0.01,
      handlerFailure: 'timeout',
      handlerTimeoutMs: 1000,
      perturb: { minMs: 0.5, maxMs: 2 },
      drainTimeoutMs: 60_000,
      allow: ['duplicate', 'loss'],
      gateRows: ['kafka:multi/per-topic', 'multi/per-topic+serial'],
      maxViolations: 0,
      failOn: ['lost>0', 'gaps>1', 'naive>2'],
      confidence: 0.95,
      within: 0.05,
      expect: {},
    });
  });

  it('says the same in a file as in flags', () => {
    const whole = fc.integer({ min: 1, max: 1000 });
    const fields = fc.record(
      {
        topics: fc.integer({ min: 1, max: 50 }),
        versions: whole,
        workers: whole,
        seed: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
        publish: fc.oneof(
          fc.constantFrom('serial', 'handled'),
          whole.map((n) => `async:${n}`),
        ),
        rate: fc.oneof(fc.constant('unlimited'), whole),
        maxWait: whole.map((n) => `${n}ms`),
        handlerTime: fc.oneof(
          fc.constant(0),
          whole.map((n) => `0-${n}ms`),
        ),
        handlerFail: fc.oneof(
          fc.double({ min: 0, max: 1, noNaN: true }),
          fc.integer({ min: 0, max: 100 }).map((n) => `${n}%`),
        ),
        mode: fc.constantFrom('all', 'multi', 'single', 'multi/shared'),
        maxViolations: fc.oneof(fc.constant('none'), whole),
        allow: fc.subarray(['duplicate', 'loss', 'overlap']),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fields, (given) => {
        const flags = Object.fromEntries(
          Object.entries(given).map(([field, value]) => [
            field,
            Array.isArray(value) ? (value.length === 0 ? 'none' : value) : String(value),
          ]),
        );
        // JSON is YAML, too.
        expect(resolve({}, JSON.stringify({ name: 'run', ...given }))).toEqual(resolve(flags));
      }),
    );
  });

  it('is named after its file unless it has a name', () => {
    expect(resolve({}, 'topics: 5\n', 'some/where/my quick.run.yaml').name).toBe('my-quick-run');
    expect(resolve({}, 'topics: 5\n', '../..yaml').name).toBe('run');
    expect(resolve({}, 'name: other\n').name).toBe('other');
    expect(resolve({ name: 'third' }, 'name: other\n').name).toBe('third');
  });

  it('drains for at least ten seconds, and for two ack waits', () => {
    expect(resolve({ ackWait: '1s' }).drainTimeoutMs).toBe(10_000);
    expect(resolve({ ackWait: '10s' }).drainTimeoutMs).toBe(25_000);
    expect(resolve({ ackWait: '10s', drainTimeout: '1s' }).drainTimeoutMs).toBe(1000);
    expect(resolve({ ackWait: '1s', aggregates: '10', versions: '50', perturb: '0-4ms' }).drainTimeoutMs).toBe(12_000);
  });

  it('can be told by a flag that there is no limit, whatever the file says', () => {
    const text = 'rate: 100\nmaxDeliver: 3\nmaxViolations: 0\nallow: [loss]\nfailOn: [lost>0]\n';
    const flags = { rate: 'unlimited', maxDeliver: 'unlimited', maxViolations: 'none', allow: 'none', failOn: 'none' };
    expect(resolve(flags, text)).toMatchObject({
      ratePerSecond: null,
      maxDeliver: null,
      maxViolations: null,
      allow: [],
      failOn: [],
    });
  });
});

describe('the rows of a scenario', () => {
  it('are not narrowed by the durable of a file once a flag chose the mode', () => {
    const text = 'mode: multi\ndurable: shared\n';
    expect(resolve({}, text).modes).toEqual(['multi/shared']);
    expect(resolve({ mode: 'single' }, text).modes).toEqual(['single']);
    expect(resolve({ mode: 'all' }, text).modes).toHaveLength(3);
    expect(resolve({ mode: 'multi' }, text).modes).toEqual(['multi/shared']);
    expect(resolve({ durable: 'per-topic' }, text).modes).toEqual(['multi/per-topic']);
  });

  it('refuse a durable for single', () => {
    expect(refusal({ mode: 'single', durable: 'shared' }).message).toBe(
      '--durable is shared but --mode is single, which has no such row',
    );
    expect(refusal({ durable: 'shared' }, 'mode: single\n').message).toBe(
      '--durable is shared but scenarios/mine.yaml, line 1: mode is single, which has no such row',
    );
  });
});

describe('the rows that gates speak of', () => {
  it('are all if the scenario says so, or nothing', () => {
    expect(resolve({}).gateRows).toEqual([]);
    expect(resolve({ gateMode: 'all' }, 'gateMode: single\n').gateRows).toEqual([]);
  });

  it('must be run, or a gate would hold on nothing; the nearest is suggested', () => {
    const error = refusal({ gateMode: 'singel' });
    expect(error.message).toBe(
      '--gate-mode names the row singel, and there is none; rows are multi/shared, multi/per-topic, single',
    );
    expect(error.wayOut).toBe('did you mean single?');
    expect(refusal({ gateMode: 'single', mode: 'multi' }).message).toContain('rows are multi/shared, multi/per-topic');
    expect(refusal({}, 'gateMode: nats:single\n').message).toContain('mine.yaml, line 1: gateMode names');
    expect(refusal({ gateMode: 'single+serial' }).message).toContain('single+serial');
  });

  it('are narrowed with the rows by a flag, as long as one is left', () => {
    const text = 'gateMode: [single, multi/per-topic]\n';
    expect(resolve({ mode: 'single' }, text).gateRows).toEqual(['single']);
    expect(refusal({ mode: 'multi', durable: 'shared' }, text).message).toContain('names the row single');
  });

  it('may be those of a broker on which the file is not run today', () => {
    expect(resolve({}, 'gateMode: [single, kafka:single]\n').gateRows).toEqual(['single']);
  });
});

describe('what a scenario expects', () => {
  const text =
    'expect:\n  multi/shared:\n    outcome: [violated, inconclusive]\n  single:\n    outcome: ordered\n    that: [lost==0]\n';

  it('is kept by row', () => {
    expect(resolve({}, text).expect).toEqual({
      'multi/shared': { outcome: ['violated', 'inconclusive'] },
      single: { outcome: ['ordered'], that: ['lost==0'] },
    });
  });

  it('is an error of the file if the file does not run the row', () => {
    const error = refusal({}, `mode: multi\n${text}`);
    expect(error.message).toBe(
      'scenarios/mine.yaml, line 5: expect → single expects something of a row that is not run; rows run are multi/shared, multi/per-topic on sim:jetstream',
    );
  });

  it('may speak of a mode with one of its strategies, and must speak of rows that are run', () => {
    const rows = (key: string): string =>
      `strategy: [keyed-pool, serial]\nmode: single\nexpect:\n  ${key}:\n    outcome: ordered\n`;
    expect(resolve({}, rows('single+serial')).expect).toEqual({ 'single+serial': { outcome: ['ordered'] } });
    expect(resolve({}, rows('sim:jetstream:single+serial')).expect).not.toEqual({});
    expect(refusal({}, rows('multi/shared+serial')).message).toContain('rows run are single+keyed-pool, single+serial');
    expect(refusal({}, rows('single+serail')).wayOut).toContain('single+serial');
  });

  it('is narrowed with the rows by a flag', () => {
    const file = parseScenarioFile(text, 'x.yaml', { strategies });
    const scenario = resolveScenario({ file, flags: { mode: 'single' }, strategies });
    expect(Object.keys(scenario.expect)).toEqual(['single']);
    expect(droppedExpectations(file, scenario)).toEqual(['multi/shared']);
  });

  it('never vanishes altogether', () => {
    expect(refusal({ mode: 'multi/per-topic' }, text).message).toContain('a row that is not run');
  });
});

describe('a wrong value', () => {
  it.each(['0', '-1', '1.5', 'abc', '1e9', '', 'NaN', '0x10', '5 ', 'Infinity'])(
    'for --topics is refused: %j',
    (value) => {
      const { message, wayOut } = refusal({ topics: value });
      expect(message).toMatch(/^--topics is .+; allowed: a whole number from 1 to 1,000$/);
      if (value !== '') expect(message).toContain(value);
      expect(wayOut).toBe('the default is --topics 5; see eventbus-bench run --help');
    },
  );

  it.each([
    [
      { mode: 'mutli' },
      '--mode is mutli; allowed: all, multi, single, multi/shared or multi/per-topic',
      'did you mean multi?',
    ],
    [
      { strategy: 'keyd-pool' },
      '--strategy is keyd-pool; allowed: keyed-pool, aggregate-queue, serial, unkeyed-pool or retry-at-tail',
      'did you mean keyed-pool?',
    ],
    [
      { broker: 'natss' },
      '--broker is natss; allowed: sim, sim:jetstream, sim:kafka, nats or kafka, or a list of these',
      'did you mean nats?',
    ],
    [{ allow: 'loss,duplicat' }, '--allow is duplicat; allowed: regression, duplicate, ', 'did you mean duplicate?'],
    [{ maxWait: '100' }, '--max-wait is 100; allowed: a duration with its unit', 'the default is --max-wait 100ms'],
    [{ maxWait: '0ms' }, '--max-wait is 0ms; allowed: a duration with its unit', 'the default is'],
    [
      { ackWait: '25h' },
      '--ack-wait is 25h; allowed: a duration with its unit, more than 0 and at most 24h',
      'the default is',
    ],
    ...['0', '0ms', '0-0ms', '61s', '0-10h', '2-1ms'].map((perturb): [Record<string, string>, string, string] => [
      { perturb },
      `--perturb is ${perturb}; allowed: a duration or a range with its unit, such as 1ms or 0-2ms (lower end first, more than 0, at most 1m), or none`,
      'the default is --perturb none',
    ]),
    [{ handlerTime: '5-1ms' }, '--handler-time is 5-1ms; allowed: a duration such as 1ms, a range', 'the default is'],
    [{ handlerTime: 'exponental:1ms' }, '--handler-time is exponental:1ms; allowed: ', 'the default is'],
    [
      { handlerTime: 'pareto:1ms:1' },
      'or pareto:1ms:1.5 (least, then shape, more than 1 and at most 100',
      'the default is',
    ],
    [{ skew: '11' }, '--skew is 11; allowed: a number from 0 to 10', 'the default is --skew 0'],
    [{ handlerTimeBy: 'key' }, '--handler-time-by is key; allowed: event or aggregate', 'the default is'],
    [{ handlerFail: '1.5' }, '--handler-fail is 1.5; allowed: a share from 0 to 1', 'the default is'],
    [
      { publish: 'async' },
      '--publish is async; allowed: serial, handled, async:N or capped:N with N from 1 to 10,000, or pool:N with N from 1 to 100',
      'the default is',
    ],
    [{ rate: '0' }, '--rate is 0; allowed: a number of events per second, more than 0', 'the default is'],
    [{ seed: '4294967296' }, '--seed is 4294967296; allowed: a whole number from 0 to 4,294,967,295', 'the default is'],
    [
      { maxViolations: '-1' },
      '--max-violations is -1; allowed: a whole number from 0 to 1,000,000,000, or none',
      'see eventbus-bench run --help',
    ],
    [{ broker: 'nats,kafak' }, '--broker is kafak; allowed: ', 'did you mean kafka?'],
    [
      { broker: 'kafka,nats', handlerFailure: 'skip' },
      '--handler-failure is skip and the broker is nats: JetStream delivers again what nobody acknowledges',
      '--broker sim:kafka',
    ],
    [
      { handlerFailure: 'runs-on', ack: 'on-delivery' },
      '--handler-failure is runs-on but --ack is on-delivery: nothing is sent back at its time-out',
      'use --ack after-handling',
    ],
    [
      { handlerFailure: 'runs-on', strategy: 'retry-at-tail' },
      '--handler-failure is runs-on but --strategy has retry-at-tail: nothing would tell the two apart',
      'use another strategy',
    ],
    [{ partitions: '4' }, '--partitions is a setting of Kafka, and the broker is sim:jetstream', '--broker sim:kafka'],
    [
      { broker: 'kafka', ackWait: '5s' },
      '--ack-wait is a setting of JetStream, and the broker is kafka',
      'leave it out, or run on JetStream',
    ],
    [
      { broker: 'kafka', heartbeatInterval: '30s' },
      '--heartbeat-interval is 30000ms but sessionTimeout (by default) is 30000ms',
      'at most a third',
    ],
    [
      { broker: 'kafka', idempotent: 'true', acks: 'leader' },
      '--idempotent is true but --acks is leader',
      'leave one of the two out',
    ],
    [
      { broker: 'kafka', disturb: 'partitions:3@50%' },
      '--disturb has partitions:3 but partitions (by default) is 3: partitions can only be added',
      'more partitions than there are',
    ],
    [
      { broker: 'kafka', commit: 'manual', commitThreshold: '10' },
      '--commit-threshold is for auto commit but --commit is manual',
      'leave one of the two out',
    ],
    [
      { broker: 'kafka', kafkaClient: 'platformatic', consume: 'each-message' },
      '--kafka-client is platformatic, and --consume asks for what it cannot do: it has no handling of one message',
      'or use --kafka-client kafkajs',
    ],
    [
      { broker: 'sim:kafka', kafkaClient: 'platformatic' },
      '--kafka-client is platformatic: it is a client of a real Kafka: add --broker kafka',
      'or leave the client out',
    ],
    [
      { natsClient: 'nats-io' },
      '--nats-client is nats-io, which is a client of a real NATS server, and the broker is sim:jetstream',
      'add --broker nats, or leave the client out',
    ],
    [
      { broker: 'kafka', disturb: 'refuse:1s@5%', acks: 'none' },
      '--disturb has refuse but --acks is none',
      'publish with acks all',
    ],
    [{ broker: 'kafka', acks: '2' }, '--acks is 2; allowed: none, leader or all (or ', 'the default is --acks all'],
    [
      { broker: 'kafka', kafkaClient: 'platformatic', disturb: 'pause:1s@5%' },
      '--disturb asks for what it cannot do: it cannot pause',
      'or use --kafka-client kafkajs',
    ],
    [
      { disturb: 'crash:1s@5%,join@50%' },
      '--disturb has join, which is for Kafka, and the broker is sim:jetstream',
      'leave it out (JetStream can have crash, workers), or run on Kafka',
    ],
    [
      { broker: 'kafka', disturb: 'joins@50%' },
      '--disturb is joins@50%: there is no disturbance "joins"; allowed: join, leave, stall:2s',
      'write for example --disturb join@50%',
    ],
    [
      { broker: 'kafka', disturb: 'leave@5%,join@150%' },
      '--disturb is join@150%: "150%" is no share of the events; allowed: behind @',
      'write for example --disturb join@50%',
    ],
    [{ broker: 'kafka', disturb: 'join@5%,,leave@6%' }, '--disturb has an empty item: ', 'write for example'],
    [{ broker: 'nats,' }, '--broker has an empty item; allowed: sim', 'the default is'],
    [{ broker: 'kafka', linger: '5' }, '--linger is 5; allowed: a duration with its unit', 'the default is --linger 0'],
    [{ name: '../out' }, '--name is "../out"; allowed: up to 100 letters', 'the default is --name run'],
    [{ name: 'a/b' }, '--name is "a/b"; allowed: up to 100 letters', 'the default is'],
    [{ name: 'a..b' }, '--name is a..b; allowed: up to 100 letters', 'the default is'],
  ] satisfies [ScenarioFlags, string, string][])('%j is refused', (flags, message, wayOut) => {
    const error = refusal(flags);
    expect(error.message).toContain(message);
    expect(error.wayOut).toContain(wayOut);
  });

  it.each([
    [
      'topics: 0',
      'scenarios/mine.yaml, line 1: topics is 0; allowed: a whole number from 1 to 1,000',
      'the default is topics: 5',
    ],
    ['# why\n\ntopics: "5"', 'scenarios/mine.yaml, line 3: topics is "5"; allowed: a whole number', 'the default is'],
    ['topics:', 'scenarios/mine.yaml, line 1: topics is empty; allowed', 'the default is'],
    ['workers: 3\ntopcis: 5', 'scenarios/mine.yaml, line 2: unknown field "topcis"', 'did you mean topics?'],
    ['zzz: 5', 'scenarios/mine.yaml, line 1: unknown field "zzz"', 'docs/SCENARIOS.md lists the fields'],
    ['disturb: [leave@5%, join@]', 'line 1: disturb[2] is "join@": it does not say when', 'write for example join@50%'],
    ['__proto__: 1', 'scenarios/mine.yaml, line 1: unknown field "__proto__"', 'docs/SCENARIOS.md'],
    ['name: ../../etc/passwd', 'line 1: name is "../../etc/passwd"; allowed', 'the default is'],
    ['reportDir: ../elsewhere', 'line 1: unknown field "reportDir"', 'docs/SCENARIOS.md'],
    ['name: 2024', 'line 1: name is 2024; allowed', 'the default is'],
    ['allow: duplicate', 'line 1: allow is "duplicate"; allowed: a list', 'docs/SCENARIOS.md'],
    ['allow:\n  - loss\n  - duplicat', 'line 3: allow[2] is "duplicat"; allowed', 'did you mean duplicate?'],
    ['expect: 5', 'line 1: expect is 5; allowed: a map from rows', 'docs/SCENARIOS.md'],
    ['expect:\n  singel: {outcome: ordered}', 'line 2: unknown field "singel" in expect', 'did you mean single?'],
    [
      'expect:\n  single: {outcomes: ordered}',
      'line 2: unknown field "outcomes" in expect → single',
      'did you mean outcome?',
    ],
    [
      'expect:\n  single:\n    outcome: orderd',
      'line 3: expect → single → outcome is "orderd"; allowed',
      'did you mean ordered?',
    ],
    ['expect:\n  single:\n    outcome: [ordered, violatd]', 'line 3: expect → single → outcome', ''],
    ['expect:\n  single:\n    outcome: []', 'line 3: expect → single → outcome is []; allowed', ''],
  ])('in a file is refused by file, line and field: %j', (text, message, wayOut) => {
    const error = refusal({}, text);
    expect(error.message).toContain(message);
    expect(error.wayOut).toContain(wayOut);
  });

  it('is the first one of the file, and the others are counted', () => {
    const error = refusal({}, 'topics: 5\nversions: 0\nworkerz: 3\nbatch: none\n');
    expect(error.message).toContain('line 2: versions is 0');
    expect(error.wayOut).toContain('(and 2 more problems after this one)');
  });
});

describe('fields that do not go together', () => {
  it('are fewer aggregates than topics', () => {
    expect(refusal({ aggregates: '3' })).toMatchObject({
      message: '--aggregates is 3 but topics (by default) is 5: every topic needs an aggregate of its own',
      wayOut: 'ask for 5 aggregates or more, or for at most 3 topics',
    });
    expect(refusal({ topics: '9' }, 'versions: 1\naggregates: 8\n').message).toBe(
      'scenarios/mine.yaml, line 2: aggregates is 8 but --topics is 9: every topic needs an aggregate of its own',
    );
  });

  it('are more events than a run can have', () => {
    expect(refusal({ aggregates: '1000000', versions: '1001' }).message).toContain(
      'are 1,001,000,000 events; allowed: at most 1,000,000,000',
    );
  });

  it('are no more deliveries than waits between them', () => {
    expect(refusal({ maxDeliver: '2', backoff: '1s,2s' })).toMatchObject({
      wayOut: 'ask for 3 deliveries or more, or for fewer waits',
    });
    expect(resolve({ maxDeliver: '3', backoff: '1s,2s' }).maxDeliver).toBe(3);
  });

  it('are no gap time-out where gaps are waited for without end', () => {
    expect(refusal({ gapTimeout: '1s' })).toMatchObject({
      message: '--gap-timeout is given but gapPolicy (by default) is wait: a missing version is waited for without end',
      wayOut: 'leave it out, or ask for --gap-policy skip or --gap-policy park',
    });
    expect(resolve({ gapPolicy: 'skip', gapTimeout: '1s' })).toMatchObject({ gapPolicy: 'skip', gapTimeoutMs: 1_000 });
    expect(resolve({ gapPolicy: 'park', ackWait: '3s' }).gapTimeoutMs).toBe(6_000);
  });
});

describe("Kafka's acks", () => {
  it.each([
    ['0', 'none'],
    ['1', 'leader'],
    ['-1', 'all'],
    ['leader', 'leader'],
  ])('may be a number as in other Kafka tools: %s is %s', (text, acks) => {
    expect(resolve({ broker: 'kafka', acks: text }).kafka.acks).toBe(acks);
  });
});
