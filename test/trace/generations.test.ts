import { describe, expect, it } from 'vitest';
import { Generations } from '../../src/trace/generations.js';

describe('Generations', () => {
  it('keeps a value for at least one span of stamps and lets it go before two have passed', () => {
    const generations = new Generations<string>(10);
    generations.reach(10);
    generations.set(1, 'a');
    expect(generations.reach(20)).toEqual([]);
    expect(generations.get(1)).toBe('a');
    expect(generations.reach(29)).toEqual([]);
    expect(generations.get(1)).toBe('a');
    expect(generations.reach(30)).toEqual(['a']);
    expect(generations.get(1)).toBeUndefined();
  });

  it('gives a value away once, whichever generation it is in', () => {
    const generations = new Generations<string>(10);
    generations.set(1, 'a');
    generations.reach(10);
    generations.set(2, 'b');
    expect([generations.take(1), generations.take(1), generations.take(2), generations.take(2)]).toEqual([
      'a',
      undefined,
      'b',
      undefined,
    ]);
    expect(generations.size).toBe(0);
  });

  it('lets go of everything when it is cleared, oldest first', () => {
    const generations = new Generations<string>(10);
    generations.set(1, 'a');
    generations.reach(10);
    generations.set(2, 'b');
    expect(generations.clear()).toEqual(['a', 'b']);
    expect(generations.size).toBe(0);
  });
});
