/** The engine for handlings alone gives way to the other one wherever a line could change what is counted. */
import { describe, expect, it } from 'vitest';
import { checkHistory } from '../../../src/run/check-history.js';

describe('a handling that failed', () => {
  it('makes no duplicate of the next one, even where it is the first line with `ok`', () => {
    const { counts } = checkHistory([
      { aggregate: 'a', version: 1 },
      { aggregate: 'a', version: 2, ok: false },
      { aggregate: 'a', version: 2 },
    ]);
    expect(counts).toMatchObject({ regressions: 0, duplicates: 0 });
  });
});
