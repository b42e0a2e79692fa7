import { describe, expect, it } from 'vitest';
import { FirstHandlings } from '../../src/observation/first-handlings.js';

describe('FirstHandlings', () => {
  it('says of each version once that it is handled for the first time, in whatever order versions come', () => {
    const first = new FirstHandlings();
    const answers = [1, 1, 4, 2, 4, 2, 3, 3, 5].map((version) => first.isFirst(0, version));
    expect(answers).toEqual([true, false, true, true, false, false, true, false, true]);
  });

  it('keeps aggregates apart', () => {
    const first = new FirstHandlings();
    expect([first.isFirst(0, 1), first.isFirst(9, 1), first.isFirst(9, 1)]).toEqual([true, true, false]);
  });

  it('takes an absurd version without filling the memory with what it skipped', () => {
    const first = new FirstHandlings();
    expect(first.isFirst(0, Number.MAX_SAFE_INTEGER - 1)).toBe(true);
    expect(first.isFirst(0, 1)).toBe(false);
  });
});
