import { unkeyedPool } from '../dispatch/unkeyed-pool.js';
import type { Strategy } from './strategy.js';

/** The control that must fail. */
export const unkeyedPoolStrategy: Strategy = {
  id: 'unkeyed-pool',
  summary: 'lanes in turn, whatever the aggregate: the control that must fail',
  guarantee: 'none',
  repairsInput: false,
  createDispatcher: unkeyedPool,
};
