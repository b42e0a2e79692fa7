/**
 * What do all rows of a run share? The broker: simulated, named by the user, or a private server started for the run
 * and stopped at its end. What only real brokers need is loaded only for them.
 */
import type { NatsConnectionOptions } from '../broker/nats/connection-options.js';
import type { Scenario } from '../domain/scenario.js';
import type { Session } from './execution.js';
import type { ToolInfo } from './tool-info.js';

export interface SessionOptions {
  /** How to reach a NATS server; null: start a private one. */
  readonly nats: NatsConnectionOptions | null;
  readonly tool: ToolInfo;
  readonly runId: string;
}

export async function openSession(scenario: Scenario, options: SessionOptions): Promise<Session> {
  switch (scenario.broker) {
    case 'sim:jetstream': {
      const { executeVirtually } = await import('./virtual-run.js');
      return {
        execute: (plan, context) => executeVirtually(plan, context, options.tool.version),
        close: () => Promise.resolve(),
      };
    }
    case 'nats': {
      const { openNatsSession } = await import('./nats-session.js');
      return openNatsSession(options.nats, options.runId);
    }
  }
}
