/** A map that forgets what was put into it long ago, so that its memory is bounded. */
const spanDefault = 500_000;

export class Recent<Value> {
  readonly #span: number;
  #young = new Map<string, Value>();
  #old = new Map<string, Value>();

  /** @param span so many values are kept at least */
  constructor(span = spanDefault) {
    this.#span = span;
  }

  get(key: string): Value | undefined {
    return this.#young.get(key) ?? this.#old.get(key);
  }

  set(key: string, value: Value): void {
    this.#young.set(key, value);
    if (this.#young.size < this.#span) return;
    this.#old = this.#young;
    this.#young = new Map();
  }
}
