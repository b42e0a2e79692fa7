/** Tests the record of the events of one unit that are under way. */
import { describe, expect, it } from 'vitest';
import { OpenEvents } from '../../../src/checker/memory/open-events.js';

describe('open events', () => {
  it('are found until they are closed', () => {
    const open = new OpenEvents();
    const event = open.open(5);
    expect(open.find(5)).toBe(event);
    expect(open.find(1)).toBeNull();
    open.close(event);
    expect(open.find(5)).toBeNull();
    expect(open.isEmpty).toBe(true);
  });

  it('begin each life anew', () => {
    const open = new OpenEvents();
    const event = open.open(1);
    event.markPublished();
    event.markDelivered(3, () => true);
    open.close(event);
    expect(open.open(1)).toMatchObject({ version: 1, published: false, delivered: false });
  });

  it('may be many at once', () => {
    const open = new OpenEvents();
    for (let version = 1; version <= 1000; version++) open.open(version);
    expect(open.all().map(({ version }) => version)).toEqual(Array.from({ length: 1000 }, (_, i) => i + 1));
    expect(open.within([10, 12]).map(({ version }) => version)).toEqual([10, 11, 12]);
  });

  it('may be left far behind, in any order', () => {
    const open = new OpenEvents();
    for (const version of [1, 1_000_001, 65, 5, 4_000_000_001]) open.open(version);
    for (let version = 2_000_000; version < 2_000_500; version++) open.close(open.open(version));
    expect(open.all().map(({ version }) => version)).toEqual([1, 5, 65, 1_000_001, 4_000_000_001]);
    expect(open.within([2, 3_000_000_000]).map(({ version }) => version)).toEqual([5, 65, 1_000_001]);
    for (const version of [65, 1, 4_000_000_001, 5, 1_000_001]) open.close(open.find(version)!);
    expect(open.isEmpty).toBe(true);
  });

  it('know whether two neighbours were delivered to different subscriptions, whichever came first', () => {
    for (const [own, next, isSplit] of [
      [0, 0, false],
      [0, 1, true],
    ] as const) {
      const open = new OpenEvents();
      const ownFirst = open.open(1);
      ownFirst.markDelivered(own, () => true);
      ownFirst.markNextDelivered(next, () => true);
      const nextFirst = open.open(2);
      nextFirst.markNextDelivered(next, () => true);
      nextFirst.markDelivered(own, () => true);
      expect([ownFirst.isSplit, nextFirst.isSplit]).toEqual([isSplit, isSplit]);
    }
  });
});
