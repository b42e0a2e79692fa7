/**
 * The interfaces of time, random numbers and scheduling that the pipeline runs on. It has no other source of these, so
 * the same subscription loop, dispatcher and handler run in virtual time in one thread (`virtual/`) and in real time
 * over many (`threads/`).
 *
 * Rule for code that runs under both: it awaits only promises that these ports return. The virtual scheduler cannot see
 * a wait on any other promise.
 */

export interface Clock {
  /** Milliseconds since the run began, with fractions. */
  nowMs(): number;
  /** Waits at least `ms` milliseconds; with 0 or less it is a scheduling point only. */
  sleep(ms: number): Promise<void>;
}

/** A seeded source of pseudo-random numbers. */
export interface Prng {
  /** A number drawn evenly from [0, 1). */
  float(): number;
  /** An integer drawn evenly from [0, below). */
  below(below: number): number;
}

/** A place where tasks wait to be notified. It is no counter: a notification while no task waits is lost. */
export interface Signal {
  wait(): Promise<void>;
  /** Wakes the task that has waited longest. */
  notifyOne(): void;
  notifyAll(): void;
}

export interface Task {
  readonly name: string;
  /** Resolves or rejects as the task's body does; tasks of the same scheduler may await it. */
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

/** The run's logical clock. It hands out each integer from 1 up once, over all threads. */
export interface StampSource {
  next(): number;
}

/** The writing end of the dispatcher's inbox; each subscription has one. The submit order is the order of the queue. */
export interface InboxWriter<T> {
  /**
   * Puts an item in, waiting for a free place if `whenFull` is `wait`. The place and the submit stamp are taken in one
   * step. Resolves to false if the inbox was full (`whenFull: 'refuse'`) or is closed.
   */
  submit(item: T, whenFull: 'wait' | 'refuse'): Promise<boolean>;
}

/** The only reading end of the dispatcher's inbox. */
export interface InboxReader<T> {
  /** Waits for the next item in submit order; resolves to null once the inbox is closed and empty. */
  take(): Promise<T | null>;
}

/** What a delay comes before. */
export type PerturbedStage = 'publish' | 'submit' | 'dispatch' | 'start' | 'ack';

interface PerturbedEvent {
  readonly aggregate: number;
  readonly version: number;
  /** Absent before the event is published; null where the broker does not count. */
  readonly deliveryCount?: number | null;
}

/** Sleeps before a stage. Must be awaited at once, like every wait. */
export type Perturbation = (stage: PerturbedStage, event: PerturbedEvent) => Promise<void>;

/** What a simulated broker needs beyond the pipeline's clock: callbacks in virtual time, and waits that they end. */
export interface VirtualTime extends Clock {
  /**
   * Calls back at `timeMs`, in milliseconds since the run began, or at the present moment if that is past. Callbacks
   * for one moment come in a seeded order.
   */
  at(timeMs: number, callback: () => void): void;
  /** Waits until `complete` is called. The promise must be awaited at once, like that of every wait. */
  completion<T>(start: (complete: (value: T) => void) => void): Promise<T>;
}

export interface Ports {
  readonly clock: Clock;
  readonly prng: Prng;
  readonly scheduler: Scheduler;
}
