/** Says on standard error how gates came out, where the report goes elsewhere or nowhere: a line a finding. */
import type { GateResult } from '../gate/gate.js';
import { shortList } from '../text/lists.js';

export function gateLines({
  breaches,
  inconclusive,
}: Pick<GateResult, 'breaches' | 'inconclusive'>): readonly string[] {
  return [
    ...shortList(breaches.map((breach) => `gate breached: ${breach}`)),
    ...shortList(inconclusive.map((reason) => `gate undecided: ${reason}`)),
  ];
}
