/** How is the result of gates said on standard error, where the report goes elsewhere or nowhere? A line a finding. */
import { shortList } from '../report/terminal/gate-summary.js';
import type { GateResult } from '../gate/gate.js';

export function gateLines({
  breaches,
  inconclusive,
}: Pick<GateResult, 'breaches' | 'inconclusive'>): readonly string[] {
  return [
    ...shortList(breaches.map((breach) => `gate breached: ${breach}`)),
    ...shortList(inconclusive.map((reason) => `gate undecided: ${reason}`)),
  ];
}
