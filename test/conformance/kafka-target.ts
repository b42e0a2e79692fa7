/**
 * The interface of what Kafka scripts run on: a driver, simulated or real, with its own time. Everything else goes over
 * the port, so that both targets are the same code (`kafka-session.ts`).
 */
import type { BrokerDriver } from '../../src/broker/port.js';
import type { NoteKind } from '../../src/domain/run-note.js';

export type OnNote = (kind: NoteKind, detail: Readonly<Record<string, unknown>>) => void;

export interface KafkaWorld {
  readonly driver: BrokerDriver;
  /** Begins the names of topics and groups; nobody else has it. */
  readonly mark: string;
  nowMs(): number;
  sleep(ms: number): Promise<void>;
  /** Lets something go on beside the script. */
  spawn(body: () => Promise<void>): void;
  /** Kills the broker and starts it again; resolves when it is back. */
  restartBroker(): Promise<void>;
}

export interface KafkaTarget {
  readonly name: string;
  /** Runs the body in a new world. */
  run(scriptName: string, onNote: OnNote, body: (world: KafkaWorld) => Promise<void>): Promise<void>;
}
