/** Which strategies can be asked for? Ids and one line each, for help texts and for the validation of scenarios. */
import { strategies } from '../strategy/registry.js';

export { strategyIds } from '../strategy/registry.js';

export const strategySummaries: readonly { readonly id: string; readonly summary: string }[] = strategies.map(
  ({ id, summary }) => ({ id, summary }),
);
