/**
 * Handles an event: it sleeps a service time, which may end in a failure, and then acknowledges the delivery, or
 * settles it as the scenario says for failures. The start and the end of each attempt are recorded.
 *
 * Most dispatchers call `handle`. Dispatchers that retry, or acknowledge in an order of their own, call `attempt` any
 * number of times, then `settle` once. A handling that runs on after its time-out goes on beside whatever its lane does
 * next. Runs under both runtimes.
 */
import type { AckKind, Attempt, AttemptOutcome, Delivery } from '../domain/observation.js';
import { releasedDetail, type TakeNote } from '../domain/run-note.js';
import type { HandlerFailure } from '../domain/scenario/handler-failure.js';
import type { AckPolicy } from '../domain/scenario/scenario.js';
import type { Clock, Perturbation, Prng, Scheduler } from '../runtime/ports.js';
import type { DeliveryHandler, Settlement } from './delivery-handler.js';
import type { ServiceTime } from './service-time.js';

/** What the handler reports; an `observation/recorder.ts` Recorder does. */
export interface AttemptRecorder {
  start(delivery: Delivery, number: number, lane: number): Attempt;
  finish(attempt: Attempt, outcome: AttemptOutcome): void;
  ack(delivery: Delivery, kind: AckKind): void;
  readonly note: TakeNote<'discarded' | 'given-back'>;
}

/** Carries an acknowledgement to the connection that holds the delivery. */
export interface Acker {
  ack(delivery: Delivery): void;
  nak(delivery: Delivery): void;
  /** Lets the position move past the delivery, which nobody acknowledges. */
  skip(delivery: Delivery): void;
  inProgress(delivery: Delivery): void;
}

export interface HandlerOptions {
  readonly clock: Clock;
  /** Starts what runs on after its time-out. */
  readonly scheduler: Pick<Scheduler, 'spawn'>;
  /** Draws which handlings fail. */
  readonly prng: Prng;
  readonly recorder: AttemptRecorder;
  readonly acker: Acker;
  readonly ack: AckPolicy;
  readonly serviceTime: ServiceTime;
  /** Share of the handlings that fail, 0 to 1. */
  readonly handlerFailShare: number;
  readonly handlerFailure: HandlerFailure;
  readonly handlerTimeoutMs: number;
  /** null: no delays. */
  readonly perturb: Perturbation | null;
  /** Whether the broker redelivers an unanswered delivery by itself; where it does not, a failed one is sent back. */
  readonly unansweredComesAgain: boolean;
  /** Added to the number of every lane: lanes are numbered over all buses. */
  readonly firstLane: number;
  /** Called before anything is recorded about a delivery that may not have been started. */
  readonly onUnstarted: (delivery: Delivery) => void;
  /** Called after every attempt that did not fail. */
  readonly onHandled: (delivery: Delivery) => void;
  /** Called once for every delivery, when it is settled. */
  readonly onSettled: (delivery: Delivery) => void;
}

export function createHandler(options: HandlerOptions): DeliveryHandler {
  const { clock, prng, recorder, acker, serviceTime, handlerFailShare, perturb } = options;
  const acksAfterHandling = options.ack === 'after-handling';
  const afterFailure = settlementOfFailure(options);

  const attempt: DeliveryHandler['attempt'] = async (delivery, lane, number, ifFails) => {
    if (perturb !== null) await perturb('start', delivery);
    const begun = recorder.start(delivery, number, lane < 0 ? lane : options.firstLane + lane);
    const drawnMs = serviceTime.drawMs(delivery.aggregate);
    const fails = handlerFailShare > 0 && prng.float() < handlerFailShare;
    const serviceMs = fails && timesOut(options) ? options.handlerTimeoutMs : drawnMs;
    if (serviceMs > 0) await clock.sleep(serviceMs);
    if (fails && options.handlerFailure === 'runs-on') runOn(begun, ifFails, options);
    else recorder.finish(begun, fails ? (ifFails === 'retry' ? 'retried' : 'failed') : 'done');
    if (!fails) options.onHandled(delivery);
    if (perturb !== null && acksAfterHandling) await perturb('ack', delivery);
    return !fails;
  };

  const settle: DeliveryHandler['settle'] = (delivery, how) => {
    if (acksAfterHandling && how !== 'leave') {
      acker[how](delivery);
      if (how !== 'skip') recorder.ack(delivery, how);
    }
    options.onSettled(delivery);
  };

  return {
    attempt,
    settle,
    afterFailure,
    bringsBack: options.ack !== 'on-delivery' && afterFailure !== 'ack' && afterFailure !== 'skip',
    handle: async (delivery, lane) => {
      const isDone = await attempt(delivery, lane, 1, 'settle');
      settle(delivery, isDone ? 'ack' : afterFailure);
    },
    inProgress: (delivery) => {
      if (!acksAfterHandling) return;
      options.onUnstarted(delivery);
      acker.inProgress(delivery);
      recorder.ack(delivery, 'progress');
    },
    acknowledgeEarly: (delivery) => {
      if (!acksAfterHandling) return;
      options.onUnstarted(delivery);
      acker.ack(delivery);
      recorder.ack(delivery, 'ack');
    },
    discard: (delivery, reason) => {
      options.onUnstarted(delivery);
      recorder.note('discarded', { ...releasedDetail(delivery), reason });
      settle(delivery, 'ack');
    },
    giveBack: (delivery) => {
      options.onUnstarted(delivery);
      recorder.note('given-back', releasedDetail(delivery));
      settle(delivery, afterFailure);
    },
  };
}

function timesOut({ handlerFailure }: Pick<HandlerOptions, 'handlerFailure'>): boolean {
  return handlerFailure === 'timeout' || handlerFailure === 'runs-on';
}

/**
 * The bus has given the attempt up, which goes on for as long again and does its work all the same. Where the bus tries
 * again by itself, that work counts for nothing: the bus settles the delivery by the attempt that it makes next.
 */
function runOn(
  begun: Attempt,
  ifFails: 'settle' | 'retry',
  { clock, scheduler, recorder, handlerTimeoutMs, onHandled }: HandlerOptions,
): void {
  scheduler.spawn('handling that timed out', async () => {
    await clock.sleep(handlerTimeoutMs);
    recorder.finish(begun, ifFails === 'retry' ? 'retried' : 'done');
    if (ifFails === 'settle') onHandled(begun.delivery);
  });
}

function settlementOfFailure({
  handlerFailure,
  unansweredComesAgain,
}: Pick<HandlerOptions, 'handlerFailure' | 'unansweredComesAgain'>): Settlement {
  if (handlerFailure === 'ack' || handlerFailure === 'skip') return handlerFailure;
  return handlerFailure === 'throw' && unansweredComesAgain ? 'leave' : 'nak';
}
