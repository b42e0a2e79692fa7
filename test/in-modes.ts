/** The fields of a scenario that say which rows it has: one strategy in some modes. */
import type { ModeRow, Scenario } from '../src/domain/scenario/scenario.js';

export function inModes(
  modes: readonly ModeRow[],
  strategy = 'keyed-pool',
): Pick<Scenario, 'modes' | 'strategies' | 'rows'> {
  return { modes, strategies: [strategy], rows: modes.map((mode) => ({ mode, strategy })) };
}
