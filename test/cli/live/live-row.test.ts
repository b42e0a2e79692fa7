/** What is shown of a row, its repeats together. */
import { describe, expect, it } from 'vitest';
import { RowProgress } from '../../../src/cli/live/live-row.js';
import { progressOf } from './progress-of.js';

describe('RowProgress', () => {
  it('knows nothing of a row that waits', () => {
    expect(new RowProgress('single').shown(3)).toEqual({
      ...{ name: 'single', state: 'waiting', runsDone: 0, share: 0, handledPerSecond: null, throughput: [] },
      ...{ regressions: null, inFlight: null, lag: null },
    });
  });

  it('shows the counts of the row under way, and its share', () => {
    const row = new RowProgress('single');
    row.update(progressOf({ regressions: 7 }));
    expect(row.shown(1)).toMatchObject({
      ...{ state: 'running', share: 0.5, regressions: 7, inFlight: 40, lag: 200, handledPerSecond: 1000 },
    });
  });

  it('counts time from the first publish to the end of the drain, and none in which a server is set up or cleaned', () => {
    const row = new RowProgress('single');
    const steps = [
      { phase: 'starting', elapsedMs: 0, handled: 0, published: 0 },
      { phase: 'running', elapsedMs: 5000, handled: 0, published: 0 },
      { phase: 'running', elapsedMs: 6000, handled: 1000 },
      { phase: 'closing', elapsedMs: 7000, handled: 2000 },
      { phase: 'done', elapsedMs: 20_000, handled: 2000 },
    ] as const;
    for (const step of steps) row.update(progressOf(step));
    expect(row.shown(1)).toMatchObject({ state: 'done', handledPerSecond: 1000, share: 1 });
    expect(row.shown(1).throughput.map(Math.round)).toEqual(Array.from({ length: 20 }, () => 1000));
  });

  it('adds up its repeats, also where several are under way at once', () => {
    const row = new RowProgress('single');
    const at = (rowIndex: number, changes: object): void => row.update(progressOf({ rowIndex, ...changes }));
    at(0, { regressions: 3 });
    at(3, { regressions: 4, handled: 500 });
    expect(row.shown(4)).toMatchObject({
      ...{ runsDone: 0, share: 0.75 / 4, regressions: 7, inFlight: 80, lag: 400, handledPerSecond: 750 },
    });
    at(0, { regressions: 5, phase: 'done', handled: 2000, elapsedMs: 2000, inFlight: 0, lag: 0 });
    expect(row.shown(4)).toMatchObject({
      ...{ state: 'running', runsDone: 1, share: 1.25 / 4, regressions: 9, inFlight: 40, lag: 200 },
    });
  });

  it('waits between two repeats, keeps what they found, and is done after the last', () => {
    const row = new RowProgress('single');
    row.update(progressOf({ phase: 'done', regressions: 2, inFlight: 0, lag: 1 }));
    expect(row.shown(2)).toMatchObject({ state: 'waiting', runsDone: 1, regressions: 2, lag: 1, inFlight: 0 });
    row.update(progressOf({ rowIndex: 3, phase: 'done', regressions: 2, inFlight: 0, lag: 0 }));
    expect(row.shown(2)).toMatchObject({ state: 'done', runsDone: 2, regressions: 4, share: 1 });
  });

  it('says nothing of the order of a row that published nothing, such as one that its broker does not support', () => {
    const row = new RowProgress('single');
    const nothing = { published: 0, handled: 0, inFlight: 0, lag: 0 };
    row.update(progressOf({ ...nothing, phase: 'starting' }));
    row.update(progressOf({ ...nothing, phase: 'done' }));
    expect(row.shown(1)).toMatchObject({ state: 'done', regressions: null, lag: null, handledPerSecond: null });
  });

  it('knows no share of repeats whose number is found only while they run', () => {
    const row = new RowProgress('single');
    row.update(progressOf({ phase: 'done', rowsTotal: null }));
    expect(row.shown(null)).toMatchObject({ share: null, runsDone: 1 });
  });
});
