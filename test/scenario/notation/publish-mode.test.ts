import { describe, expect, it } from 'vitest';
import { parsePublishMode } from '../../../src/scenario/notation/publish-mode.js';

describe('a publish mode', () => {
  it('is serial, handled, or async with a window', () => {
    expect(parsePublishMode('serial')).toEqual({ kind: 'serial' });
    expect(parsePublishMode('handled')).toEqual({ kind: 'handled' });
    expect(parsePublishMode('async:8')).toEqual({ kind: 'async', window: 8 });
  });

  it.each(['async', 'async:', 'async:0', 'async:-1', 'async:1.5', 'async:10001', 'Serial', ''])(
    '%j is none',
    (text) => {
      expect(parsePublishMode(text)).toBeNull();
    },
  );
});
