/**
 * The clock of a client that may stand still, as in a long garbage collection. A wait that ends meanwhile resolves only
 * when the client goes on.
 */
import type { VirtualTime } from '../../../../runtime/ports.js';
import type { ClientTime } from '../network.js';

export class StallingTime implements ClientTime {
  readonly #time: VirtualTime;
  #stalledUntilMs = 0;

  constructor(time: VirtualTime) {
    this.#time = time;
  }

  get isStalled(): boolean {
    return this.#time.nowMs() < this.#stalledUntilMs;
  }

  /** When the client goes on; in the past unless it stands still. */
  get goesOnAtMs(): number {
    return this.#stalledUntilMs;
  }

  stall(forMs: number): void {
    this.#stalledUntilMs = Math.max(this.#stalledUntilMs, this.#time.nowMs() + forMs);
  }

  nowMs(): number {
    return this.#time.nowMs();
  }

  async sleep(ms: number): Promise<void> {
    await this.#time.sleep(ms);
    await this.awake();
  }

  async awake(): Promise<void> {
    while (this.isStalled) await this.#time.sleep(this.#stalledUntilMs - this.#time.nowMs());
  }
}
