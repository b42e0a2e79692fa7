/** Runs a Kafka script on the simulator, in a virtual world, so that it takes no real time. */
import { simulatedKafka } from '../../src/broker/sim/kafka/driver.js';
import { SeededPrng } from '../../src/runtime/seeded-prng.js';
import { VirtualWorld } from '../../src/runtime/virtual/virtual-world.js';
import type { KafkaTarget } from './kafka-target.js';

const downMs = 1_000;

export function simulatedKafkaTarget(seed: number): KafkaTarget {
  return {
    name: `sim:kafka, seed ${seed}`,
    run: async (_scriptName, onNote, body) => {
      const world = new VirtualWorld(new SeededPrng(seed, 'schedule'));
      const prng = new SeededPrng(seed, 'network');
      const driver = simulatedKafka({ time: world, scheduler: world, prng, toolVersion: '0.0.0', onNote });
      let tasks = 0;
      await world.run(() =>
        body({
          driver,
          mark: 'eventbus-bench.script',
          nowMs: () => world.nowMs(),
          sleep: (ms) => world.sleep(ms),
          spawn: (task) => void world.spawn(`script ${++tasks}`, task),
          restartBroker: async () => (await driver.openAdmin()).disturb!.restart!(downMs),
        }),
      );
    },
  };
}
