/** How is the result of gates said: as lines for standard error, or as a summary to be shown below a table? */
import type { GateSummary } from '../report/gate-summary.js';
import type { GateResult } from '../run/gate.js';

export function gateLines({ breaches, inconclusive }: Pick<GateResult, 'breaches' | 'inconclusive'>): string[] {
  return [
    ...breaches.map((breach) => `gate breached: ${breach}`),
    ...inconclusive.map((reason) => `gate undecided: ${reason}`),
  ];
}

/** Null where there was no gate. */
export function gateSummary({ given, breaches, inconclusive, evidence }: GateResult): GateSummary | null {
  if (!given) return null;
  if (breaches.length > 0) return { outcome: 'breached', findings: [...breaches, ...inconclusive] };
  return inconclusive.length > 0
    ? { outcome: 'inconclusive', findings: inconclusive }
    : { outcome: 'held', findings: evidence };
}
