/** Which cause claims an anomaly, by its signature; what no rule matches stays unexplained. */
import { describe, expect, it } from 'vitest';
import { diagnose } from '../../src/diagnosis/diagnose.js';
import type { ObservedRun } from '../../src/diagnosis/cause-rule.js';
import {
  againReasons,
  type Again,
  type AnomalySignature,
  type CompletionInversionSignature,
  type LossSignature,
  type OverlapSignature,
  type RegressionSignature,
  type SplitKeySignature,
} from '../../src/domain/report/anomaly-signature.js';
import type { TimelineCounts } from '../../src/domain/report/verdict.js';
import { nothingAtWork } from '../../src/domain/report/at-work.js';
import { evidence, queueEvidence } from '../judge/support.js';

const pair = {
  sameSubscription: true,
  sameLane: true,
  sameTopic: true,
  sameLog: true,
  misrouted: false,
  outsideLanes: false,
  again: null,
  acrossResize: false,
  acrossRebalance: false,
} as const;

function regression(of: Partial<RegressionSignature> = {}): RegressionSignature {
  const one = { origin: 'deliver', lostBetween: null, samePublisher: true, afterRetry: false } as const;
  return { kind: 'regressions', ...pair, ...one, ...of };
}

function overlap(of: Partial<OverlapSignature> = {}): OverlapSignature {
  return { kind: 'overlaps', ...pair, sameLane: false, ranOn: false, ...of };
}

function completion(of: Partial<CompletionInversionSignature> = {}): CompletionInversionSignature {
  return { kind: 'completionInversions', ...pair, sameLane: false, atOnce: true, retried: false, ranOn: false, ...of };
}

function split(of: Partial<SplitKeySignature> = {}): SplitKeySignature {
  const one = { returns: true, publishers: 'one', publishersKeep: false, followers: 0, afterExpansion: false } as const;
  return { kind: 'splitKeys', ...one, ...of };
}

function loss(of: Partial<LossSignature> = {}): LossSignature {
  return { kind: 'lost', state: 'failed', acked: null, isCounted: true, ...of };
}

interface Around {
  readonly timeline?: Partial<TimelineCounts>;
  readonly withinPublisher?: number;
  readonly misroutes?: number;
  readonly splitPairs?: number;
  readonly sharedAggregates?: number;
  /** Of 1,000 handlings. */
  readonly redelivered?: number;
  /** Of a broker that counts deliveries. */
  readonly mostDeliveries?: number;
  /** Events that the broker said it had given up. */
  readonly givenUp?: number;
}

/** A run with ten anomalies of each signature. */
function runWith(signatures: readonly AnomalySignature[], around: Around = {}): ObservedRun {
  const {
    timeline = {},
    withinPublisher = 0,
    misroutes = 0,
    splitPairs = 0,
    mostDeliveries = null,
    givenUp = 10,
  } = around;
  const { sharedAggregates = 0 } = around;
  const duplicates = { redelivered: around.redelivered ?? 0 };
  const plain = evidence();
  return {
    counts: { misroutes, delivered: 1000, handled: 1000, duplicates, splitKeys: 10, lost: 10 } as ObservedRun['counts'],
    exposure: { splitPairs, inFlightPairs: 40 } as ObservedRun['exposure'],
    signatures: signatures.map((signature) => ({ signature, count: 10, examples: [] })),
    evidence: {
      ...plain,
      givenUp,
      timeline: { ...plain.timeline, acks: 100, ...timeline },
      publishOverlaps: { acrossPublishers: 0, withinPublisher },
      queues: [queueEvidence({ mostDeliveries, splitPairs, sharedAggregates })],
    },
    atWork: nothingAtWork(),
  };
}

function ids(signatures: readonly AnomalySignature[], around: Around = {}): string[] {
  return diagnose(runWith(signatures, around)).causes.map(({ id }) => id);
}

