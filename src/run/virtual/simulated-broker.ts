/**
 * The simulated broker of a row: the model of its topology's protocol, with a random stream of its own. It counts
 * the events that the simulated JetStream gives up, which no other part learns.
 */
import type { BrokerDriver } from '../../broker/port.js';
import { simulatedJetStream } from '../../broker/sim/jetstream/driver.js';
import { simulatedKafka } from '../../broker/sim/kafka/driver.js';
import type { RunNote } from '../../domain/observation.js';
import { SeededPrng } from '../../runtime/seeded-prng.js';
import type { VirtualWorld } from '../../runtime/virtual/virtual-world.js';
import type { RowPlan } from '../row/row-plan.js';

export interface Simulated {
  readonly driver: BrokerDriver;
  /** Events that it will not deliver again though nobody acknowledged them, so far. */
  readonly givenUp: number;
}

type OnNote = (kind: RunNote['kind'], detail: RunNote['detail']) => void;

export type Simulate = (plan: RowPlan, world: VirtualWorld, onNote: OnNote) => Simulated;

/** @param toolVersion the version of the simulator, as the report has it */
export function simulatedBroker(toolVersion: string): Simulate {
  return ({ seed, topology }, world, onNote) => {
    const common = { time: world, scheduler: world, prng: new SeededPrng(seed, 'network'), toolVersion };
    const counted = { givenUp: 0 };
    const driver =
      topology.kind === 'kafka'
        ? simulatedKafka({ ...common, onNote })
        : simulatedJetStream({ ...common, onGivenUp: () => counted.givenUp++ });
    return {
      driver,
      get givenUp() {
        return counted.givenUp;
      },
    };
  };
}
