import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Outage } from '../../../src/broker/kafka/outage.js';

function setUp(isWaiting = () => true) {
  const told: string[] = [];
  const outage = new Outage({
    giveUpAfterMs: 1_000,
    onDown: () => told.push('down'),
    onUp: () => told.push('up'),
    onLost: (reason) => {
      told.push(`lost: ${reason}`);
      return isWaiting();
    },
  });
  return { outage, told };
}

describe('Outage', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('counts as lost what stays out of reach for long enough, for the last reason told', () => {
    const { outage, told } = setUp();
    outage.failed('refused');
    vi.advanceTimersByTime(600);
    outage.failed('timed out');
    vi.advanceTimersByTime(399);
    expect(told).toEqual(['down']);
    vi.advanceTimersByTime(1);
    expect(told).toEqual(['down', 'lost: timed out']);
    outage.failed('refused');
    vi.advanceTimersByTime(5_000);
    expect(told).toHaveLength(2);
  });

  it('ends with an answer', () => {
    const { outage, told } = setUp();
    outage.failed('refused');
    outage.answered();
    outage.answered();
    vi.advanceTimersByTime(5_000);
    expect(told).toEqual(['down', 'up']);
  });

  it('is forgotten where nobody waits', () => {
    let isWaiting = false;
    const { outage, told } = setUp(() => isWaiting);
    outage.failed('refused');
    vi.advanceTimersByTime(1_000);
    isWaiting = true;
    outage.failed('refused');
    vi.advanceTimersByTime(1_000);
    expect(told).toEqual(['down', 'lost: refused', 'down', 'lost: refused']);
  });

  it('tells nothing once it is closed', () => {
    const { outage, told } = setUp();
    outage.failed('refused');
    outage.close();
    outage.failed('refused');
    vi.advanceTimersByTime(5_000);
    expect(told).toEqual(['down']);
  });
});
