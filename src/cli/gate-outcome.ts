/**
 * Renders the result of gates for standard error, a line for each finding, where the report goes elsewhere or nowhere.
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
