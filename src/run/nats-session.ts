/**
 * Opens the NATS server of a run: the server that the user named, after checking that it answers, or a private one that
 * is started for this run and stopped with it.
 */
import { natsDriver } from '../broker/nats/driver.js';
import type { NatsConnectionOptions } from '../broker/nats/connecting/connection-options.js';
import { startPrivateServer } from '../broker/nats/private/private-server.js';
import type { Session } from './bench/execution.js';
import { executeOnThreads, type OwnServer } from './threads/threads-run.js';
import { ServerNews } from './threads/server-news.js';
import { unlessAborted } from './unless-aborted.js';

/**
 * @param named the server that the user named; null: start a private one
 * @throws {BrokerError} if the server cannot be reached or started
 * @throws {InterruptedError} on an interrupt
 */
export async function openNatsSession(
  named: NatsConnectionOptions | null,
  runId: string,
  signal: AbortSignal,
): Promise<Session> {
  if (named !== null) {
    await unlessAborted(checkThatItAnswers(named, runId), signal);
    return sessionOn(named, runId, () => Promise.resolve());
  }
  const server = await startPrivateServer({ signal });
  return sessionOn(server.connection, runId, () => server.stop(), {
    control: {},
    news: new ServerNews(server.failed()),
  });
}

/** Reports a faulty server before anything is created on it. */
async function checkThatItAnswers(connection: NatsConnectionOptions, runId: string): Promise<void> {
  const admin = await natsDriver(connection, { runId }).openAdmin();
  await admin.close();
}

function sessionOn(
  connection: NatsConnectionOptions,
  runId: string,
  close: () => Promise<void>,
  own: OwnServer | null = null,
): Session {
  return {
    execute: (plan, context) => executeOnThreads(plan, context, { kind: 'nats', connection, run: { runId } }, own),
    close,
  };
}
