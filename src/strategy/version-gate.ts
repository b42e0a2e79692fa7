/** The strategy that goes by versions, and restores order whatever order events come in. */
import { versionGate } from '../dispatch/version-gate.js';
import type { Strategy } from './strategy.js';

export const versionGateStrategy: Strategy = {
  id: 'version-gate',
  summary: 'drops versions handled already, holds back early ones: order whatever comes in',
  costs:
    'a buffer, lost in a crash where it had to be acknowledged; a gap blocks its aggregate unless skipped or parked',
  guarantee: {
    order: 'per-aggregate',
    survives: { redelivery: true, crash: false, resize: true, rebalance: false, partitions: false },
  },
  repairsInput: true,
  reportsProgress: true,
  canResize: true,
  createDispatcher: versionGate,
};
