/** Keeps which subscriptions are alive: all except those that have ended for good, by a note. */
export class LivingSubscriptions {
  readonly #hasEnded: boolean[] = [];

  end(subscription: number): void {
    if (subscription >= 0) this.#hasEnded[subscription] = true;
  }

  readonly isAlive = (subscription: number): boolean => this.#hasEnded[subscription] !== true;
}
