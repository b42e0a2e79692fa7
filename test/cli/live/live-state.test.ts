/** The state of all rows of a round, and the time that is left. */
import { describe, expect, it } from 'vitest';
import { LiveState } from '../../../src/cli/live/live-state.js';
import { progressOf } from './progress-of.js';

const names = ['multi/shared', 'multi/per-topic', 'single'];

describe('LiveState', () => {
  it('shows every row from the beginning, those that wait included', () => {
    const state = new LiveState(names);
    state.update(progressOf(), 0);
    expect(state.view(0).rows.map(({ name, state }) => [name, state])).toEqual([
      ['multi/shared', 'running'],
      ['multi/per-topic', 'waiting'],
      ['single', 'waiting'],
    ]);
  });

  it('puts the repeats of a row into one line', () => {
    const state = new LiveState(names);
    for (const rowIndex of [0, 1, 2, 3]) state.update(progressOf({ rowIndex, rowsTotal: 6, phase: 'done' }), 0);
    const view = state.view(0);
    expect(view.rows.map(({ runsDone }) => runsDone)).toEqual([2, 1, 1]);
    expect(view).toMatchObject({ runsDone: 4, runsTotal: 6, atOnce: 0 });
  });

  it('estimates the time that is left by what was done in the time so far', () => {
    const state = new LiveState(names);
    state.update(progressOf({ handled: 0 }), 100_000);
    expect(state.view(100_000).leftMs).toBe(null);
    state.update(progressOf({ phase: 'done' }), 103_000);
    state.update(progressOf({ rowIndex: 1, handled: 1000 }), 104_500);
    expect(state.view(104_500)).toMatchObject({ leftMs: 4500, share: 0.5 });
  });

  it('gives no time for rows whose number is found only while they run', () => {
    const state = new LiveState(names);
    state.update(progressOf({ rowsTotal: null }), 0);
    expect(state.view(5000)).toMatchObject({ leftMs: null, share: null, runsTotal: null });
  });

  it('begins a new round with empty lines and a new estimate', () => {
    const state = new LiveState(names);
    state.update(progressOf({ round: 'warm-up', regressions: 9, phase: 'done' }), 0);
    state.update(progressOf({ round: 'rows', handled: 1000 }), 60_000);
    expect(state.view(60_000)).toMatchObject({ round: 'rows', regressions: 0, runsDone: 0 });
    state.update(progressOf({ round: 'rows', handled: 2000 }), 61_000);
    expect(state.view(61_000).leftMs).toBe(2000);
  });
});
