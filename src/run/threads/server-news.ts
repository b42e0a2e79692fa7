/**
 * The news that the private server of a run failed: it ended, or cannot store any more. Rows listen to it while they
 * run; nothing of a row stays behind when it has ended, since the server outlives it.
 */
import type { BrokerError } from '../../domain/errors.js';

export class ServerNews {
  readonly #listeners = new Set<(error: BrokerError) => void>();
  #error: BrokerError | null = null;

  /** @param failed resolves with what to say if the server fails */
  constructor(failed: Promise<BrokerError>) {
    void failed.then((error) => {
      this.#error = error;
      for (const listener of this.#listeners) listener(error);
    });
  }

  /** Calls the listener once, at once if the server has failed already. @returns ends the listening */
  listen(listener: (error: BrokerError) => void): () => void {
    if (this.#error !== null) listener(this.#error);
    else this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** The error of the server, if it has failed or does so within `ms`; else null. */
  async within(ms: number): Promise<BrokerError | null> {
    let timer: NodeJS.Timeout | undefined;
    let unlisten = (): void => {};
    const news = await new Promise<BrokerError | null>((resolve) => {
      timer = setTimeout(() => resolve(null), ms);
      unlisten = this.listen(resolve);
    });
    clearTimeout(timer);
    unlisten();
    return news;
  }
}
