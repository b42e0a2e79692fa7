/**
 * Opens and closes the brokers that all rows of a run share: simulated brokers, servers named by the user, or private
 * servers that are started for the run and stopped at its end. Code that only servers need is loaded on demand.
 */
import type { KafkaConnectionOptions } from '../broker/kafka/connecting/connection-options.js';
import type { NatsConnectionOptions } from '../broker/nats/connecting/connection-options.js';
import { traitsOf, type BrokerKind, type ServerKind } from '../domain/broker/registry.js';
import type { Session } from './bench/execution.js';
import { titleOfPrivate } from './private-server-titles.js';
import type { ToolInfo } from './tool-info.js';

/** Servers that the user named; null: start a private one. */
export interface Connections {
  readonly nats: NatsConnectionOptions | null;
  readonly kafka: KafkaConnectionOptions | null;
}

export interface SessionOptions extends Connections {
  readonly tool: ToolInfo;
  readonly runId: string;
  /** Aborted by an interrupt, which ends the opening of a session too. */
  readonly signal: AbortSignal;
  /** Called for each private server before it is started: `a private Kafka 4.4.0`. */
  onStarting?(what: string): void;
}

export class Sessions {
  readonly #sessions: ReadonlyMap<BrokerKind, Session>;

  private constructor(sessions: ReadonlyMap<BrokerKind, Session>) {
    this.#sessions = sessions;
  }

  /**
   * Opens one session for each broker, all at once. If one cannot be opened, the others are closed again.
   * @throws {BrokerError} for the first broker that cannot be reached or started
   * @throws {InterruptedError} on an interrupt; what was started by then is stopped
   */
  static async open(brokers: readonly BrokerKind[], options: SessionOptions): Promise<Sessions> {
    const opening = await Promise.allSettled(brokers.map((broker) => openSession(broker, options)));
    const opened = new Map<BrokerKind, Session>();
    opening.forEach((result, at) => {
      if (result.status === 'fulfilled') opened.set(brokers[at]!, result.value);
    });
    const sessions = new Sessions(opened);
    const failed = opening.find((result) => result.status === 'rejected');
    if (failed === undefined) return sessions;
    await sessions.close();
    throw failed.reason;
  }

  of(broker: BrokerKind): Session {
    return this.#sessions.get(broker)!;
  }

  /** Closes every session, even if one fails to close. @throws the first error of closing */
  async close(): Promise<void> {
    const closing = await Promise.allSettled([...this.#sessions.values()].map((session) => session.close()));
    const failed = closing.find((result) => result.status === 'rejected');
    if (failed !== undefined) throw failed.reason;
  }
}

type OpenSession = (options: SessionOptions) => Promise<Session>;

const onServer: Readonly<Record<ServerKind, OpenSession>> = {
  nats: async ({ nats, runId, signal }) => (await import('./nats-session.js')).openNatsSession(nats, runId, signal),
  kafka: async ({ kafka, runId, signal }) =>
    (await import('./kafka-session.js')).openKafkaSession(kafka, runId, signal),
};

const simulated: OpenSession = async ({ tool }) => {
  const { executeVirtually } = await import('./virtual/virtual-run.js');
  return {
    execute: (plan, context) => executeVirtually(plan, context, tool.version),
    close: () => Promise.resolve(),
  };
};

async function openSession(broker: BrokerKind, options: SessionOptions): Promise<Session> {
  const { server } = traitsOf(broker);
  if (server === null) return simulated(options);
  const title = options[server] === null ? await titleOfPrivate(server) : null;
  if (title !== null) options.onStarting?.(title);
  return onServer[server](options);
}
