/** How is the result of gates said on standard error? */
import type { GateResult } from '../run/gate.js';

export function gateLines({ breaches, inconclusive }: Pick<GateResult, 'breaches' | 'inconclusive'>): string[] {
  return [
    ...breaches.map((breach) => `gate breached: ${breach}`),
    ...inconclusive.map((reason) => `gate undecided: ${reason}`),
  ];
}
