/**
 * Counts anomalies by signature: one counter for each signature that occurs. Each counter keeps the worst few of its
 * anomalies as examples, so memory grows with signatures and not with anomalies.
 */
import type { AnomalySignature } from '../../domain/report/anomaly-signature.js';
import { witnessesMax, type CauseWitness, type SignatureCount } from '../../domain/report/witness.js';
import type { Example } from './example.js';
import { signatureKey } from './signature-key.js';

/** The anomalies of one signature. */
export class SignatureCounter {
  readonly signature: AnomalySignature;
  count: number;
  readonly #examples: Example[] = [];

  constructor(signature: AnomalySignature, count: number, examples: readonly Example[] = []) {
    this.signature = signature;
    this.count = count;
    this.#examples.push(...examples);
  }

  /** Worst first; of equal ones the one that was seen first. */
  get examples(): readonly Example[] {
    return this.#examples;
  }

  /** Whether an anomaly that is so bad belongs to the worst ones so far: then it is to be kept. */
  takes(badness: number): boolean {
    return this.#examples.length < witnessesMax || badness > this.#examples.at(-1)!.badness;
  }

  keep(example: Example): void {
    const place = this.#examples.findIndex(({ badness }) => badness < example.badness);
    this.#examples.splice(place < 0 ? this.#examples.length : place, 0, example);
    if (this.#examples.length > witnessesMax) this.#examples.pop();
  }
}

export class SignatureTally {
  readonly #counters = new Map<number, SignatureCounter>();
  /** Anomalies of all signatures. */
  total = 0;

  /** @returns the counter of the signature, which may want to keep the anomaly */
  add(signature: AnomalySignature, count = 1): SignatureCounter {
    this.total += count;
    const key = signatureKey(signature);
    const known = this.#counters.get(key);
    if (known !== undefined) {
      known.count += count;
      return known;
    }
    const counter = new SignatureCounter(signature, count);
    this.#counters.set(key, counter);
    return counter;
  }

  copy(): SignatureTally {
    const copied = new SignatureTally();
    copied.total = this.total;
    for (const [key, { signature, count, examples }] of this.#counters) {
      copied.#counters.set(key, new SignatureCounter(signature, count, examples));
    }
    return copied;
  }

  /**
   * Most frequent first; equally frequent ones by their fields, so that the same run gives the same list.
   * @param tell makes the witness of an example
   */
  list(tell: (example: Example, signature: AnomalySignature) => CauseWitness): SignatureCount[] {
    const sorted = [...this.#counters].sort(([a, x], [b, y]) => y.count - x.count || a - b);
    return sorted.map(([, { signature, count, examples }]) => ({
      signature,
      count,
      examples: examples.map((example) => tell(example, signature)),
    }));
  }
}