describe('the diagnosis', () => {
  it('gives each anomaly to one cause, or to none, so that nothing is counted twice', () => {
    const found = diagnose(
      runWith([
        regression(),
        regression({ origin: 'start', sameLane: false }),
        overlap(),
        loss(),
        { kind: 'phantoms' },
      ]),
    );
    const explained = found.causes.reduce(
      (sum, { explains }) => sum + Object.values(explains).reduce((all, count) => all + count, 0),
      0,
    );
    expect(explained).toBe(30);
    expect(found.unexplained).toMatchObject({ regressions: 10, phantoms: 10, overlaps: 0, lost: 0 });
  });

  it('puts the cause that explains most first', () => {
    expect(ids([loss(), regression({ origin: 'start', sameLane: false }), overlap()])).toEqual([
      'unkeyed-pool',
      'max-deliver-skip',
    ]);
  });
});

describe('pairs that different subscriptions fetched', () => {
  const fetched = regression({ sameSubscription: false });

  it('are of a shared durable where one of them does not own the topic', () => {
    for (const origin of ['deliver', 'submit', 'start'] as const)
      expect(ids([{ ...fetched, origin, misrouted: true }], { mostDeliveries: 1 })).toEqual(['shared-durable']);
    const overlapping = overlap({ sameSubscription: false, misrouted: true });
    expect(ids([overlapping], { mostDeliveries: 1 })).toEqual(['shared-durable']);
  });

  it('are of competing pullers where both own it, on a broker that counts deliveries', () => {
    expect(ids([fetched], { mostDeliveries: 1 })).toEqual(['competing-pullers']);
    expect(ids([fetched])).toEqual([]);
  });

  it('are of a rebalance where partitions changed hands between the two deliveries', () => {
    expect(ids([{ ...fetched, acrossRebalance: true }])).toEqual(['rebalance-overlap']);
    expect(ids([overlap({ sameSubscription: false, acrossRebalance: true })])).toEqual(['rebalance-overlap']);
    expect(ids([overlap({ acrossRebalance: true })])).toEqual(['unkeyed-pool']);
    for (const origin of ['submit', 'start'] as const)
      expect(ids([{ ...fetched, origin, acrossRebalance: true }])).toEqual(['rebalance-overlap']);
  });

  it('are of a rebalance where one came from a partition that its member had lost', () => {
    expect(ids([{ ...fetched, misrouted: true }])).toEqual(['rebalance-overlap']);
    expect(ids([overlap({ sameSubscription: false, misrouted: true })])).toEqual(['rebalance-overlap']);
  });

  it('show a shared durable that has not broken order yet as latent', () => {
    const [cause] = diagnose(runWith([], { misroutes: 800, splitPairs: 12, mostDeliveries: 1 })).causes;
    expect(cause).toMatchObject({ id: 'shared-durable', latent: true, explains: { regressions: 0 } });
  });

  it('show competing pullers less surely where events came again that the bus still had', () => {
    const held = completion({ sameSubscription: false });
    const again: AnomalySignature = { kind: 'duplicates', as: 'redelivered', again: 'running', afterRetry: false };
    const confidenceOf = (...signatures: AnomalySignature[]) =>
      diagnose(runWith(signatures, { mostDeliveries: 2 })).causes.find(({ id }) => id === 'competing-pullers')
        ?.confidence;
    expect(confidenceOf(held)).toBe('certain');
    expect(confidenceOf(held, completion({ sameSubscription: false, sameLane: true }), again)).toBe('likely');
    expect(confidenceOf(held, again)).toBe('possible');
  });

  it('show competing pullers that have not broken order yet as latent, where one queue served both', () => {
    const seen = { splitPairs: 12, mostDeliveries: 1 };
    const [cause] = diagnose(runWith([], { ...seen, sharedAggregates: 3 })).causes;
    expect(cause).toMatchObject({ id: 'competing-pullers', latent: true, explains: { regressions: 0 } });
    const [held, misrouted, ...others] = cause!.evidence;
    expect([held, misrouted].map((one) => one?.claim)).toEqual(['held-by-two-subscriptions', 'misroutes']);
    expect(others).toEqual([]);
    // From two queues, as of an aggregate that is spread over topics; of a partition, which has one owner.
    expect(ids([], { ...seen, sharedAggregates: 0 })).toEqual([]);
    expect(ids([], { splitPairs: 12, sharedAggregates: 3 })).toEqual([]);
  });
});

