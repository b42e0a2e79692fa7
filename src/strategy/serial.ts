/** The strategy that handles one event at a time. */
import { serial } from '../dispatch/serial.js';
import type { Strategy } from './strategy.js';

export const serialStrategy: Strategy = {
  id: 'serial',
  summary: 'no lanes, one handler at a time: slowest, and as good as its input',
  costs: 'no parallelism at all',
  guarantee: {
    order: 'per-aggregate, first pass',
    survives: { redelivery: false, crash: false, resize: true, rebalance: false, partitions: false },
  },
  repairsInput: false,
  handlesOneAtATime: true,
  canResize: true,
  createDispatcher: serial,
};
