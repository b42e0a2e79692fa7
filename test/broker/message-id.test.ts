import { expect, it } from 'vitest';
import { messageIdOf } from '../../src/broker/produce/message-id.js';

it('a message id tells events apart by topic, aggregate and version, or, a fault, without the version', () => {
  const event = { topic: 1, aggregateId: 'agg-7', version: 3 };
  expect(messageIdOf('event', event)).toBe('1.agg-7.3');
  expect(messageIdOf('aggregate', event)).toBe(messageIdOf('aggregate', { ...event, version: 4 }));
  expect(messageIdOf('aggregate', event)).not.toBe(messageIdOf('aggregate', { ...event, topic: 2 }));
  expect(messageIdOf('none', event)).toBeUndefined();
});
