/**
 * What is an event's handling in this benchmark? A service time, drawn evenly from a range and slept, that may end in
 * failure; then, by the scenario's policy, the ack (or, after a failure, the nak). Starts and ends are recorded.
 *
 * Runs under both runtimes.
 */
import type { AckKind, Attempt, AttemptOutcome, Delivery } from '../domain/observation.js';
import type { AckPolicy, DurationRange } from '../domain/scenario.js';
import type { Clock, Prng } from '../runtime/ports.js';

/** What the handler reports; an `observation/recorder.ts` Recorder does. */
export interface AttemptRecorder {
  start(delivery: Delivery, number: number, lane: number): Attempt;
  finish(attempt: Attempt, outcome: AttemptOutcome): void;
  ack(delivery: Delivery, kind: AckKind): void;
}

/** Carries an acknowledgement to the connection that holds the delivery. */
export interface Acker {
  ack(delivery: Delivery): void;
  nak(delivery: Delivery): void;
}

export interface HandleOptions {
  readonly clock: Clock;
  readonly prng: Prng;
  readonly recorder: AttemptRecorder;
  readonly acker: Acker;
  readonly ack: AckPolicy;
  readonly handlerTime: DurationRange;
  /** 0 to 1. */
  readonly handlerFailShare: number;
  /** Told of every delivery that was handled without failing. */
  readonly onHandled: (delivery: Delivery) => void;
}

export type Handle = (delivery: Delivery, lane: number) => Promise<void>;

export function createHandle(options: HandleOptions): Handle {
  const { clock, prng, recorder, acker, ack, handlerTime, handlerFailShare, onHandled } = options;
  const spreadMs = handlerTime.maxMs - handlerTime.minMs;

  return async (delivery, lane) => {
    const attempt = recorder.start(delivery, 1, lane);
    const serviceMs = spreadMs > 0 ? handlerTime.minMs + prng.float() * spreadMs : handlerTime.minMs;
    const fails = handlerFailShare > 0 && prng.float() < handlerFailShare;
    if (serviceMs > 0) await clock.sleep(serviceMs);
    recorder.finish(attempt, fails ? 'failed' : 'done');
    if (!fails) onHandled(delivery);
    if (ack !== 'after-handling') return;
    if (fails) acker.nak(delivery);
    else acker.ack(delivery);
    recorder.ack(delivery, fails ? 'nak' : 'ack');
  };
}
