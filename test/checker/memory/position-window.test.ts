/** At which log position each of the more recent versions is. */
import { describe, expect, it } from 'vitest';
import { PositionWindow } from '../../../src/checker/memory/position-window.js';

describe('the window of positions', () => {
  it('remembers what is above the floor and what is far ahead of it', () => {
    const window = new PositionWindow();
    for (let version = 1; version <= 100; version++) window.remember(version, 0, 1000 + version, version - 8);
    expect([93, 94, 100, 101].map((version) => window.positionOf(version))).toEqual([1093, 1094, 1100, 0]);
    window.remember(4000, 0, 6000, 92);
    expect([93, 100, 101, 3999, 4000].map((version) => window.positionOf(version))).toEqual([1093, 1100, 0, 0, 6000]);
  });

  it('knows no position of a version that was passed over, even where another version had its place before', () => {
    const window = new PositionWindow();
    for (const version of [1, 2, 3, 4, 6, 9]) window.remember(version, 0, version * 10, version - 4);
    expect([5, 6, 7, 8, 9].map((version) => window.positionOf(version))).toEqual([0, 60, 0, 0, 90]);
  });

  it('takes the next version in a few comparisons only where that goes on in order', () => {
    const window = new PositionWindow();
    window.remember(1, 0, 10, -7);
    expect(window.rememberNext(2, 0, 20)).toBe(true);
    expect(window.rememberNext(4, 0, 40)).toBe(false);
    expect(window.rememberNext(3, 0, 15)).toBe(false);
    expect(window.rememberNext(3, 1, 30)).toBe(false);
    expect([1, 2, 3].map((version) => window.positionOf(version))).toEqual([10, 20, 0]);
  });

  it('keeps partitions apart once there are two', () => {
    const window = new PositionWindow();
    window.remember(1, 3, 10, -7);
    expect(window.singlePartition).toBe(true);
    window.remember(2, 5, 11, -7);
    for (let version = 3; version < 40; version++) window.remember(version, version % 2 === 1 ? 3 : 5, version, -7);
    expect([1, 2, 3, 38].map((version) => window.partitionOf(version))).toEqual([3, 5, 3, 5]);
    expect(window.isAt(2, 5, 11)).toBe(true);
    expect(window.isAt(2, 3, 11)).toBe(false);
  });

  it('forgets what lies absurdly far below rather than growing without end', () => {
    const window = new PositionWindow();
    window.remember(1, 0, 10, -7);
    expect(window.remember(3_000_000_000, 0, 20, -7)).toBe(true);
    expect([window.positionOf(1), window.positionOf(3_000_000_000)]).toEqual([0, 20]);
    expect(window.remember(2, 0, 30, -7)).toBe(false);
  });
});
