import { noneExplained } from '../../src/domain/report/anomaly-signature.js';
import type { Cause } from '../../src/domain/report/run-report.js';

/** A cause that explains a regression, unless it is latent. */
export function someCause(id: string, { latent = false }: { readonly latent?: boolean } = {}): Cause {
  return {
    ...{ id, latent, confidence: 'certain', evidence: [], refutes: [], witnesses: [] },
    explains: { ...noneExplained(), regressions: latent ? 0 : 1 },
    remedy: { kind: 'lane-by-aggregate', detail: null },
  };
}
