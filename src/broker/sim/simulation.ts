/**
 * The interface of a simulated broker: the `driver.ts` of its folder exports a {@link Simulate} as `simulate`, which is
 * how a run finds it (`simulator` in the registry of brokers).
 */
import type { TakeNote } from '../../domain/run-note.js';
import type { Prng, Scheduler, VirtualTime } from '../../runtime/ports.js';
import type { BrokerDriver } from '../port.js';

export interface SimulationOptions {
  readonly time: VirtualTime;
  readonly scheduler: Scheduler;
  /** The source of all random numbers in the simulation. */
  readonly prng: Prng;
  /** Version of this tool: the simulator's own. */
  readonly toolVersion: string;
  /** Called with the notes of its connections and queues. */
  readonly onNote: TakeNote;
  /** Called when the broker gives an event up. */
  readonly onGivenUp: () => void;
}

export type Simulate = (options: SimulationOptions) => BrokerDriver;
