/**
 * Holds a real Kafka to the conformance scripts of the simulated one. All scripts are started together, each under
 * names of its own, so that the suite takes hardly longer than its slowest script. Those that restart their broker have
 * one of their own, and take turns.
 */
import { afterAll, beforeAll, it } from 'vitest';
import { startPrivateBroker, type PrivateBroker } from '../../src/broker/kafka/private/private-broker.js';
import { realKafkaTarget } from '../conformance/kafka-real-target.js';
import { runKafkaScript } from '../conformance/kafka-run-script.js';
import type { KafkaScript } from '../conformance/kafka-script.js';
import { kafkaScripts, titleOf } from '../conformance/kafka-scripts.js';
import { describeOnKafka, useKafka } from './kafka-servers.js';

const suiteTimeoutMs = 120_000;
const titled = kafkaScripts.map((script): [string, KafkaScript] => [titleOf(script), script]);

describeOnKafka('Kafka scripts on a real broker', () => {
  const shared = useKafka();
  const runs = new Map<KafkaScript, Promise<Error | null>>();

  beforeAll(() => {
    const { version, connection } = shared();
    const restart = (): Promise<void> => Promise.reject(new Error('the shared broker is not restarted'));
    const target = realKafkaTarget({ version, connection, restart });
    for (const script of kafkaScripts.filter(({ restarts }) => !restarts)) {
      runs.set(script, settled(runKafkaScript(script, target)));
    }
  });
  afterAll(() => Promise.all(runs.values()), suiteTimeoutMs);

  it.each(titled.filter(([, { restarts }]) => !restarts))(
    '%s',
    async (_title, script) => throwIfFailed(await runs.get(script)!),
    suiteTimeoutMs,
  );
});

describeOnKafka('Kafka scripts that restart their broker', () => {
  let broker: PrivateBroker;

  beforeAll(async () => {
    broker = await startPrivateBroker();
  }, suiteTimeoutMs);
  afterAll(() => broker.stop());

  it.each(titled.filter(([, { restarts }]) => restarts))(
    '%s',
    async (_title, script) => {
      const { version, connection } = broker;
      const restart = async (): Promise<void> => {
        await broker.kill();
        await broker.restart();
      };
      await runKafkaScript(script, realKafkaTarget({ version, connection, restart }));
    },
    suiteTimeoutMs,
  );
});

/** What it was rejected with; null if it was not. */
function settled(run: Promise<unknown>): Promise<Error | null> {
  return run.then(
    () => null,
    (error: unknown) => (error instanceof Error ? error : new Error(String(error))),
  );
}

function throwIfFailed(error: Error | null): void {
  if (error !== null) throw error;
}
