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
import { unlessAborted } from './unless-aborted.js';

/**
 * @param named the cluster that the user named; null: start a private broker
 * @throws {BrokerError} if the broker cannot be reached or started
 * @throws {InterruptedError} on an interrupt
 */
export async function openKafkaSession(
  named: KafkaConnectionOptions | null,
  runId: string,
  signal: AbortSignal,
): Promise<Session> {
  if (named !== null) {
    await unlessAborted(checkThatItAnswers(named, runId), signal);
    const driver = { kind: 'kafka', connection: named, run: { runId, ownsCluster: false } } as const;
    return {
      execute: (plan, context) => executeOnThreads(plan, context, driver),
      close: () => Promise.resolve(),
    };
  }
  const broker = await startPrivateBroker({ signal });
  const driver = { kind: 'kafka', connection: broker.connection, run: { runId, ownsCluster: true } } as const;
  const own = { control: controlOf(broker), news: new ServerNews(broker.failed()) };
  return {
    execute: (plan, context) => executeOnThreads(plan, context, driver, own),
    close: () => broker.stop(),
  };
}

/** Reports a faulty cluster before anything is created on it. */
async function checkThatItAnswers(connection: KafkaConnectionOptions, runId: string): Promise<void> {
  const admin = await kafkaDriver(connection, { runId }).openAdmin();
  await admin.close();
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
