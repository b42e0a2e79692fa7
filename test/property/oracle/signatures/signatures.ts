/**
 * The signature of each anomaly that decides, from the definitions alone, over all observations at once; and the tally
 * of a checker in the same form, so that the two can be compared.
 */
import type { Drain } from '../../../../src/domain/drain.js';
import type { Observation } from '../../../../src/domain/observation.js';
import type { AnomalySignature } from '../../../../src/domain/report/anomaly-signature.js';
import type { SignatureCount } from '../../../../src/domain/report/witness.js';
import type { CheckerOptions } from '../../../../src/domain/scenario/checker-options.js';
import { Facts } from '../facts.js';
import { Unit } from '../unit.js';
import { comingsOf } from './again.js';
import { hasTwoPublishersOfOne, logSignaturesOf } from './log.js';
import { pairSignaturesOf } from './pairs.js';
import { singleSignaturesOf } from './single.js';

/** How often each signature occurs. */
export type SignatureTally = Readonly<Record<string, number>>;

export interface DefinedSignatures {
  readonly tally: SignatureTally;
  /** Two publishers sent one event, so it is not defined whose it is: signatures of the log are not compared then. */
  readonly isPublisherOpen: boolean;
}

export function signaturesOf(
  observations: readonly Observation[],
  options: CheckerOptions,
  drain: Drain,
): DefinedSignatures {
  const facts = new Facts(observations, options);
  const comings = comingsOf(facts);
  const units = [...facts.units.keys()].map((key) => new Unit(key, facts));
  const isPublisherOpen = units.some(hasTwoPublishersOfOne);
  const all = units.flatMap((unit) => [
    ...pairSignaturesOf(unit, comings),
    ...singleSignaturesOf(unit, comings, drain.complete),
    ...logSignaturesOf(unit),
  ]);
  return {
    tally: tallied(
      all.map((signature) => ({ signature, count: 1 })),
      isPublisherOpen,
    ),
    isPublisherOpen,
  };
}

export function tallied(
  counts: readonly Pick<SignatureCount, 'signature' | 'count'>[],
  isPublisherOpen: boolean,
): SignatureTally {
  const tally = new Map<string, number>();
  for (const { signature, count } of counts) {
    const told = isPublisherOpen ? withoutPublishers(signature) : signature;
    const key = JSON.stringify(told, Object.keys(told).sort());
    tally.set(key, (tally.get(key) ?? 0) + count);
  }
  return Object.fromEntries([...tally].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function withoutPublishers(signature: AnomalySignature): Pick<AnomalySignature, 'kind'> {
  return signature.kind === 'storeInversions' || signature.kind === 'splitKeys' ? { kind: signature.kind } : signature;
}
