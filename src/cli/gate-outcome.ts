/**
 * Renders the result of gates for standard error, one line for each finding. It is used when standard output does not
 * get the terminal report.
 */
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
