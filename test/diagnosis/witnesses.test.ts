/** Of the examples of all signatures that a cause claimed, the worst of each kind come first, at most three. */
import { expect, it } from 'vitest';
import type { CauseWitness } from '../../src/domain/report/witness.js';
import { worstOf } from '../../src/diagnosis/witnesses.js';
import { cameAgain, fetchedByAnother } from '../report/witness-fixtures.js';

const regression = (extent: number, stamp = 1): CauseWitness => ({ ...fetchedByAnother, extent, stamp });
const inversion = (lagMs: number, stamp = 1): CauseWitness => ({ ...cameAgain, lagMs, stamp });

it('takes the worst of each kind before the second worst of any', () => {
  const [worst, second, third] = [regression(9), regression(7), regression(3)];
  const [late, later] = [inversion(0.5), inversion(80)];
  expect(worstOf([third, late, worst, later, second])).toEqual([worst, later, second]);
});

it('takes of equally bad ones that which was seen first', () => {
  const [first, second] = [regression(4, 17), regression(4, 20)];
  expect(worstOf([second, first])).toEqual([first, second]);
});

it('takes none of none', () => {
  expect(worstOf([])).toEqual([]);
});