describe('an event that came again', () => {
  const causes: Readonly<Record<Exclude<Again, 'unknown'>, string>> = {
    'timed-out': 'timeout-zombie',
    nak: 'nak-behind-batch',
    failed: 'failure-unanswered',
    'given-back': 'give-back',
    refused: 'overflow-reject',
    crash: 'crash-redelivery',
    queued: 'prefetch-aging',
    running: 'ack-wait-expiry',
    backoff: 'backoff-overrides-ack-wait',
    acked: '',
    'connection-lost': 'reconnect-redelivery',
    rebalance: 'rebalance-replay',
    'held-at-rebalance': 'rebalance-overlap',
    'after-rebalance': 'rebalance-replay',
    'behind-failure': 'offset-replay',
    unacked: '',
  };

  it.each(againReasons.filter((reason) => reason !== 'unknown'))('is explained by why it did: %s', (again) => {
    const expected = causes[again] === '' ? [] : [causes[again]];
    expect(ids([regression({ again })])).toEqual(expected);
    expect(ids([completion({ again })])).toEqual(expected);
    expect(ids([{ kind: 'duplicates', as: 'redelivered', again, afterRetry: false }])).toEqual(expected);
  });

  it('is explained by a time-out where a handling that the bus had given up ran beside another one', () => {
    expect(ids([overlap({ sameLane: true, ranOn: true })])).toEqual(['timeout-zombie']);
    expect(ids([completion({ sameLane: true, ranOn: true })])).toEqual(['timeout-zombie']);
    expect(ids([overlap({ sameLane: true })])).toEqual(['unawaited-handler']);
  });

  it('behind a failure asks for handlings that stop at their time-out where some go on', () => {
    const duplicate = (again: Again): AnomalySignature => ({
      ...{ kind: 'duplicates', as: 'redelivered', again, afterRetry: false },
    });
    const remedyOf = (id: string, ...signatures: AnomalySignature[]) =>
      diagnose(runWith(signatures)).causes.find((cause) => cause.id === id)?.remedy.kind;
    for (const [again, id] of [
      ['behind-failure', 'offset-replay'],
      ['given-back', 'give-back'],
    ] as const) {
      expect(remedyOf(id, duplicate(again))).toBe('retry-in-place');
      expect(remedyOf(id, duplicate(again), duplicate('timed-out'))).toBe('stop-at-timeout');
    }
  });

  it('and was handled with success after a later one had ended, as another message, says nothing of lanes', () => {
    for (const sameLane of [true, false]) {
      expect(ids([completion({ sameLane, atOnce: false })])).toEqual([]);
      expect(ids([completion({ sameLane, outsideLanes: true, atOnce: false })])).toEqual([]);
    }
    expect(ids([completion({ sameLane: true, atOnce: false, retried: true })])).toEqual(['retry-at-tail']);
  });

  it('after a lost connection asks for one event at a time, or where none is counted for a version gate', () => {
    const again: AnomalySignature = {
      kind: 'duplicates',
      as: 'redelivered',
      again: 'connection-lost',
      afterRetry: false,
    };
    const remedyOf = (run: ReturnType<typeof runWith>) => diagnose(run).causes[0]?.remedy.kind;
    expect(remedyOf(runWith([again], { mostDeliveries: 2 }))).toBe('one-in-flight');
    expect(remedyOf(runWith([again]))).toBe('drop-by-version');
  });

  it('after a rebalance asks for more commits, unless an event was still held, past which none can be', () => {
    const duplicate = (again: Again): AnomalySignature => ({
      ...{ kind: 'duplicates', as: 'redelivered', again, afterRetry: false },
    });
    const remedyOf = (...signatures: AnomalySignature[]) =>
      diagnose(runWith(signatures)).causes.find(({ id }) => id === 'rebalance-replay')?.remedy.kind;
    expect(remedyOf(duplicate('rebalance'))).toBe('commit-more-often');
    expect(remedyOf(duplicate('rebalance'), duplicate('held-at-rebalance'))).toBe('finish-before-handover');
  });

  it('is explained by a session that is too short where members were put out, and nothing was done to them', () => {
    const signatures = (['rebalance', 'held-at-rebalance', 'after-rebalance'] as const).map(
      (again): AnomalySignature => ({ kind: 'duplicates', as: 'redelivered', again, afterRetry: false }),
    );
    expect(ids(signatures, { timeline: { putOuts: 3 } })).toEqual(['session-shorter-than-handler']);
    expect(ids(signatures, { timeline: { putOuts: 3, memberChanges: 1 } })).not.toContain(
      'session-shorter-than-handler',
    );
    const [latent] = diagnose(runWith([], { timeline: { putOuts: 3 } })).causes;
    expect(latent).toMatchObject({ id: 'session-shorter-than-handler', latent: true });
  });

  it('is not explained where nobody knows why', () => {
    expect(ids([regression({ again: 'unknown' })])).toEqual([]);
    expect(ids([regression({ again: 'unknown' })], { mostDeliveries: 2 })).toEqual([]);
  });

  it('is explained by a queue where its first delivery was not seen, and as many came late', () => {
    const late: AnomalySignature = { kind: 'duplicates', as: 'redelivered', again: 'queued', afterRetry: false };
    expect(ids([regression({ again: 'unknown' }), late], { mostDeliveries: 2 })).toEqual(['prefetch-aging']);
    // Of a broker that counts no deliveries nobody knows whether there was one before.
    expect(diagnose(runWith([regression({ again: 'unknown' }), late])).unexplained.regressions).toBe(10);
  });

  it('is explained by a missing ack where nothing was acknowledged in the whole run', () => {
    const duplicate = { kind: 'duplicates', as: 'redelivered', afterRetry: false } as const;
    const came = (['unacked', 'running', 'queued', 'backoff'] as const).map((again) => ({ ...duplicate, again }));
    expect(ids(came, { timeline: { acks: 0 } })).toEqual(['missing-ack']);
    const confidenceOf = (redelivered: number) =>
      diagnose(runWith(came, { timeline: { acks: 0 }, redelivered })).causes[0]?.confidence;
    expect(confidenceOf(500)).toBe('certain');
    // Nobody may have recorded the acks.
    expect(confidenceOf(30)).toBe('possible');
  });

  it('just after its ack goes with the larger part of those whose ack wait ran out', () => {
    const duplicate = (again: Again): AnomalySignature => ({
      ...{ kind: 'duplicates', as: 'redelivered', again, afterRetry: false },
    });
    expect(ids([duplicate('acked'), duplicate('queued')])).toEqual(['prefetch-aging']);
    expect(ids([duplicate('acked'), duplicate('running')])).toEqual(['ack-wait-expiry']);
    expect(ids([duplicate('acked'), duplicate('backoff')])).toEqual(['backoff-overrides-ack-wait']);
    // Its ack may as well have been lost.
    expect(ids([duplicate('acked'), duplicate('nak')])).toEqual(['nak-behind-batch']);
  });

  it('is not blamed for an order that the log had lost before', () => {
    expect(ids([regression({ again: 'nak', origin: 'store', samePublisher: false })])).toEqual([
      'concurrent-publishers',
    ]);
  });
});

