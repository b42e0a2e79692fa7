/** Which subscriptions are alive? All, but those that a note says have ended for good. */
export class LivingSubscriptions {
  readonly #hasEnded: boolean[] = [];

  end(subscription: number): void {
    if (subscription >= 0) this.#hasEnded[subscription] = true;
  }

  readonly isAlive = (subscription: number): boolean => this.#hasEnded[subscription] !== true;
}
