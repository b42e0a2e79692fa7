/**
 * A process of the virtual world that can be killed. Its tasks await only promises that this class hands out. Once it
 * is killed none of those waits ends any more, so every task stops where it is, as in a process that is gone. Tasks
 * that were waiting for the process do not go on either.
 */
import type { Clock, Scheduler, Signal, Task } from '../ports.js';

export class MortalWorld implements Scheduler, Clock {
  readonly #world: Scheduler & Clock;
  #isDead = false;

  constructor(world: Scheduler & Clock) {
    this.#world = world;
  }

  get isDead(): boolean {
    return this.#isDead;
  }

  kill(): void {
    this.#isDead = true;
  }

  nowMs(): number {
    return this.#world.nowMs();
  }

  sleep(ms: number): Promise<void> {
    return this.outlive(this.#world.sleep(ms));
  }

  pause(): Promise<void> {
    return this.outlive(this.#world.pause());
  }

  spawn(name: string, body: () => Promise<void>): Task {
    const task = this.#world.spawn(name, body);
    return { name, join: () => this.outlive(task.join()) };
  }

  signal(): Signal {
    const signal = this.#world.signal();
    return {
      wait: () => this.outlive(signal.wait()),
      notifyOne: () => signal.notifyOne(),
      notifyAll: () => signal.notifyAll(),
    };
  }

  /** Waits as `wait` does, but never ends if the process is dead by then. Must be awaited at once, like every wait. */
  async outlive<T>(wait: Promise<T>): Promise<T> {
    const result = await wait;
    if (this.#isDead) await this.#world.signal().wait();
    return result;
  }
}
