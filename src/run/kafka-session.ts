/**
 * Opens the Kafka cluster of a run: the cluster that the user named, after checking that it answers, or a private
 * broker that is started for this run and stopped with it. Only a private broker can be killed in the middle of a run.
 */
import type { KafkaConnectionOptions } from '../broker/kafka/connecting/connection-options.js';
import { kafkaDriver } from '../broker/kafka/driver.js';
import { startPrivateBroker, type PrivateBroker } from '../broker/kafka/private/private-broker.js';
import type { BrokerControl } from './bench/bench-runtime.js';
import type { Session } from './bench/execution.js';
import { executeOnThreads } from './threads/threads-run.js';
import { ServerNews } from './threads/server-news.js';

/**
 * @param named the cluster that the user named; null: start a private broker
 * @throws {BrokerError} if the broker cannot be reached or started
 */
export async function openKafkaSession(named: KafkaConnectionOptions | null, runId: string): Promise<Session> {
  if (named !== null) {
    const admin = await kafkaDriver(named, { runId }).openAdmin();
    await admin.close();
    const driver = { kind: 'kafka', connection: named, run: { runId, ownsCluster: false } } as const;
    return { execute: (plan, context) => executeOnThreads(plan, context, driver), close: () => Promise.resolve() };
  }
  const broker = await startPrivateBroker();
  const driver = { kind: 'kafka', connection: broker.connection, run: { runId, ownsCluster: true } } as const;
  const own = { control: controlOf(broker), news: new ServerNews(broker.failed()) };
  return {
    execute: (plan, context) => executeOnThreads(plan, context, driver, own),
    close: () => broker.stop(),
  };
}

function controlOf(broker: PrivateBroker): BrokerControl {
  return {
    restart: async (downMs) => {
      await broker.kill();
      await new Promise((resolve) => setTimeout(resolve, downMs));
      await broker.restart();
    },
  };
}
