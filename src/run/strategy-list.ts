/** Re-exports the ids of all strategies for the command line. */
export { strategyIds } from '../strategy/registry.js';
