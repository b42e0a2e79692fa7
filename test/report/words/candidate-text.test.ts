import { describe, expect, it } from 'vitest';
import { claimsOf } from '../../../src/report/words/candidate-text.js';
import { candidatesOn } from '../../comparison/candidates.js';

describe('what is said of a candidate', () => {
  it('names the survivals that its broker asks for', () => {
    expect(claimsOf(candidatesOn('nats')[1]!)).toContain('through redelivery, resize, not through crash.');
    expect(claimsOf(candidatesOn('kafka')[1]!)).toContain('not through crash, rebalance, partitions.');
  });

  it('names a repair behind a fault as such', () => {
    expect(claimsOf(candidatesOn('nats')[2]!)).toContain('defence in depth, not a fix');
    expect(claimsOf(candidatesOn('kafka')[2]!)).not.toContain('defence in depth');
  });

  it('gives its zero by runs and by pairs at risk, and no memory of the process', () => {
    const text = claimsOf(candidatesOn('nats')[1]!);
    expect(text).toContain(
      'Ordered in 2 of 2 runs: at most 78 % of runs are violated, with 95 % confidence; 0 of 2,000 pairs at risk inverted.',
    );
    expect(text).not.toMatch(/MB|contested/);
  });
});
