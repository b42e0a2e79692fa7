/**
 * Finds the longest time for which a successor of a service that had died was given nothing, until an event came again:
 * the broker held events back because those of the dead service filled its limit of unacknowledged ones. So it is only
 * if events waited meanwhile that came for the first time later, and no bus had anything in hand.
 */
import type { Delivery } from '../domain/observation.js';
import { serviceIsBack, type RunNote } from '../domain/run-note.js';
import type { SilenceEvidence } from '../domain/report/verdict.js';

export class Silence {
  /** When something was last delivered or answered, or the successor began; null: no service has died. */
  #sinceMs: number | null = null;
  #longest: { readonly fromMs: number; readonly forMs: number; waited: number } | null = null;

  get evidence(): SilenceEvidence | null {
    return this.#longest === null ? null : { forMs: this.#longest.forMs, waited: this.#longest.waited };
  }

  note({ kind, atMs, detail }: RunNote): void {
    if (kind === 'disturbance' && detail.what === serviceIsBack) this.#sinceMs = atMs;
  }

  answered(atMs: number): void {
    if (this.#sinceMs !== null) this.#sinceMs = atMs;
  }

  /** @param isIdle no bus had anything in hand */
  delivered({ deliveryCount, deliveredAtMs, publishedAtMs }: Delivery, isIdle: boolean): void {
    if (this.#sinceMs === null || deliveryCount === null) return;
    const forMs = deliveredAtMs - this.#sinceMs;
    if (deliveryCount > 1 && isIdle && forMs > (this.#longest?.forMs ?? 0))
      this.#longest = { fromMs: this.#sinceMs, forMs, waited: 0 };
    else if (deliveryCount === 1 && this.#longest !== null && publishedAtMs < this.#longest.fromMs)
      this.#longest.waited++;
    this.#sinceMs = deliveredAtMs;
  }
}
