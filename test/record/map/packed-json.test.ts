/** What the message says of lines whose event is JSON within a string. */
import { describe, expect, it } from 'vitest';
import { packedIn } from '../../../src/record/map/packed-json.js';

const event = JSON.stringify({ orderId: 'o-1', seq: 4 });

describe('packedIn', () => {
  it.each([
    [
      'a CloudWatch export',
      { '@timestamp': '2026-01-01 00:00:00.000', '@message': event },
      `jq -c '. + (.["@message"] | fromjson)' app.log | eventbus-bench check - --map 'aggregate=.orderId,version=.seq,time=.@timestamp'`,
    ],
    [
      'events of a CloudWatch group',
      { message: event, logStreamName: 'web' },
      `jq -c '. + (.message | fromjson)' app.log | eventbus-bench check - --map 'aggregate=.orderId,version=.seq'`,
    ],
    [
      'kcat, whose key is the aggregate',
      { topic: 't', partition: 0, offset: 9, key: 'o-1', payload: '{"seq":4}' },
      `jq -c '. + (.payload | fromjson)' app.log | eventbus-bench check - --map 'aggregate=.key,version=.seq,topic=.topic,position=.offset,partition=.partition'`,
    ],
  ])('has the command that unpacks %s', (_, line, command) => {
    expect(packedIn([JSON.stringify(line)], 'app.log')?.wayOut).toBe(`unpack it: ${command}`);
  });

  it('names no file for what came from standard input', () => {
    const { wayOut } = packedIn([JSON.stringify({ message: event })], 'standard input')!;
    expect(wayOut).toContain("fromjson)' | eventbus-bench check -");
  });

  it('finds nothing in strings that are no JSON, or have no version', () => {
    expect(packedIn(['{"message":"order o-1"}', '{"message":"{\\"orderId\\":1}"}', 'no JSON'], 'app.log')).toBe(null);
  });
});
