/**
 * Holds the simulated Kafka to its conformance scripts, each with several seeds. A real broker is held to them in
 * test/brokers/kafka-conformance.test.ts.
 */
import { describe, it } from 'vitest';
import { runKafkaScript } from './kafka-run-script.js';
import { kafkaScripts, titleOf } from './kafka-scripts.js';
import { simulatedKafkaTarget } from './kafka-sim-target.js';

const seeds = [1, 2, 3];

describe.each(seeds)('Kafka scripts on the simulator, seed %i', (seed) => {
  const target = simulatedKafkaTarget(seed);
  it.each(kafkaScripts.map((script) => [titleOf(script), script] as const))('%s', async (_title, script) => {
    await runKafkaScript(script, target);
  });
});
