/** Counts anomalies by signature: one counter for each signature that occurs. */
import type { AnomalySignature, SignatureCount } from '../../domain/report/anomaly-signature.js';
import { signatureKey } from './signature-key.js';

interface Counter {
  readonly signature: AnomalySignature;
  count: number;
}

export class SignatureTally {
  readonly #counters = new Map<number, Counter>();

  add(signature: AnomalySignature, count = 1): void {
    const key = signatureKey(signature);
    const counter = this.#counters.get(key);
    if (counter === undefined) this.#counters.set(key, { signature, count });
    else counter.count += count;
  }

  copy(): SignatureTally {
    const copied = new SignatureTally();
    for (const { signature, count } of this.#counters.values()) copied.add(signature, count);
    return copied;
  }

  /** Most frequent first; equally frequent ones by their fields, so that the same run gives the same list. */
  list(): SignatureCount[] {
    const sorted = [...this.#counters].sort(([a, x], [b, y]) => y.count - x.count || a - b);
    return sorted.map(([, { signature, count }]) => ({ signature, count }));
  }
}
