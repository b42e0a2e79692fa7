/**
 * Loads the code of a simulated broker on demand, from the folder that the registry names. The path is built at run
 * time, so the compiler cannot check the module; `test/run/virtual/load-simulator.test.ts` does.
 */
import type { Simulate } from '../../broker/sim/simulation.js';
import { traitsOf, type BrokerKind } from '../../domain/broker/registry.js';
import { InternalError } from '../../domain/errors.js';

/** @throws {InternalError} if the broker is a server */
export async function loadSimulator(broker: BrokerKind): Promise<Simulate> {
  const { simulator } = traitsOf(broker);
  if (simulator === null) throw new InternalError(`${broker} is a server, and is not simulated`);
  const path = `../../broker/${simulator}/driver.js`;
  const driver = (await import(path)) as { readonly simulate: Simulate };
  return driver.simulate;
}
