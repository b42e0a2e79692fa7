/**
 * What the signatures of regressions say of their pairs alone: the same in all files of golden counts, however much more
 * a signature tells.
 */
import { stages, type Origin } from '../../../src/domain/observation.js';
import type { SignatureCount } from '../../../src/domain/report/witness.js';

export interface PairPattern {
  readonly origin: Origin;
  readonly sameSubscription: boolean;
  readonly misrouted: boolean;
  readonly samePublisher: boolean;
  readonly sameLane: boolean;
  readonly sameTopic: boolean;
  readonly lateRedelivered: boolean;
  readonly outsideLanes: boolean;
  readonly sameLog: boolean;
  readonly count: number;
}

const origins: readonly Origin[] = [...stages, 'unknown'];

/** Most frequent first; equally frequent ones by origin, then by what is true of them. */
export function pairPatternsOf(signatures: readonly SignatureCount[]): PairPattern[] {
  const found = new Map<string, { pattern: Omit<PairPattern, 'count'>; count: number }>();
  for (const { signature, count } of signatures) {
    if (signature.kind !== 'regressions') continue;
    const pattern = {
      origin: signature.origin,
      sameSubscription: signature.sameSubscription,
      misrouted: signature.misrouted,
      samePublisher: signature.samePublisher,
      sameLane: signature.sameLane,
      sameTopic: signature.sameTopic,
      lateRedelivered: signature.again !== null,
      outsideLanes: signature.outsideLanes,
      sameLog: signature.sameLog,
    };
    const key = JSON.stringify(pattern);
    const known = found.get(key);
    if (known === undefined) found.set(key, { pattern, count });
    else known.count += count;
  }
  const listed = [...found.values()].map(({ pattern, count }) => ({ ...pattern, count }));
  return listed.sort((a, b) => b.count - a.count || rankOf(a) - rankOf(b));
}

function rankOf({ origin, count: _count, ...signs }: PairPattern): number {
  const bits = Object.values(signs).reduce<number>((sum, is, at) => sum + (is ? 2 ** at : 0), 0);
  return 512 * origins.indexOf(origin) + bits;
}
