import { serial } from '../dispatch/serial.js';
import type { Strategy } from './strategy.js';

/** One handler at a time. */
export const serialStrategy: Strategy = {
  id: 'serial',
  summary: 'no lanes, one handler at a time: slowest, and as good as its input',
  guarantee: 'per-aggregate, first pass',
  repairsInput: false,
  createDispatcher: serial,
};
