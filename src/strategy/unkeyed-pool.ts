/** Which strategy must fail? The control: lanes in turn, whatever the aggregate. */
import { unkeyedPool } from '../dispatch/unkeyed-pool.js';
import type { Strategy } from './strategy.js';

export const unkeyedPoolStrategy: Strategy = {
  id: 'unkeyed-pool',
  summary: 'lanes in turn, whatever the aggregate: the control that must fail',
  guarantee: 'none',
  repairsInput: false,
  createDispatcher: unkeyedPool,
};
