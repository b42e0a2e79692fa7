/**
 * The interface of what scripts run on. A target is one broker, simulated or real; a session is one script's own corner
 * of it, with names that no other script has. What comes in goes into the session's transcript.
 */
import type { DurableSettings, SettleKind, StateField } from './script.js';
import type { Delivery, Transcript } from './transcript.js';

export interface PullSettings {
  readonly puller: string;
  readonly durable: string;
  readonly batch: number;
  readonly expiresMs: number | null;
  readonly noWait: boolean;
  readonly unheard: boolean;
  /** Of the pin that the request names; null: of none. */
  readonly pinId: string | null;
}

export interface Session {
  createStream(subjects: readonly string[]): Promise<void>;
  createDurable(settings: DurableSettings): Promise<void>;
  deleteDurable(name: string): Promise<void>;
  /** Resolves when the broker has stored the message, or found it to be a duplicate. */
  publish(subject: string, messageId: string | null): Promise<{ sequence: number; duplicate: boolean }>;
  /** Resolves when the request waits at the broker, or has been answered. */
  pull(settings: PullSettings): Promise<void>;
  /** Resolves when the broker knows that nobody listens any more. */
  closePuller(puller: string): Promise<void>;
  /** Resolves when the broker has dealt with it. */
  settle(how: SettleKind, delivery: Delivery, delayMs: number | null): Promise<void>;
  state(durable: string): Promise<Record<StateField, number>>;
  /** Lets time go by until the condition holds; false if it does not within the time-out. */
  until(holds: () => boolean | Promise<boolean>, timeoutMs: number): Promise<boolean>;
  pause(ms: number): Promise<void>;
  close(): Promise<void>;
}

export interface Target {
  /** For test names: `simulator as 2.9`, `nats-server 2.15.2`. */
  readonly name: string;
  readonly version: readonly number[];
  /** A deterministic target must show the first of several allowed transcripts. */
  readonly isDeterministic: boolean;
  open(scriptName: string, transcript: Transcript): Promise<Session>;
}
