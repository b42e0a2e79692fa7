/** Three candidates on a broker: one that keeps the first pass, one that retries, one that repairs behind a fault. */
import type { Candidate } from '../../src/domain/report/comparison.js';
import { comparisonOf, gate, repeated, retry } from './fixtures.js';

export function candidatesOn(broker: string): readonly Candidate[] {
  const rows = ['multi/shared+plain', 'single+retry', 'multi/shared+gate'].flatMap((id) =>
    repeated(id, [100, 101], { broker }),
  );
  return comparisonOf(rows, { retry, gate }).candidates;
}
