/** A broker that restarts or refuses breaks off publishes that are under way; what becomes of them is up to the producer. */
import { expect, it } from 'vitest';
import { unsafePublish } from '../../../src/judge/latent/unsafe-publish.js';
import type { ProducerClaim } from '../../../src/domain/report/claims.js';
import type { AnomalyKind } from '../../../src/domain/scenario/scenario.js';
import { claims } from '../support.js';

const safe: ProducerClaim = { acks: 'all', idempotent: true, requestsInFlight: 1, retries: 5 };
const restart = { kind: 'restart', downMs: 500, at: 0.5 } as const;
const refuse = { kind: 'refuse', forMs: 300, at: 0.3 } as const;

function detailOf(producer: Partial<ProducerClaim>, allow: readonly AnomalyKind[] = []): string | null | undefined {
  return unsafePublish(claims({ producer: { ...safe, ...producer }, disturb: [restart] }), allow)[0]?.detail;
}

it('is told with what may become of a publish that is under way', () => {
  expect(detailOf({ acks: 'none', idempotent: false })).toBe('lost');
  expect(detailOf({ retries: 0 })).toBe('given up');
  expect(detailOf({ idempotent: false })).toBe('stored twice');
  expect(detailOf({ requestsInFlight: 5 })).toBe('mixed up');
  expect(detailOf({ requestsInFlight: null })).toBe('mixed up');
  expect(detailOf({ acks: 'leader', idempotent: false })).toBe('stored twice');
});

it('is told of refused writes as of a restart, and of nothing else that is done to a run', () => {
  const producer = { ...safe, idempotent: false };
  expect(unsafePublish(claims({ producer, disturb: [refuse] }), [])).toHaveLength(1);
  expect(unsafePublish(claims({ producer, disturb: [{ kind: 'join', at: 0.5 }] }), [])).toEqual([]);
  expect(unsafePublish(claims({ producer, disturb: [] }), [])).toEqual([]);
});

it('is not told of a producer that stores once whatever happens, nor of one that is not known', () => {
  expect(detailOf({})).toBeUndefined();
  expect(unsafePublish(claims({ producer: null, disturb: [restart] }), [])).toEqual([]);
});

it('is not told of what a scenario allows', () => {
  expect(detailOf({ idempotent: false }, ['duplicate'])).toBeUndefined();
  expect(detailOf({ acks: 'none', idempotent: false }, ['loss'])).toBeUndefined();
  expect(detailOf({ acks: 'none', idempotent: false }, ['duplicate'])).toBe('lost');
  expect(detailOf({ retries: 0 }, ['duplicate', 'loss'])).toBe('given up');
  expect(detailOf({ requestsInFlight: 5 }, ['duplicate', 'loss'])).toBe('mixed up');
});