describe('pairs that lost order in the bus', () => {
  const started = regression({ origin: 'start', sameLane: false });

  it('are of an unkeyed pool where they ran in different lanes', () => {
    expect(ids([started, overlap(), completion()])).toEqual(['unkeyed-pool']);
  });

  it('are of a resize where the number of lanes changed while lanes were chosen for all of them', () => {
    const across = { acrossResize: true };
    expect(ids([{ ...started, ...across }, overlap(across), completion(across)])).toEqual(['pool-resize']);
    expect(ids([{ ...started, ...across }, overlap()]), 'one far from it shows that no lane has a key').toEqual([
      'unkeyed-pool',
    ]);
  });

  it('are of the overflow where one of them ran outside the lanes', () => {
    expect(ids([{ ...started, outsideLanes: true }, overlap({ outsideLanes: true })])).toEqual(['overflow-fallback']);
  });

  it('are of a handler that is not awaited where they ran at once in one lane', () => {
    expect(ids([overlap({ sameLane: true }), completion({ sameLane: true })])).toEqual(['unawaited-handler']);
    expect(diagnose(runWith([overlap({ sameLane: true })])).causes[0]!.confidence).toBe('likely');
  });

  it('are of a handler that is not awaited where they started in the wrong order in one lane, if others ran at once there', () => {
    const inOneLane = { ...started, sameLane: true };
    const found = diagnose(runWith([inOneLane, overlap({ sameLane: true })]));
    expect(found.causes.map(({ id }) => id)).toEqual(['unawaited-handler']);
    expect(found.unexplained.regressions).toBe(0);
    expect(ids([inOneLane])).toEqual([]);
    expect(ids([inOneLane, completion({ sameLane: true, retried: true })])).toEqual(['retry-at-tail']);
    expect(diagnose(runWith([inOneLane, overlap()])).unexplained.regressions).toBe(10);
  });

  it('are of a retry at the end of the lane where the late one had been tried again', () => {
    expect(ids([completion({ sameLane: true, retried: true })])).toEqual(['retry-at-tail']);
  });

  it('are of the topics where the two lie in different ones, whatever else they look like', () => {
    expect(ids([{ ...started, sameTopic: false }, overlap({ sameTopic: false, sameLog: false })])).toEqual([
      'aggregate-across-topics',
    ]);
  });
});

