/**
 * The NATS server of a run: the one that the user named, once it has answered; otherwise a private one, started for
 * this run and stopped with it.
 */
import { natsDriver } from '../broker/nats/driver.js';
import type { NatsConnectionOptions } from '../broker/nats/connecting/connection-options.js';
import { startPrivateServer } from '../broker/nats/private/private-server.js';
import type { Session } from './bench/execution.js';
import { executeOnThreads } from './threads/threads-run.js';

/**
 * @param named the server that the user named; null: start a private one
 * @throws {BrokerError} if there is no server to be had
 */
export async function openNatsSession(named: NatsConnectionOptions | null, runId: string): Promise<Session> {
  if (named !== null) {
    await seeThatItAnswers(named, runId);
    return sessionOn(named, runId, () => Promise.resolve());
  }
  const server = await startPrivateServer();
  return sessionOn(server.connection, runId, () => server.stop());
}

/** What is wrong with the server is said before anything is made on it. */
async function seeThatItAnswers(connection: NatsConnectionOptions, runId: string): Promise<void> {
  const admin = await natsDriver(connection, { runId }).openAdmin();
  await admin.close();
}

function sessionOn(connection: NatsConnectionOptions, runId: string, close: () => Promise<void>): Session {
  return {
    execute: (plan, context) => executeOnThreads(plan, context, { kind: 'nats', connection, run: { runId } }),
    close,
  };
}
