/** Knows which subscriptions are alive: all but those of which a note says that they have ended for good. */
export class LivingSubscriptions {
  readonly #hasEnded: boolean[] = [];

  end(subscription: number): void {
    if (subscription >= 0) this.#hasEnded[subscription] = true;
  }

  readonly isAlive = (subscription: number): boolean => this.#hasEnded[subscription] !== true;
}
