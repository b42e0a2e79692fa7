/**
 * A run is violated if anything decides against it; inconclusive if nothing does, but the run could not have shown it, was
 * cut short, or kept order by luck; ordered only otherwise. Inconclusive is never a pass.
 */
import { describe, expect, it } from 'vitest';
import type { Drain } from '../../src/domain/drain.js';
import type { Counts, Verdict } from '../../src/domain/report/verdict.js';
import { judge, type Ending, type JudgeInput } from '../../src/judge/judge.js';
import { counts } from '../report/fixtures.js';
import { claims, evidence, exposure, queueClaim, queueEvidence, survivesAll } from './support.js';

const drained: Drain = { complete: true, reason: null, brokerLost: false, givenUp: 0 };
const whole: Ending = { notRun: null, interrupted: false, truncated: false, truncation: null };

function verdict(of: Partial<Verdict> = {}): Verdict {
  return { counts: counts(), exposure: exposure(), evidence: evidence(), ...of } as Verdict;
}

function judged(of: Partial<JudgeInput> = {}) {
  return judge({ verdict: verdict(), claims: claims(), drain: drained, ending: whole, allow: [], ...of });
}

const kinds = (of: Partial<JudgeInput>): string[] => judged(of).reasons.map(({ kind }) => kind);
const violated = (of: Partial<Counts>): Verdict => verdict({ counts: counts({ violations: 1, ...of }) });

describe('the outcome of a run', () => {
  it('is ordered, without reasons, where pairs were at risk and kept their order', () => {
    expect(judged()).toMatchObject({ outcome: 'ordered', reasons: [] });
  });

  it('is violated where anything decides against it, and says what with its count', () => {
    const { outcome, reasons } = judged({ verdict: violated({ regressions: 2, lost: 1 }) });
    expect(outcome).toBe('violated');
    expect(reasons).toEqual([
      { kind: 'anomaly', of: 'regression', numbers: { count: 2 }, detail: null },
      { kind: 'anomaly', of: 'loss', numbers: { count: 1 }, detail: null },
    ]);
  });

  it('is violated although the run was cut short, and says both', () => {
    const drain = { ...drained, complete: false, reason: 'the drain timed out' };
    const input = { verdict: violated({ regressions: 1 }), drain, ending: { ...whole, interrupted: true } };
    expect(judged(input).outcome).toBe('violated');
    expect(kinds(input)).toEqual(['anomaly', 'interrupted', 'drain-incomplete']);
  });

  it('does not list what is allowed, nor a duplicate that was redone', () => {
    const redone = { total: 3, redone: 3, redelivered: 0, storedTwice: 0, unflagged: 0, concurrent: 0 };
    const input = {
      verdict: violated({ regressions: 1, overlaps: 2, duplicates: redone }),
      allow: ['overlap'] as const,
    };
    expect(judged(input).reasons).toMatchObject([{ of: 'regression' }]);
  });

  it('is inconclusive where the record is cut short, each with its reason', () => {
    expect(kinds({ ending: { ...whole, interrupted: true } })).toEqual(['interrupted']);
    expect(kinds({ drain: { ...drained, brokerLost: true } })).toEqual(['broker-lost']);
    expect(judged({ ending: { ...whole, truncated: true, truncation: 'line 7' } }).reasons).toMatchObject([
      { kind: 'truncated', detail: 'line 7' },
    ]);
    const unseen = verdict({ counts: counts({ unseen: 2 }) });
    const drain = { ...drained, complete: false, reason: '2 messages awaiting an ack' };
    expect(judged({ verdict: unseen, drain })).toMatchObject({
      outcome: 'inconclusive',
      reasons: [{ kind: 'drain-incomplete', numbers: { unseen: 2 }, detail: '2 messages awaiting an ack' }],
    });
  });

  it('is inconclusive where it could not be run, and says no more', () => {
    const input = {
      ending: { ...whole, notRun: 'Kafka has no acks' },
      verdict: verdict({ exposure: exposure({ pairs: 0 }) }),
    };
    expect(judged(input)).toMatchObject({ outcome: 'inconclusive', reasons: [{ kind: 'not-run' }] });
  });

  it('is inconclusive where publishes that were attempted left gaps that handled events have passed', () => {
    expect(judged({ verdict: verdict({ evidence: evidence({ attemptedGaps: 300 }) }) }).reasons).toEqual([
      { kind: 'open-gaps', of: null, numbers: { gaps: 300 }, detail: null },
    ]);
  });

  it('is inconclusive where fewer pairs were at risk than are asked for', () => {
    const few = verdict({ exposure: exposure({ inFlightPairs: 29 }) });
    expect(judged({ verdict: few }).reasons).toMatchObject([
      { kind: 'too-few-at-risk', numbers: { atRiskPairs: 29, wanted: 30, contestedPairs: 150, pairs: 200 } },
    ]);
    expect(judged({ verdict: few, claims: claims({ minAtRisk: 29 }) }).outcome).toBe('ordered');
  });

  it('is inconclusive for every kind of luck', () => {
    const queues = [
      queueEvidence(
        { sharedAggregates: 1, longestUnackedMs: 20_000 },
        { crash: { count: 1, metInFlight: 1, metWaiting: 0 } },
      ),
    ];
    const seen = evidence({ queues, publishOverlaps: { acrossPublishers: 1, withinPublisher: 0 } });
    const set = claims({
      guarantee: { order: 'none', survives: { ...survivesAll, crash: false } },
      queues: [queueClaim({ subscriptionsAtOnce: 2 })],
      key: 'none',
      partitions: 3,
      disturb: [{ kind: 'leave', at: 0.5 }],
    });
    const { outcome, reasons } = judged({ verdict: verdict({ evidence: seen }), claims: set });
    expect(outcome).toBe('inconclusive');
    expect(reasons.map(({ kind, of }) => `${kind} ${String(of)}`)).toEqual([
      'latent shared-source',
      'latent no-order-claimed',
      'latent not-survived',
      'latent several-publishers',
      'latent no-key',
      'latent near-timeout',
      'not-exercised leave',
    ]);
  });
});

describe('pairs at risk', () => {
  const alone = verdict({
    exposure: exposure({ inFlightPairs: 4 }),
    evidence: evidence({ queues: [queueEvidence({ alonePairs: 90 })] }),
  });

  it('are those in flight, and those that a queue with a limit of one let out one by one', () => {
    const oneByOne = claims({ queues: [queueClaim({ limit: 1 })] });
    expect(judged({ verdict: alone, claims: oneByOne })).toMatchObject({
      outcome: 'ordered',
      exposure: { inFlightPairs: 4, heldBackPairs: 90, atRiskPairs: 94 },
    });
  });

  it('are not those that came one by one from a queue that could have let out more, or of which nothing is claimed', () => {
    for (const limit of [2, 1_000, null]) {
      expect(judged({ verdict: alone, claims: claims({ queues: [queueClaim({ limit })] }) })).toMatchObject({
        outcome: 'inconclusive',
        exposure: { heldBackPairs: 0, atRiskPairs: 4 },
      });
    }
    expect(judged({ verdict: alone, claims: claims({ queues: [] }) }).exposure.heldBackPairs).toBe(0);
  });
});
