/**
 * Keeps the time for which each aggregate has waited for a missing version. An aggregate that has waited for the gap
 * time-out is told to give the version up; where another bus may handle the missing version, all aggregates that wait
 * are told every few milliseconds to look whether it did.
 */
import type { DispatchContext } from './dispatcher.js';

export interface GapListener {
  /** The aggregate has waited for the gap time-out. The listener has to call {@link GapClock.changed}. */
  onTimeout(aggregate: number): void;
  /** Another bus may have handled what the aggregate waits for. */
  onLook(aggregate: number): void;
}

const lookEveryMs = 20;

export class GapClock {
  readonly #context: DispatchContext;
  readonly #listener: GapListener;
  /** When each waiting aggregate began to wait, in milliseconds since the run began; earliest first. */
  readonly #since = new Map<number, number>();

  constructor(context: DispatchContext, listener: GapListener) {
    this.#context = context;
    this.#listener = listener;
    const { scheduler } = context.ports;
    if (context.gap.policy !== 'wait') scheduler.spawn('gaps', () => this.#watch());
    if (context.buses > 1) scheduler.spawn('other buses', () => this.#look());
  }

  /** The aggregate waits for another version from now on, or for none if `waits` is false. */
  changed(aggregate: number, waits: boolean): void {
    this.#since.delete(aggregate);
    if (waits) this.#since.set(aggregate, this.#context.ports.clock.nowMs());
  }

  async #watch(): Promise<void> {
    const { ports, gap } = this.#context;
    while (!this.#context.isEnding()) {
      const longest = this.#since.entries().next();
      const sinceMs = longest.done === true ? ports.clock.nowMs() : longest.value[1];
      const leftMs = sinceMs + gap.timeoutMs - ports.clock.nowMs();
      if (leftMs > 0) await ports.clock.sleep(leftMs);
      else if (longest.done !== true) this.#listener.onTimeout(longest.value[0]);
    }
  }

  async #look(): Promise<void> {
    while (!this.#context.isEnding()) {
      await this.#context.ports.clock.sleep(lookEveryMs);
      for (const aggregate of [...this.#since.keys()]) this.#listener.onLook(aggregate);
    }
  }
}
