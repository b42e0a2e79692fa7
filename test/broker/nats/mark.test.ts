import { describe, expect, it } from 'vitest';
import { describeOwner, ownerOf, streamMark, thisProcess } from '../../../src/broker/nats/mark.js';

describe('the marks of a stream', () => {
  const owner = { runId: 'l9abc-1f2e3d', host: 'host "1"', pid: 42 };

  it('tell which run on which host made it', () => {
    expect(ownerOf(`${streamMark}l9abc-1f2e3d`, describeOwner(owner))).toEqual(owner);
    expect(thisProcess('r').pid).toBe(process.pid);
  });

  it.each([
    ['another name', 'ORDERS', describeOwner(owner)],
    ['a name that only holds the mark', `X_${streamMark}r`, describeOwner(owner)],
    ['no description', `${streamMark}r`, undefined],
    ['another description', `${streamMark}r`, 'orders of the shop'],
    ['a description that begins otherwise', `${streamMark}r`, describeOwner(owner).replace('Made', 'Kept')],
    ['a description cut off', `${streamMark}r`, describeOwner(owner).slice(0, -3)],
    ['a description without a process', `${streamMark}r`, describeOwner(owner).replace('"pid":42', '"pid":"x"')],
  ])('are not there with %s', (_, name, description) => {
    expect(ownerOf(name, description)).toBeNull();
  });
});
