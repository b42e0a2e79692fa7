/**
 * Chooses the witnesses of a cause among the examples of what it claimed. Anomalies of different kinds cannot be
 * compared, so the worst of each kind comes before the second worst of any. Of one kind the worst is that with the
 * greatest extent or lag, and of equal ones that which was seen first.
 */
import { explainedKinds } from '../domain/report/anomaly-signature.js';
import { witnessesMax, type CauseWitness } from '../domain/report/witness.js';

export function worstOf(examples: readonly CauseWitness[]): CauseWitness[] {
  const ranked = explainedKinds.flatMap((kind) =>
    examples
      .filter((example) => example.kind === kind)
      .sort(worstFirst)
      .map((example, rank) => ({ example, rank })),
  );
  return ranked
    .sort((a, b) => a.rank - b.rank)
    .slice(0, witnessesMax)
    .map(({ example }) => example);
}

function worstFirst(a: CauseWitness, b: CauseWitness): number {
  return badnessOf(b) - badnessOf(a) || (a.stamp ?? 0) - (b.stamp ?? 0);
}

function badnessOf({ extent, lagMs }: CauseWitness): number {
  return extent ?? lagMs ?? 0;
}
