import { describe, expect, it } from 'vitest';
import { readPublishAnswer } from '../../../src/broker/nats/publish-ack.js';

const read = (text: string) => readPublishAnswer(new TextEncoder().encode(text));
const stored = (position: number, duplicate = false) => ({
  kind: 'stored',
  ack: { partition: 0, position, duplicate },
});

describe('readPublishAnswer', () => {
  it('reads the sequence, written with or without spaces, with or without a domain', () => {
    expect(read('{"stream":"S","seq":7}')).toEqual(stored(7));
    expect(read('{"stream":"S", "seq":1234567890}')).toEqual(stored(1_234_567_890));
    expect(read('{"stream":"S","domain":"hub","seq":12}')).toEqual(stored(12));
    expect(read('{"stream":"S","seq": 12}')).toEqual(stored(12));
  });

  it('reads that the message was there before', () => {
    expect(read('{"stream":"S","seq":7,"duplicate": true}')).toEqual(stored(7, true));
  });

  it('reads why the server refused', () => {
    const answer =
      '{"error":{"code":503,"err_code":10077,"description":"maximum messages exceeded"},"stream":"S","seq":0}';
    expect(read(answer)).toEqual({ kind: 'refused', reason: 'maximum messages exceeded' });
  });

  it.each([
    '{}',
    '[]',
    'null',
    '{"seq":"7"}',
    '7}',
    '"seq":7}',
    '{"stream":"S","seq":0}',
    '{"stream":"S","x":7}',
    'x',
    '{"a":"seq":7}',
  ])('takes %s for no proof of storage', (text) => {
    expect(read(text).kind).toBe('refused');
  });
});
