import { describe, expect, it } from 'vitest';
import { HeartbeatGap, type HeartbeatGapOptions } from '../../src/broker/heartbeat-gap.js';

const optionsOf = (onNote: HeartbeatGapOptions['onNote']): HeartbeatGapOptions => ({
  ...{ subscription: { name: 'sub-1' }, topology: { consumer: { sessionTimeoutMs: 500 } }, onNote },
});

function gapAt(moments: readonly (readonly ['joined' | 'called' | 'beaten', number])[]): unknown[] {
  let nowMs = 0;
  const told: unknown[] = [];
  const gap = new HeartbeatGap(optionsOf((kind, detail) => told.push([kind, detail])), () => nowMs); // prettier-ignore
  for (const [what, atMs] of moments) {
    nowMs = atMs;
    gap[what]();
  }
  return (told as [string, { gapMs: number }][]).map(([kind, { gapMs }]) =>
    kind === 'heartbeat' ? gapMs : [kind, gapMs],
  );
}

describe('the time without a heartbeat', () => {
  it('is told when it is longer than any before, from joining on', () => {
    expect(gapAt([['joined', 10], ['beaten', 40], ['beaten', 70], ['beaten', 90], ['beaten', 121.5]])).toEqual([30, 31.5]); // prettier-ignore
  });

  it('begins anew with joining again, where the group called for it: the session does', () => {
    expect(gapAt([['joined', 0], ['beaten', 5], ['called', 7], ['joined', 1_000], ['beaten', 1_004]])).toEqual([5]); // prettier-ignore
  });

  it('ends with joining again, where the group had put the member out', () => {
    const moments = [['joined', 0], ['beaten', 5], ['called', 7], ['joined', 9], ['joined', 1_000], ['beaten', 1_004]] as const; // prettier-ignore
    expect(gapAt(moments)).toEqual([5, ['put-out', 991], 991]);
  });

  it('ends with joining again by itself, within its session, which puts nobody out', () => {
    expect(gapAt([['joined', 0], ['beaten', 5], ['joined', 504], ['beaten', 506]])).toEqual([5, 499]); // prettier-ignore
    expect(gapAt([['joined', 0], ['beaten', 5], ['joined', 505], ['beaten', 506]])).toEqual([5, ['put-out', 500], 500]); // prettier-ignore
  });

  it('is in whole microseconds, and names the subscription', () => {
    const told: unknown[] = [];
    let nowMs = 0.1;
    const gap = new HeartbeatGap(optionsOf((kind, detail) => told.push([kind, detail])), () => nowMs); // prettier-ignore
    gap.joined();
    nowMs = 0.3;
    gap.beaten();
    expect(told).toEqual([['heartbeat', { subscription: 'sub-1', gapMs: 0.2 }]]);
  });
});
