/** Runs a Kafka script on a real broker, through the driver that runs use, each script under names of its own. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { KafkaConnectionOptions } from '../../src/broker/kafka/connecting/connection-options.js';
import { kafkaDriver } from '../../src/broker/kafka/driver.js';
import type { KafkaTarget } from './kafka-target.js';

export interface RealKafka {
  readonly version: string;
  readonly connection: KafkaConnectionOptions;
  /** Kills the broker and starts it again. */
  readonly restart: () => Promise<void>;
}

let scripts = 0;

export function realKafkaTarget({ version, connection, restart }: RealKafka): KafkaTarget {
  return {
    name: `Kafka ${version}`,
    run: async (scriptName, onNote, body) => {
      scripts++;
      const runId = `conformance-${process.pid}-${scripts}-${scriptName}`;
      await body({
        driver: kafkaDriver(connection, { runId, ownsCluster: true, onNote }),
        mark: `eventbus-bench.${runId}`,
        nowMs: () => performance.now(),
        sleep,
        spawn: (task) => void task(),
        restartBroker: restart,
      });
    },
  };
}
