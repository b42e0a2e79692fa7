/** What kind of bus makes a random history: how large, of which broker, and how unruly. */
import * as fc from 'fast-check';

export interface Shape {
  readonly topics: number;
  readonly aggregates: number;
  /** Alive at the beginning. */
  readonly subscriptions: number;
  readonly publishers: number;
  /** 1 on JetStream. */
  readonly partitions: number;
  /** Kafka-like: the broker does not count deliveries. */
  readonly countsDeliveries: boolean;
  /** An aggregate's events go to its own topic, to any, or one id goes to two topics, each with versions of its own. */
  readonly topicsOfAggregate: 'home' | 'any' | 'both';
  /** A foreign trace has no publish calls at all. */
  readonly hasPublishCalls: boolean;
  /** A foreign trace may begin where handlers start. */
  readonly hasDeliverCalls: boolean;
  /** Every how many deliveries lack each of publish stamp, position, partition; 0: none. */
  readonly missingEvery: number;
  /** Deliveries under way at a time, but for exceptions. */
  readonly inHandMax: number;
  /** How much rarer everything out of turn is than in the most unruly histories. */
  readonly calmness: number;
}

export const shapes: fc.Arbitrary<Shape> = fc.record({
  topics: fc.integer({ min: 1, max: 3 }),
  aggregates: fc.integer({ min: 1, max: 2 }),
  subscriptions: fc.integer({ min: 1, max: 3 }),
  publishers: fc.integer({ min: 1, max: 3 }),
  partitions: fc.integer({ min: 1, max: 3 }),
  countsDeliveries: fc.boolean(),
  topicsOfAggregate: fc.constantFrom('home', 'any', 'both'),
  hasPublishCalls: mostly(true),
  hasDeliverCalls: mostly(true),
  missingEvery: fc.constantFrom(0, 0, 0, 2, 7),
  inHandMax: fc.constantFrom(1, 1, 2, 99, 99),
  calmness: fc.constantFrom(1, 1, 4, 30, 1000),
});

function mostly(value: boolean): fc.Arbitrary<boolean> {
  return fc.integer({ min: 0, max: 15 }).map((n) => (n === 15 ? !value : value));
}

/** Enough decisions for some dozens of events to pass. */
export const decisionLists: fc.Arbitrary<readonly number[]> = fc.array(fc.nat({ max: 0xffff }), {
  minLength: 40,
  maxLength: 1600,
  size: 'max',
});

/** Subscriptions that a bus can have in all, with those that take the place of dead ones. */
export const subscriptionsMax = 6;

/** Groups, or durables, whose members a history may rebalance. */
export const queueNames = ['queue-0', 'queue-1', 'queue-2'] as const;
