/**
 * What all rows of a run share: their brokers, simulated, named by the user, or private servers that are started for
 * the run and stopped at its end. Code that only a real broker needs is loaded only for it.
 */
import type { KafkaConnectionOptions } from '../broker/kafka/connecting/connection-options.js';
import type { NatsConnectionOptions } from '../broker/nats/connecting/connection-options.js';
import type { BrokerKind } from '../domain/scenario/scenario.js';
import type { Session } from './bench/execution.js';
import type { ToolInfo } from './tool-info.js';

/** Servers that the user named; null: start a private one. */
export interface Connections {
  readonly nats: NatsConnectionOptions | null;
  readonly kafka: KafkaConnectionOptions | null;
}

export interface SessionOptions extends Connections {
  readonly tool: ToolInfo;
  readonly runId: string;
}

export class Sessions {
  readonly #sessions: ReadonlyMap<BrokerKind, Session>;

  private constructor(sessions: ReadonlyMap<BrokerKind, Session>) {
    this.#sessions = sessions;
  }

  /**
   * Opens one for each broker, side by side; those that could be opened are closed again if one cannot.
   * @throws {BrokerError} of the first broker that is not to be had
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

  /** Stops what was started for the run. Every one is closed, even if another will not. */
  async close(): Promise<void> {
    const closing = await Promise.allSettled([...this.#sessions.values()].map((session) => session.close()));
    const failed = closing.find((result) => result.status === 'rejected');
    if (failed !== undefined) throw failed.reason;
  }
}

async function openSession(broker: BrokerKind, options: SessionOptions): Promise<Session> {
  switch (broker) {
    case 'sim:jetstream':
    case 'sim:kafka': {
      const { executeVirtually } = await import('./virtual/virtual-run.js');
      return {
        execute: (plan, context) => executeVirtually(plan, context, options.tool.version),
        close: () => Promise.resolve(),
      };
    }
    case 'nats': {
      const { openNatsSession } = await import('./nats-session.js');
      return openNatsSession(options.nats, options.runId);
    }
    case 'kafka': {
      const { openKafkaSession } = await import('./kafka-session.js');
      return openKafkaSession(options.kafka, options.runId);
    }
  }
}
