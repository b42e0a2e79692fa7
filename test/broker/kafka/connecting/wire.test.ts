import { describe, expect, it } from 'vitest';
import { clientFit, releaseOf } from '../../../../src/broker/kafka/connecting/broker-version.js';
import {
  apiVersionsRequest,
  readApiVersions,
  readSaslHandshake,
  saslHandshakeRequest,
} from '../../../../src/broker/kafka/connecting/wire.js';
import type { ApiRange, ApiVersions } from '../../../../src/broker/kafka/connecting/wire.js';

/** No error; Produce 3–13 and Metadata 0–13; throttle 0; supported features: metadata.version up to 33, group.version up to 1. */
const answer3 = Buffer.concat([
  Buffer.from('0000' + '03' + '00000003000d00' + '00030000000d00' + '00000000' + '01', 'hex'),
  Buffer.from('00' + '2a' + '03' + '11', 'hex'),
  Buffer.from('metadata.version'),
  Buffer.from('0007002100' + '0e', 'hex'),
  Buffer.from('group.version'),
  Buffer.from('0000000100', 'hex'),
]);

describe('ApiVersions', () => {
  it('is asked for as the protocol has it', () => {
    expect(apiVersionsRequest(0, 7).toString('hex')).toBe(
      '00000018' + '00120000' + '00000007' + '000e' + Buffer.from('eventbus-bench').toString('hex'),
    );
    const flexible = apiVersionsRequest(3, 7);
    expect(flexible.readInt32BE(0)).toBe(flexible.length - 4);
    expect(flexible.readInt16BE(6)).toBe(3);
  });

  it('of version 3 tells ranges and features', () => {
    const versions = readApiVersions(3, answer3);
    expect([...versions.ranges]).toEqual([
      [0, { min: 3, max: 13 }],
      [3, { min: 0, max: 13 }],
    ]);
    expect([...versions.features]).toEqual([
      ['metadata.version', 33],
      ['group.version', 1],
    ]);
    expect(releaseOf(versions)).toBe('4.4');
  });

  it('of version 3 is answered in the form of version 0 by a broker that does not know it', () => {
    const answer = Buffer.from('0023' + '00000001' + '001200000003', 'hex');
    expect(readApiVersions(3, answer)).toMatchObject({ errorCode: 35, ranges: new Map([[18, { min: 0, max: 3 }]]) });
  });

  it('is refused if it is cut short', () => {
    for (let length = 0; length < answer3.length; length++) {
      expect(() => readApiVersions(3, answer3.subarray(0, length))).toThrow(RangeError);
    }
  });
});

describe('SaslHandshake', () => {
  it('names the mechanism, and is answered with those that are possible', () => {
    expect(saslHandshakeRequest('PLAIN', 1).subarray(-7).toString('latin1')).toBe('\0\u0005PLAIN');
    const answer = Buffer.concat([Buffer.from('0021000000020005', 'hex'), Buffer.from('PLAIN\0\u0003FOO', 'latin1')]);
    expect(readSaslHandshake(answer)).toEqual({ errorCode: 33, mechanisms: ['PLAIN', 'FOO'] });
  });
});

describe('releaseOf', () => {
  const withLevel = (level: number): ApiVersions => ({
    errorCode: 0,
    ranges: new Map(),
    features: new Map([['metadata.version', level]]),
  });

  it.each([
    [7, '3.3'],
    [19, '3.7'],
    [21, '3.9'],
    [25, '4.0'],
    [29, '4.2'],
    [30, '4.3'],
    [33, '4.4'],
  ])('takes level %i for %s', (level, release) => {
    expect(releaseOf(withLevel(level))).toBe(release);
  });

  it('is null where the broker does not tell', () => {
    expect(releaseOf({ errorCode: 0, ranges: new Map(), features: new Map() })).toBeNull();
  });
});

describe('clientFit', () => {
  const needed = [0, 1, 2, 3, 8, 9, 10, 11, 12, 14, 19, 22];
  const broker = (changes: ReadonlyMap<number, ApiRange | null>): ApiVersions => ({
    errorCode: 0,
    features: new Map(),
    ranges: new Map(
      needed.flatMap((key) => {
        const range = changes.get(key) === undefined ? { min: 0, max: 20 } : changes.get(key)!;
        return (range as ApiRange | null) === null ? [] : [[key, range] as const];
      }),
    ),
  });

  it('fits where every request has a version in common', () => {
    expect(clientFit(broker(new Map()))).toEqual({ kind: 'fits' });
  });

  it('names the first request that a broker no longer takes, or does not know yet', () => {
    expect(clientFit(broker(new Map([[3, { min: 7, max: 13 }]])))).toEqual({
      kind: 'broker too new',
      request: 'Metadata',
    });
    expect(clientFit(broker(new Map([[22, null]])))).toEqual({ kind: 'broker too old', request: 'InitProducerId' });
  });
});
