import { describe, expect, it } from 'vitest';
import { otherLinesText } from '../../../src/report/words/record/other-lines-text.js';

describe('what is said of lines that are no part of a record', () => {
  it('names spans by what they are of, and does not call them lines without an aggregate', () => {
    const otherSpans = [
      { operation: 'nack', count: 1_200 },
      { operation: 'reject', count: 2 },
      { operation: null, count: 1 },
    ];
    expect(otherLinesText({ other: 1_204, otherSpans })).toEqual([
      '1,202 spans were passed over, of operations that a record has no lines for: nack (1,200) and reject (2)',
      '1 span was passed over, of no message',
      '1 line had neither an aggregate nor a version, and was passed over',
    ]);
  });

  it('names five operations at most', () => {
    const otherSpans = Array.from({ length: 7 }, (_, index) => ({ operation: `op-${String(index)}`, count: 1 }));
    const [text] = otherLinesText({ other: 7, otherSpans });
    expect(text).toContain('op-3 (1), op-4 (1) and 2 more');
    expect(otherLinesText({ other: 0, otherSpans: [] })).toEqual([]);
  });
});
