/**
 * Timers of the virtual world, the earliest first. Timers for one moment come in the order of their ties, which whoever
 * sets a timer draws from a seeded generator: the order is then neither that of setting nor of the queue's own making.
 */
import TinyQueue from 'tinyqueue';

export type Callback = () => void;

export interface Timer {
  readonly timeMs: number;
  readonly tie: number;
  readonly callback: Callback;
  /** Whether it lets a waiting task go on, rather than being a plain callback. */
  readonly resumes: boolean;
}

export type TimerQueue = TinyQueue<Timer>;

export function timerQueue(): TimerQueue {
  return new TinyQueue<Timer>([], byTimeThenTie);
}

/** Infinity is a time like any other. */
function byTimeThenTie(a: Timer, b: Timer): number {
  return a.timeMs === b.timeMs ? a.tie - b.tie : a.timeMs - b.timeMs;
}
