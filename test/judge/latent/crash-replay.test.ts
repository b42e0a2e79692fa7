/** What a member of a group handled since its last commit comes again when it dies. */
import { expect, it } from 'vitest';
import { crashReplay } from '../../../src/judge/latent/crash-replay.js';
import type { Claims } from '../../../src/domain/report/claims.js';
import { claims, queueClaim } from '../support.js';

const crash = { kind: 'crash', forMs: 300, at: 0.5 } as const;
const kafka = [queueClaim({ protocol: 'kafka' })];

it('is told of a crash on Kafka where duplicates are not allowed', () => {
  expect(crashReplay(claims({ queues: kafka, disturb: [crash] }), [])).toEqual([
    { kind: 'latent', of: 'crash-replay', numbers: {}, detail: null },
  ]);
});

it('is not told where duplicates are allowed, nothing crashes, or each event is acknowledged by itself', () => {
  expect(crashReplay(claims({ queues: kafka, disturb: [crash] }), ['duplicate'])).toEqual([]);
  expect(crashReplay(claims({ queues: kafka, disturb: [{ kind: 'join', at: 0.5 }] }), [])).toEqual([]);
  expect(crashReplay(claims({ disturb: [crash] }), [])).toEqual([]);
});

it('is told of a restart of the broker where handled events are committed, and nothing repairs what is read again', () => {
  const restart = { kind: 'restart', downMs: 500, at: 0.5 } as const;
  const told = (of: Partial<Claims>): number =>
    crashReplay(claims({ queues: kafka, disturb: [restart], commitsHandled: true, ...of }), []).length;
  expect(told({})).toBe(1);
  expect(told({ repairsInput: true })).toBe(0);
  expect(told({ commitsHandled: false })).toBe(0);
  expect(told({ commitsHandled: null })).toBe(0);
});
