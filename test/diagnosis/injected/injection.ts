/**
 * An injected anomaly: what is changed of a clean history, what the checker must count of it then, at which stage that
 * has its origin, and which cause has a definition that fits it.
 */
import type { Origin } from '../../../src/domain/observation.js';
import type { ExplainedKind } from '../../../src/domain/report/anomaly-signature.js';
import type { Chance } from '../../run/drawn-runs.js';
import type { Editor } from './editor.js';

export type Broker = 'sim:jetstream' | 'sim:kafka';

export interface Injection {
  readonly name: string;
  /** JetStream alone if absent. */
  readonly on?: readonly Broker[];
  inject(history: Editor, chance: Chance): void;
  /** Anomalies that decide; all others must be 0. */
  readonly counts: Partial<Record<ExplainedKind, number>>;
  /** Of regressions and completion inversions; none if absent. */
  readonly origins?: Partial<Record<Origin, number>>;
  /** It explains all of the anomalies; null: no cause has a definition that fits, so all are unexplained. */
  readonly cause: string | null;
  /** A cause that is at work and breaks nothing; none if absent. */
  readonly latent?: string;
}

export const bothBrokers: readonly Broker[] = ['sim:jetstream', 'sim:kafka'];
export const kafkaOnly: readonly Broker[] = ['sim:kafka'];
