import { describe, expect, it } from 'vitest';
import { rowsOf } from '../../src/scenario/mode-rows.js';

describe('the rows that a mode and a durable name', () => {
  it('are all without either', () => {
    expect(rowsOf(['all'], null)).toEqual(['multi/shared', 'multi/per-topic', 'single']);
  });

  it('are both multi rows for multi, and one of them with a durable', () => {
    expect(rowsOf(['multi'], null)).toEqual(['multi/shared', 'multi/per-topic']);
    expect(rowsOf(['multi'], 'shared')).toEqual(['multi/shared']);
    expect(rowsOf(['multi'], 'per-topic')).toEqual(['multi/per-topic']);
  });

  it('are one multi row and the single one for a durable without a mode', () => {
    expect(rowsOf(['all'], 'shared')).toEqual(['multi/shared', 'single']);
  });

  it('are one for the name of a row', () => {
    expect(rowsOf(['single'], null)).toEqual(['single']);
    expect(rowsOf(['multi/per-topic'], null)).toEqual(['multi/per-topic']);
    expect(rowsOf(['multi/shared'], 'shared')).toEqual(['multi/shared']);
  });

  it('are none where mode and durable contradict each other', () => {
    expect(rowsOf(['single'], 'shared')).toEqual([]);
    expect(rowsOf(['multi/shared'], 'per-topic')).toEqual([]);
  });
});
