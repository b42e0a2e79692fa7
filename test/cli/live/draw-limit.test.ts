/** How often the live view may be drawn, by a clock that the test moves. */
import { describe, expect, it } from 'vitest';
import { DrawLimit } from '../../../src/cli/live/draw-limit.js';

/** @param cpuShare how much CPU time the run takes of each second. @param drawingMs what one drawing takes */
function drawn(forMs: number, { cpuShare, drawingMs }: { cpuShare: number; drawingMs: number }) {
  let now = 0;
  let cpu = 500;
  const limit = new DrawLimit({ nowMs: () => now, cpuMs: () => cpu });
  const times: number[] = [];
  for (; now < forMs; now += 5, cpu += 5 * cpuShare) {
    if (!limit.isDue(now)) continue;
    times.push(now);
    limit.draw(() => {
      now += drawingMs;
      cpu += drawingMs;
    });
  }
  return { times, limit, runMs: cpu - 500 };
}

describe('DrawLimit', () => {
  it('allows ten drawings a second where they cost next to nothing', () => {
    const { times } = drawn(10_500, { cpuShare: 1, drawingMs: 0 });
    // The first waits until it can be paid for.
    expect(times[0]).toBe(500);
    expect(times).toHaveLength(100);
    for (const [at, time] of times.slice(1).entries()) expect(time - times[at]!).toBeGreaterThanOrEqual(100);
  });

  it.each([
    ['a run that keeps a core busy, and drawings that take long', { cpuShare: 1, drawingMs: 7 }],
    ['a run that mostly waits', { cpuShare: 0.05, drawingMs: 0.5 }],
  ])('keeps to 1 %% of the CPU time of %s', (_what, run) => {
    const { times, limit, runMs } = drawn(60_000, run);
    expect(times.length).toBeGreaterThan(10);
    expect(limit.drawings).toBe(times.length);
    expect(limit.spentMs / runMs).toBeLessThanOrEqual(0.01);
    expect(limit.spentMs / runMs).toBeGreaterThan(0.009);
  });

  it('counts no time in which the process had to wait for the machine while it drew', () => {
    let now = 0;
    const limit = new DrawLimit({ nowMs: () => now, cpuMs: () => 1 });
    limit.draw(() => (now += 40));
    expect(limit.spentMs).toBe(0);
  });
});