describe('events in the log in the wrong order', () => {
  const stored = regression({ origin: 'store' });
  const inversion = (samePublisher: boolean | null): AnomalySignature => ({ kind: 'storeInversions', samePublisher });

  it('are of several publishers where different ones sent them', () => {
    expect(ids([{ ...stored, samePublisher: false }, inversion(false)])).toEqual(['concurrent-publishers']);
  });

  it('are of a retry where one publisher sent them and publishes were sent again', () => {
    const retries = { timeline: { produceRetries: 3 } };
    expect(ids([{ ...stored, afterRetry: true }, inversion(true)], retries)).toEqual(['publish-retry']);
    expect(ids([{ ...stored, samePublisher: false }, stored, inversion(true)], retries)).toEqual([
      'publish-retry',
      'concurrent-publishers',
    ]);
  });

  it('are likely of a retry where the connection of a publisher was lost and no publish was seen to be sent again', () => {
    const lost = { withinPublisher: 9, timeline: { publisherDisconnects: 3 } };
    const [cause] = diagnose(runWith([stored, inversion(true)], lost)).causes;
    expect(cause).toMatchObject({ id: 'publish-retry', confidence: 'likely' });
  });

  it('are possibly of a client that overtakes itself where its calls overlapped and none was sent again', () => {
    const [cause] = diagnose(runWith([stored, inversion(true)], { withinPublisher: 9 })).causes;
    expect(cause).toMatchObject({ id: 'client-overtakes', confidence: 'possible' });
    expect(ids([stored, inversion(true)])).toEqual([]);
  });

  it('are of a pool of senders where one publisher sends over several connections', () => {
    const pool = { withinPublisher: 9, timeline: { pooledPublishers: 1 } };
    const [cause] = diagnose(runWith([stored, inversion(true)], pool)).causes;
    expect(cause).toMatchObject({ id: 'version-before-send', confidence: 'certain' });
    expect(ids([{ ...stored, samePublisher: false }, inversion(false)], pool)).toEqual(['concurrent-publishers']);
  });

  it('are possibly of a pool, or of a retry where they lie around one, where publishes of a pool were sent again', () => {
    const both = { withinPublisher: 9, timeline: { pooledPublishers: 1, produceRetries: 3 } };
    const { causes } = diagnose(runWith([{ ...stored, afterRetry: true }, stored, inversion(true)], both));
    expect(causes.map(({ id, confidence }) => `${id} ${confidence}`).sort()).toEqual([
      'publish-retry certain',
      'version-before-send possible',
    ]);
  });

  it('are not explained where nobody knows who sent them', () => {
    expect(ids([inversion(null)])).toEqual([]);
  });

  it('are duplicates of a retry where they lie there twice and publishes were sent again', () => {
    const twice = { kind: 'duplicates', as: 'storedTwice', again: null } as const;
    expect(ids([{ ...twice, afterRetry: true }])).toEqual(['publish-retry-duplicate']);
    expect(ids([{ ...twice, afterRetry: false }])).toEqual([]);
  });
});

