/**
 * Computes how long kafkajs waits before it tries again. The first wait is drawn around `initialMs`, each further one
 * around twice the one before, up to `maxMs` (`retry/index.js` of kafkajs 2.2.4).
 */
import type { Prng } from '../../../../runtime/ports.js';

export interface BackoffSettings {
  readonly initialMs: number;
  readonly maxMs: number;
  /** Attempts after the first. */
  readonly retries: number;
}

/** Share of a wait by which it is drawn shorter or longer. */
const jitter = 0.2;
const multiplier = 2;

export class Backoff {
  readonly #settings: BackoffSettings;
  readonly #prng: Prng;
  #nextMs: number;
  #attempts = 0;

  constructor(settings: BackoffSettings, prng: Prng) {
    this.#settings = settings;
    this.#prng = prng;
    this.#nextMs = this.#around(settings.initialMs);
  }

  /** Milliseconds until the next attempt; null if there is none left. */
  nextMs(): number | null {
    if (this.#attempts >= this.#settings.retries) return null;
    this.#attempts++;
    const waitMs = this.#nextMs;
    this.#nextMs = Math.min(this.#around(waitMs) * multiplier, this.#settings.maxMs);
    return waitMs;
  }

  #around(ms: number): number {
    return Math.ceil(ms * (1 - jitter) + this.#prng.float() * ms * 2 * jitter);
  }
}
