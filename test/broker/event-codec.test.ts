import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeEvent, EventDecoder } from '../../src/broker/event-codec.js';
import type { EventMessage } from '../../src/broker/port.js';

const event: EventMessage = {
  aggregateId: 'agg-37',
  version: 2,
  aggregate: 36,
  topic: 0,
  publisher: 0,
  publishStamp: 81,
  publishedAtMs: 12.3,
};

const bytes = (text: string) => new TextEncoder().encode(text);
const decode = (text: string) => new EventDecoder().decode(bytes(text));

describe('the event codec', () => {
  it('writes JSON, its fields always in the same order', () => {
    expect(encodeEvent(event)).toBe(
      '{"aggregateId":"agg-37","version":2,"aggregate":36,"topic":0,"publisher":0,"publishStamp":81,"publishedAtMs":12.3}',
    );
  });

  it('reads back what it wrote, times to a thousandth of a millisecond', () => {
    const decoder = new EventDecoder();
    const count = fc.nat({ max: 2 ** 31 });
    const id = fc.oneof(fc.string(), fc.string({ unit: 'grapheme' }));
    fc.assert(
      fc.property(
        fc.record({ version: count, topic: count, publisher: count, publishStamp: fc.maxSafeNat(), aggregateId: id }),
        fc.double({ min: 0, max: 1e9, noNaN: true }),
        (fields, publishedAtMs) => {
          // A decoder remembers names by aggregate: every aggregate has one name.
          const written = { ...fields, aggregate: indexOf(fields.aggregateId), publishedAtMs };
          expect(decoder.decode(bytes(encodeEvent(written)))).toEqual({
            ...written,
            publishedAtMs: Math.round(publishedAtMs * 1000) / 1000,
          });
        },
      ),
    );
  });

  it('reads the same from a view into a larger buffer', () => {
    const inside = bytes(`XX${encodeEvent(event)}XX`);
    expect(new EventDecoder().decode(inside.subarray(2, inside.length - 2))).toEqual(event);
  });

  it('reads fields in another order and with spaces, as another program may write them', () => {
    expect(decode(JSON.stringify(Object.fromEntries(Object.entries(event).reverse()), null, 1))).toEqual(event);
    expect(decode(encodeEvent(event).replace('12.3', '1.23e1'))).toEqual(event);
  });

  it.each([
    ['nothing', ''],
    ['text', 'hello'],
    ['null', 'null'],
    ['a message cut off', encodeEvent(event).slice(0, -1)],
    ['a message with more behind it', `${encodeEvent(event)}x`],
    ['a negative version', encodeEvent({ ...event, version: -1 })],
    ['a version with a fraction', encodeEvent({ ...event, version: 1.5 })],
    ['a field that is missing', '{"aggregateId":"agg-37","version":2}'],
    ['a number that is missing', encodeEvent(event).replace('"topic":0', '"topic":')],
    ['a time with two dots', encodeEvent(event).replace('12.3', '1.2.3')],
  ])('takes %s for no event', (_, text) => {
    expect(decode(text)).toBeNull();
  });
});

const indices = new Map<string, number>();
function indexOf(name: string): number {
  const known = indices.get(name);
  if (known !== undefined) return known;
  indices.set(name, indices.size);
  return indices.size - 1;
}