describe('split keys', () => {
  const across = regression({ origin: 'store', sameLog: false });

  it('are of a missing key where events go back to a partition that they had left', () => {
    expect(ids([split(), across])).toEqual(['missing-key']);
    expect(ids([split({ publishers: 'several' }), { ...across, samePublisher: false }])).toEqual(['missing-key']);
    // Some aggregates look as if they had moved, or as if each publisher kept to a partition, by chance.
    expect(ids([split(), split({ returns: false })])).toEqual(['missing-key']);
    const several = split({ publishers: 'several' });
    expect(ids([several, { ...several, publishersKeep: true, followers: 10, returns: false }])).toEqual([
      'missing-key',
    ]);
  });

  const kept = split({ returns: false, publishers: 'several', publishersKeep: true, followers: 10 });

  it('are of the partitioners where each publisher keeps to one partition, in all of them', () => {
    expect(ids([kept, across])).toEqual(['partitioner-mismatch']);
    // Ten aggregates that say so by one event each do not by chance.
    const [cause] = diagnose(runWith([{ ...kept, followers: 1 }])).causes;
    expect(cause).toMatchObject({ id: 'partitioner-mismatch', confidence: 'likely' });
  });

  it('are of no partitioner where no publisher has two events of an aggregate', () => {
    const [cause] = diagnose(runWith([{ ...kept, followers: 0 }])).causes;
    expect(cause).toMatchObject({ id: 'missing-key', confidence: 'possible' });
  });

  it('are of added partitions where partitions were added and nothing goes back', () => {
    expect(ids([split({ returns: false, afterExpansion: true }), across])).toEqual(['partition-expansion']);
  });

  it('are possibly of a missing key where nothing goes back and nobody saw partitions being added', () => {
    const [cause] = diagnose(runWith([split({ returns: false })])).causes;
    expect(cause).toMatchObject({ id: 'missing-key', confidence: 'possible', explains: { splitKeys: 10 } });
    expect(cause!.refutes).not.toContain('partition-expansion');
    expect(cause!.refutes).not.toContain('partitioner-mismatch');
  });
});

describe('a lost event', () => {
  it.each([
    [loss({ acked: 'before-start', state: 'cut-off' }), 'ack-before-handling'],
    [loss({ acked: 'before-finish' }), 'ack-before-handling'],
    [loss({ acked: 'after-finish' }), 'ack-without-success'],
    [loss(), 'max-deliver-skip'],
    [loss({ state: 'not-started' }), 'max-deliver-skip'],
    [loss({ isCounted: false }), 'commit-past-failure'],
    [loss({ state: 'refused', isCounted: false }), 'overflow-reject'],
    [loss({ state: 'refused' }), 'max-deliver-skip'],
    [loss({ state: 'given-back' }), 'max-deliver-skip'],
    [loss({ state: 'deduplicated', isCounted: false }), 'dedupe-window'],
  ])('is explained by how far it got, and when it was acknowledged: %j', (signature, id) => {
    expect(ids([signature])).toEqual([id]);
  });

  it('is not explained where the broker said of none that it had given it up, as of a consumer without acks', () => {
    expect(ids([loss()], { givenUp: 0 })).toEqual([]);
  });

  it('is of no commit where nothing at all was acknowledged, so that no position was committed', () => {
    expect(ids([loss({ isCounted: false })], { timeline: { acks: 0 } })).toEqual([]);
  });

  it('was on its way to a service that died, where the broker gave up what that had too, and delivered nothing twice', () => {
    const unseen = loss({ state: 'not-delivered', isCounted: false });
    const died = { timeline: { deaths: 1 }, mostDeliveries: 1 };
    const cutOff = loss({ state: 'cut-off' });
    expect(ids([cutOff, unseen], died)).toEqual(['max-deliver-skip']);
    expect(diagnose(runWith([cutOff, unseen], died)).unexplained.lost).toBe(0);
    for (const around of [
      { ...died, timeline: {} },
      { ...died, mostDeliveries: 2 },
    ])
      expect(diagnose(runWith([cutOff, unseen], around)).unexplained.lost).toBe(10);
    expect(diagnose(runWith([loss({ state: 'failed' }), unseen], died)).unexplained.lost).toBe(10);
  });

  it('is not explained where it was never delivered, or left in the bus of a broker that counts none', () => {
    expect(ids([loss({ state: 'not-delivered', isCounted: false })])).toEqual([]);
    for (const state of ['not-started', 'given-back'] as const)
      expect(ids([loss({ state, isCounted: false })])).toEqual([]);
  });
});
