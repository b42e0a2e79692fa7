/** The scenario that is run when nothing is said, for fixtures that change what they are about. */
import type { Scenario } from '../src/domain/scenario/scenario.js';
import { resolveScenario } from '../src/scenario/resolve.js';

export const usualScenario: Scenario = resolveScenario({ flags: {}, strategies: ['keyed-pool'] });
