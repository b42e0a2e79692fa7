import { describe, expect, it } from 'vitest';
import { Assignment } from '../../../src/broker/kafka/assignment.js';

const topics = ['a', 'b', 'c'].map((name) => ({ name: `eventbus-bench.run.${name}`, partitions: 12 }));

describe('Assignment', () => {
  it('knows which partitions a member has', () => {
    const assignment = new Assignment(topics, { 'eventbus-bench.run.b': [0, 2] });
    expect(assignment.has(1, 2)).toBe(true);
    expect(assignment.has(1, 1)).toBe(false);
    expect(assignment.has(0, 0)).toBe(false);
    expect(assignment.has(9, 0)).toBe(false);
  });

  it('is told without the mark of the run, partitions in order of their numbers', () => {
    const assigned = { 'eventbus-bench.run.c': [10, 1, 2], 'eventbus-bench.run.a': [0], 'somebody.else': [5] };
    expect(String(new Assignment(topics, assigned))).toBe('a:0 c:1,2,10');
    expect(String(new Assignment(topics, {}))).toBe('');
  });
});
