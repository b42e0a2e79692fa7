/** The message keys of Kafka events. */
import { describe, expect, it } from 'vitest';
import { kafkaKeys, keyOf, type KafkaKey } from '../../src/domain/kafka.js';
import { EventKeys } from '../../src/broker/kafka/event-keys.js';

const events = [1, 2, 3].flatMap((version) =>
  ['a', 'b'].map((aggregateId, aggregate) => ({ aggregateId, aggregate, version })),
);
const keysOf = (key: KafkaKey): (string | null)[] => events.map((event) => keyOf(key, event));

describe('the key of an event', () => {
  it('is the same for all events of an aggregate and another for another aggregate', () => {
    for (const key of ['aggregate', 'hash'] as const) expect(new Set(keysOf(key)).size, key).toBe(2);
  });

  it('is one of its own for each event where it is that of the event, and none where there is none', () => {
    expect(new Set(keysOf('event')).size).toBe(events.length);
    expect(keysOf('none')).toEqual(events.map(() => null));
  });

  it('is the same by whichever way it is made', () => {
    for (const key of kafkaKeys) {
      const keys = new EventKeys('default', key);
      expect(
        events.map((event) => keys.of(event)?.bytes.toString() ?? null),
        key,
      ).toEqual(keysOf(key));
    }
  });
});
