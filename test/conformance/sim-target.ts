/**
 * Runs a script on the model of the simulator itself, in virtual time: waiting means to go to the model's next
 * deadline, so a script takes no real time and has one transcript only.
 */
import { InternalError } from '../../src/domain/errors.js';
import { JetStreamModel, type JetStreamVersion } from '../../src/broker/sim/jetstream/jetstream-model.js';
import type { DurableSettings, SettleKind, StateField } from './script.js';
import type { PullSettings, Session, Target } from './target.js';
import type { Delivery, Transcript } from './transcript.js';

/** Stands for the newest server in the conditions of scripts. */
const newest = [Infinity] as const;

export function simulatorTarget(modelled: JetStreamVersion): Target {
  return {
    name: `simulator as ${modelled}`,
    version: modelled === '2.9' ? [2, 9, 10] : newest,
    isDeterministic: true,
    open: (_scriptName, transcript) => Promise.resolve(new SimulatorSession(modelled, transcript)),
  };
}

interface Handle {
  readonly durable: string;
  readonly sequence: number;
  readonly consumerSequence: number;
}

class SimulatorSession implements Session {
  readonly #model: JetStreamModel<null>;
  /** How often each puller was closed: a puller that pulls again has a new inbox. */
  readonly #generation = new Map<string, number>();
  #nowMs = 0;

  constructor(modelled: JetStreamVersion, transcript: Transcript) {
    this.#model = new JetStreamModel<null>(
      {
        deliver: (inbox, durable, { subject, streamSequence, consumerSequence, deliveryCount, pending, pinId }) => {
          const handle: Handle = { durable, sequence: streamSequence, consumerSequence };
          const entry = {
            kind: 'delivery',
            sequence: streamSequence,
            count: deliveryCount,
            subject,
            consumerSequence,
            pending,
            pinId,
            handle,
          } as const;
          transcript.add(pullerOf(inbox), entry);
        },
        status: (inbox, code, description) => {
          transcript.add(pullerOf(inbox), { kind: 'status', code, description });
        },
        advisory: (_kind, _durable, sequence) => {
          transcript.add('advisories', { kind: 'advisory', sequence });
        },
      },
      { serverVersion: modelled },
    );
  }

  async createStream(subjects: readonly string[]): Promise<void> {
    this.#model.createStream({ name: 'stream', subjects });
  }

  async createDurable(settings: DurableSettings): Promise<void> {
    const { name, filters, maxWaiting, pinTimeoutMs, inactiveMs, ...rest } = settings;
    const abandoned = inactiveMs === null ? {} : { inactiveMs };
    const pinned = pinTimeoutMs === null ? {} : { pinned: { group: 'g', pinTimeoutMs } };
    const spec = { name, filterSubjects: filters, maxWaiting: maxWaiting ?? 0, ...rest, ...pinned, ...abandoned };
    this.#model.createDurable(spec, this.#nowMs);
  }

  async deleteDurable(name: string): Promise<void> {
    this.#model.deleteDurable(name);
  }

  async publish(subject: string, messageId: string | null): Promise<{ sequence: number; duplicate: boolean }> {
    return this.#model.publish(this.#nowMs, subject, null, messageId ?? undefined);
  }

  async pull({ puller, durable, batch, expiresMs, noWait, unheard, pinId }: PullSettings): Promise<void> {
    const inbox = unheard ? `${puller}#unheard` : this.#inboxOf(puller);
    if (unheard) this.#model.dropInterest(inbox);
    this.#model.pull(this.#nowMs, durable, { inbox, batch, expiresMs, noWait, pinId });
  }

  async closePuller(puller: string): Promise<void> {
    this.#model.dropInterest(this.#inboxOf(puller));
    this.#generation.set(puller, (this.#generation.get(puller) ?? 0) + 1);
  }

  async settle(how: SettleKind, delivery: Delivery, delayMs: number | null): Promise<void> {
    const { durable, sequence, consumerSequence } = delivery.handle as Handle;
    const settle = {
      ack: () => this.#model.ack(this.#nowMs, durable, sequence, consumerSequence),
      nak: () => this.#model.nak(this.#nowMs, durable, sequence, delayMs ?? undefined, consumerSequence),
      term: () => this.#model.term(this.#nowMs, durable, sequence, consumerSequence),
      progress: () => this.#model.inProgress(this.#nowMs, durable, sequence),
    };
    settle[how]();
  }

  async state(durable: string): Promise<Record<StateField, number>> {
    const { pending, ackPending, redelivered, waiting, delivered, ackFloor } = this.#model.askState(
      this.#nowMs,
      durable,
    );
    return {
      pending,
      ack_pending: ackPending,
      redelivered,
      waiting,
      delivered: delivered.consumer,
      delivered_stream: delivered.stream,
      ack_floor: ackFloor.consumer,
      ack_floor_stream: ackFloor.stream,
    };
  }

  async until(holds: () => boolean | Promise<boolean>, timeoutMs: number): Promise<boolean> {
    const limitMs = this.#nowMs + timeoutMs;
    while (!(await holds())) {
      const deadlineMs = this.#model.nextDeadlineMs();
      if (deadlineMs === null || deadlineMs > limitMs) return false;
      this.#goTo(deadlineMs);
    }
    return true;
  }

  async pause(ms: number): Promise<void> {
    const untilMs = this.#nowMs + ms;
    for (
      let nextMs = this.#model.nextDeadlineMs();
      nextMs !== null && nextMs <= untilMs;
      nextMs = this.#model.nextDeadlineMs()
    ) {
      this.#goTo(nextMs);
    }
    this.#nowMs = untilMs;
  }

  async close(): Promise<void> {
    // The model holds nothing but memory.
  }

  /** The model must move its deadline on, or time would stand still for ever. */
  #goTo(deadlineMs: number): void {
    if (deadlineMs < this.#nowMs) throw new InternalError(`a deadline of ${deadlineMs} ms at ${this.#nowMs} ms`);
    this.#nowMs = deadlineMs;
    this.#model.advance(deadlineMs);
  }

  #inboxOf(puller: string): string {
    return `${puller}#${this.#generation.get(puller) ?? 0}`;
  }
}

function pullerOf(inbox: string): string {
  return inbox.slice(0, inbox.indexOf('#'));
}
