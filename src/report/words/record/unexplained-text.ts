/** Says how much of a record no cause explains. */
import { explainedKinds, type ExplainedKind } from '../../../domain/report/anomaly-signature.js';
import type { Explained } from '../../../domain/report/run-report.js';
import { listed } from '../../../text/lists.js';
import { plural } from '../../../text/numbers.js';

const words: Readonly<Record<ExplainedKind, readonly [one: string, many?: string]>> = {
  regressions: ['regression'],
  duplicates: ['duplicate'],
  lost: ['lost event'],
  phantoms: ['phantom'],
  storeInversions: ['event stored late', 'events stored late'],
  splitKeys: ['split key'],
  overlaps: ['overlap'],
  completionInversions: ['event finished late', 'events finished late'],
};

/** `of 3 regressions it is unknown`; null: all is explained */
export function unexplainedText(unexplained: Explained): string | null {
  const left = explainedKinds.flatMap((kind) => {
    const count = unexplained[kind];
    return count === 0 ? [] : [plural(count, ...words[kind])];
  });
  return left.length === 0 ? null : `unknown for ${listed(left, 'and')}: this record does not tell.`;
}
