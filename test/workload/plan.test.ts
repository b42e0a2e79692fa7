import { describe, expect, it } from 'vitest';
import { planWorkload } from '../../src/workload/plan.js';
import { sharePublishers } from '../../src/workload/publishers.js';

describe('the workload', () => {
  it('spreads aggregates evenly over topics and keeps each on its own', () => {
    const plan = planWorkload({ aggregates: 50, topics: 5, versions: 100, skew: 0, topicChoice: 'home' });
    const perTopic = [0, 0, 0, 0, 0];
    for (let aggregate = 0; aggregate < 50; aggregate++) {
      expect(new Set([1, 2, 3, 50].map((version) => plan.topicOf(aggregate, version))).size).toBe(1);
      perTopic[plan.topicOf(aggregate, 1)]!++;
    }
    expect(perTopic).toEqual([10, 10, 10, 10, 10]);
    expect(plan.events).toBe(5000);
  });

  it('has as many events with skewed keys as with even ones, and hot aggregates on every topic', () => {
    const plan = planWorkload({ aggregates: 50, topics: 5, versions: 100, skew: 1.2, topicChoice: 'home' });
    const events = Array.from({ length: 50 }, (_, aggregate) => plan.versionsOf(aggregate));
    expect(events.reduce((sum, one) => sum + one, 0)).toBe(plan.events);
    expect(plan.events).toBe(5000);
    expect(events[0]).toBeGreaterThan(10 * events[25]!);
    const hottest = [0, 1, 2, 3, 4];
    expect(Math.min(...hottest.map((aggregate) => events[aggregate]!))).toBeGreaterThan(Math.max(...events.slice(5)));
    expect(new Set(hottest.map((aggregate) => plan.topicOf(aggregate, 1))).size).toBe(5);
  });

  it('moves an aggregate from topic to topic where the scenario spreads it', () => {
    const plan = planWorkload({ aggregates: 5, topics: 3, versions: 4, skew: 0, topicChoice: 'spread' });
    expect([1, 2, 3, 4].map((version) => plan.topicOf(1, version))).toEqual([1, 2, 0, 1]);
  });

  it('gives every aggregate one owner, unless several are asked for', () => {
    const shares = sharePublishers(5, 2, 1);
    expect(shares.flatMap(({ aggregates }) => aggregates).sort()).toEqual([0, 1, 2, 3, 4]);
    expect(sharePublishers(5, 2, 3).map(({ aggregates }) => aggregates.length)).toEqual([5, 5, 5]);
    expect(sharePublishers(1, 4, 1)).toHaveLength(1);
  });
});
