/** How the key of an aggregate is split, by publisher, in version order. */
import { describe, expect, it } from 'vitest';
import { PositionWindow } from '../../../src/checker/memory/position-window.js';
import { learnPublisher, type PublishersState } from '../../../src/checker/memory/publishers.js';
import { splitKeySignatureOf } from '../../../src/checker/signatures/split-key-signature.js';

/** @param events partition and publisher of version 1, 2, …: `0a 1b 0a` */
function signatureOf(events: string, expansions = 0) {
  const positions = new PositionWindow();
  const publishers: PublishersState = { firstPublisher: -1, otherPublishers: null };
  for (const [at, event] of events.split(' ').entries()) {
    learnPublisher(publishers, at + 1, event.charCodeAt(1));
    positions.remember(at + 1, Number(event[0]), at + 1, 0);
  }
  return splitKeySignatureOf({ positions, ...publishers }, expansions);
}

describe('a split key', () => {
  it('returns where the events of one publisher go back to a partition that they had left', () => {
    expect(signatureOf('0a 1a 0a').returns).toBe(true);
    expect(signatureOf('0a 0a 1a 1a').returns).toBe(false);
    expect(signatureOf('0a 1a 2a').returns).toBe(false);
  });

  it('does not return because another publisher has not noticed yet that the key has moved', () => {
    expect(signatureOf('0a 0b 1a 0b 1a 1b', 1).returns).toBe(false);
  });

  it('does not return where it moves no more often than partitions were added', () => {
    expect(signatureOf('0a 1a 0a', 2).returns).toBe(false);
    expect(signatureOf('0a 1a 0a 1a', 2).returns).toBe(true);
  });

  it('is kept by each publisher where all of its events lie in one partition, and tells how many followed others', () => {
    expect(signatureOf('0a 1b')).toMatchObject({ publishersKeep: true, followers: 0 });
    expect(signatureOf('0a 1b 0a')).toMatchObject({ publishersKeep: true, followers: 1 });
    expect(signatureOf('0a 1b 0a 1b 0a 1b 0a 1b 0a')).toMatchObject({ publishersKeep: true, followers: 5 });
    expect(signatureOf('0a 1b 1a')).toMatchObject({ publishersKeep: false, followers: 0 });
  });
});
