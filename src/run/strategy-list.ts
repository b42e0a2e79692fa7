/** Ids of the strategies that can be asked for: all that the command line sees of them. */
export { strategyIds } from '../strategy/registry.js';
