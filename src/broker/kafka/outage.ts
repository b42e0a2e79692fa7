/**
 * Decides when the cluster is lost for good, since clients go on trying by themselves. An outage begins with the first
 * failure to reach a broker and ends with the next answer of any broker; if it lasts `giveUpAfterMs`, the cluster
 * counts as lost.
 */
export interface OutageOptions {
  readonly giveUpAfterMs: number;
  /** The outage began. */
  onDown(): void;
  /** A broker answers again. */
  onUp(): void;
  /**
   * The outage has lasted too long. Return true if the cluster is lost, after which nothing is called any more; false
   * if nobody waits for an answer, so that the outage is forgotten.
   */
  onLost(reason: string): boolean;
}

export const giveUpAfterMsDefault = 10_000;

export class Outage {
  readonly #options: OutageOptions;
  #timer: NodeJS.Timeout | null = null;
  #isOver = false;
  #reason = '';

  constructor(options: OutageOptions) {
    this.#options = options;
  }

  /** A broker could not be reached. */
  failed(reason: string): void {
    this.#reason = reason;
    if (this.#timer !== null || this.#isOver) return;
    this.#timer = setTimeout(() => this.#giveUp(), this.#options.giveUpAfterMs);
    this.#options.onDown();
  }

  /** A broker answered. */
  answered(): void {
    if (this.#timer === null) return;
    this.#clear();
    this.#options.onUp();
  }

  /** Ends the watch: nothing is called any more. */
  close(): void {
    this.#isOver = true;
    this.#clear();
  }

  #clear(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }

  #giveUp(): void {
    this.#timer = null;
    if (this.#options.onLost(this.#reason)) this.#isOver = true;
  }
}
