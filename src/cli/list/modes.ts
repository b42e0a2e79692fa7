/** Lists the modes: how the subscriptions of a bus are wired, on each protocol. */
import { protocolKinds, protocols } from '../../domain/broker/registry.js';
import { modeWirings } from '../../run/catalogue.js';
import type { Listing } from './listing.js';

export function listModes(): Listing {
  return {
    title: 'Modes',
    entries: modeWirings.map(({ mode, summary, on }) => ({
      name: mode,
      summary,
      more: protocolKinds.map((protocol) => [protocols[protocol].name, on[protocol]] as const),
    })),
    hints: ['eventbus-bench run --mode MODE runs one; multi means both multi modes, and all, the default, every mode.'],
    data: modeWirings,
  };
}
