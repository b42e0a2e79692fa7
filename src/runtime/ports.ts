/**
 * The interfaces of time, chance and scheduling that the pipeline runs on. It gets them from nowhere else, so that the
 * same subscription loop, dispatcher and handler run in virtual time in one thread (`virtual/`) and in real time over
 * many (`threads/`).
 *
 * Rule for code that runs under both: it waits on nothing but what these ports return. A promise of another origin
 * would be a wait that the virtual scheduler cannot see.
 */

export interface Clock {
  /** Milliseconds since the run began, with fractions. */
  nowMs(): number;
  /** Waits at least `ms`; 0 and less is a scheduling point only. */
  sleep(ms: number): Promise<void>;
}

/** A seeded source of pseudo-random numbers. */
export interface Prng {
  /** Evenly from [0, 1). */
  float(): number;
  /** An integer, evenly from [0, below). */
  below(below: number): number;
}

/** A place where tasks wait until somebody notifies. Not a counter: a notification with nobody waiting is lost. */
export interface Signal {
  wait(): Promise<void>;
  /** Wakes the one that has waited longest. */
  notifyOne(): void;
  notifyAll(): void;
}

export interface Task {
  readonly name: string;
  /** Settles as the task's function does; may be awaited by tasks under this scheduler. */
  join(): Promise<void>;
}

export interface Scheduler {
  /**
   * Starts a task: its body runs at once, up to its first wait, before `spawn` returns. An error that nobody joins
   * ends the run.
   */
  spawn(name: string, body: () => Promise<void>): Task;
  signal(): Signal;
  /** A scheduling point: other tasks may run here. */
  pause(): Promise<void>;
}

/** The run's logical clock: from 1 up, every value handed out once, over all threads. */
export interface StampSource {
  next(): number;
}

/** The writing end of the dispatcher's inbox, as a subscription has it. The submit order is the order of the queue. */
export interface InboxWriter<T> {
  /**
   * Puts an item in, waiting for a free place if `whenFull` is `wait`. Taking the place and taking the submit stamp are
   * one step. Resolves to false if the inbox was full (`whenFull: 'refuse'`) or is closed.
   */
  submit(item: T, whenFull: 'wait' | 'refuse'): Promise<boolean>;
}

/** The reading end, of which there is one. */
export interface InboxReader<T> {
  /** The next item in submit order; null once the inbox is closed and empty. */
  take(): Promise<T | null>;
}

/** What a simulated broker needs beyond the pipeline: callbacks at a point of virtual time, and waits that one ends. */
export interface VirtualTime extends Clock {
  /** Calls back at `timeMs`, or now if that is past; callbacks for one moment come in a seeded order. */
  at(timeMs: number, callback: () => void): void;
  /** Waits until `complete` is called. To be awaited at once, like every wait. */
  completion<T>(start: (complete: (value: T) => void) => void): Promise<T>;
}

export interface Ports {
  readonly clock: Clock;
  readonly prng: Prng;
  readonly scheduler: Scheduler;
}
