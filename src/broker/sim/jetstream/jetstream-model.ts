/**
 * A JetStream server's streams and pull consumers as a deterministic state machine without a clock of its own: every
 * call carries the time, {@link JetStreamModel.nextDeadlineMs} says when something happens by itself, and what the
 * server would send is handed to a {@link ModelOutput} at once. The rules are those of docs/CONFORMANCE.md, where
 * scripts hold this model and real servers to the same transcripts.
 *
 * One node, no replicas, limits retention, delivery by stream sequence; idle heartbeats and max_bytes are left out.
 */
import { BrokerError, InternalError } from '../../../domain/errors.js';
import type { ModelDurableState, ModelOutput, PullRequest } from './model-messages.js';
import { durableConfig, type ModelDurableSpec } from './consumer-config.js';
import { Deadlines, type Deadline } from './deadlines.js';
import { Durable } from './durable.js';
import { Stream } from './stream.js';
import { subjectsOverlap } from './subject-filter.js';
import { versionTraits, type JetStreamVersion } from './server-versions.js';

export type { DeliveredMessage, ModelDurableState, ModelOutput, PullRequest, StatusCode } from './model-messages.js';
export type { ModelDurableSpec } from './consumer-config.js';
export type { JetStreamVersion } from './server-versions.js';

interface Entry<T> {
  readonly index: number;
  readonly stream: Stream<T>;
  readonly durable: Durable<T>;
  /** When the durable next has something to do by itself. */
  timer: Deadline;
}

/** The stream that stores the messages of a subject, and the durables that deliver them. */
interface Route<T> {
  readonly stream: Stream<T>;
  readonly durables: readonly Entry<T>[];
}

export class JetStreamModel<T> {
  readonly #output: ModelOutput<T>;
  readonly #version: JetStreamVersion;
  readonly #streams = new Map<string, Stream<T>>();
  /** By index; null: deleted. */
  readonly #entries: (Entry<T> | null)[] = [];
  readonly #byName = new Map<string, Entry<T>>();
  readonly #deleted = new Set<string>();
  readonly #routes = new Map<string, Route<T>>();
  /** By index of the durable. */
  readonly #timers = new Deadlines();
  /** Inboxes whose interest was dropped and not restored. */
  readonly #closedInboxes = new Set<string>();
  readonly #hasInterest = (inbox: string): boolean => !this.#closedInboxes.has(inbox);

  constructor(output: ModelOutput<T>, options: { serverVersion?: JetStreamVersion } = {}) {
    this.#output = output;
    this.#version = options.serverVersion ?? 'current';
  }

  /** @throws {BrokerError} if the name is taken or a subject belongs to another stream */
  createStream(spec: { readonly name: string; readonly subjects: readonly string[] }): void {
    if (this.#streams.has(spec.name))
      throw new BrokerError(`stream ${spec.name} exists already`, 'choose another name');
    for (const other of this.#streams.values()) {
      const taken = spec.subjects.find((subject) =>
        other.subjects.some((pattern) => subjectsOverlap(pattern, subject)),
      );
      if (taken === undefined) continue;
      throw new BrokerError(
        `subject ${taken} overlaps with stream ${other.name}`,
        'choose subjects of no other stream',
      );
    }
    this.#streams.set(spec.name, new Stream<T>(spec.name, spec.subjects));
    this.#routes.clear();
  }

  /**
   * @param nowMs matters only to a durable that is deleted when nobody pulls
   * @throws {BrokerError} if the name is taken, there is no such stream, or the server would refuse the settings
   */
  createDurable(spec: ModelDurableSpec, nowMs = 0): void {
    if (this.#byName.has(spec.name))
      throw new BrokerError(`durable ${spec.name} exists already`, 'choose another name');
    const stream = this.#streamFor(spec);
    const durable = new Durable(nowMs, durableConfig(spec, this.#version), stream, this.#output, this.#hasInterest);
    const index = this.#entries.length;
    const entry: Entry<T> = { index, stream, durable, timer: this.#timers.add(durable.nextMs(), index) };
    this.#entries.push(entry);
    this.#byName.set(spec.name, entry);
    this.#deleted.delete(spec.name);
    this.#routes.clear();
  }

  /** Deletes a durable, if it is there: requests that wait end, later ones find nobody (503). */
  deleteDurable(name: string): void {
    const entry = this.#byName.get(name);
    if (entry === undefined) return;
    this.#byName.delete(name);
    this.#deleted.add(name);
    this.#entries[entry.index] = null;
    this.#routes.clear();
    this.#timers.cancel(entry.timer);
    entry.durable.end();
  }

  /**
   * Stores a message and delivers it to requests that wait for it.
   * @param messageId a message with the id of one stored within the last two minutes is not stored again
   * @throws {BrokerError} if no stream has the subject
   */
  publish(nowMs: number, subject: string, payload: T, messageId?: string): { sequence: number; duplicate: boolean } {
    this.#catchUp(nowMs);
    const { stream, durables } = this.#routes.get(subject) ?? this.#addRoute(subject);
    if (messageId !== undefined) {
      const sequence = stream.duplicateOf(nowMs, messageId);
      if (sequence !== 0) return { sequence, duplicate: true };
    }
    const sequence = stream.store(nowMs, subject, payload, messageId);
    const waking = durables.filter(({ durable }) => durable.stored(sequence));
    for (const entry of waking) {
      entry.durable.deliver(nowMs);
      this.#setTimer(entry);
    }
    return { sequence, duplicate: false };
  }

  /** Sends a pull request. Its inbox counts as listened to unless its interest was dropped. */
  pull(nowMs: number, durable: string, request: PullRequest): void {
    if (!Number.isInteger(request.batch) || request.batch < 1) {
      throw new InternalError(`a pull request asks for ${request.batch} messages`);
    }
    this.#catchUp(nowMs);
    if (this.#deleted.has(durable)) {
      const isAnswered = versionTraits[this.#version].answersForDeleted && this.#hasInterest(request.inbox);
      if (isAnswered) this.#output.status(request.inbox, 503, 'No Responders');
      return;
    }
    const entry = this.#entry(durable);
    entry.durable.pull(nowMs, request);
    this.#setTimer(entry);
  }

  /**
   * Settles a message, whichever of its deliveries the ack is for, also when the ack wait is over and the message stands
   * in the queue to be delivered again. With the ack policy `all` it settles every lower one too, but an ack that comes
   * behind the ack floor does nothing.
   * @param consumerSequence of the delivery that the ack is for; absent: of the message's first
   */
  ack(nowMs: number, durable: string, streamSequence: number, consumerSequence?: number): void {
    this.#catchUp(nowMs);
    const entry = this.#entry(durable);
    entry.durable.ack(nowMs, streamSequence, consumerSequence);
    this.#setTimer(entry);
  }

  /**
   * Asks for redelivery of an unsettled message, whichever of its deliveries the nak is for.
   * @param delayMs absent: at once. Present, 0 included: after the delay, but not before 10 ms have gone by.
   * @param consumerSequence as for {@link ack}
   */
  nak(nowMs: number, durable: string, streamSequence: number, delayMs?: number, consumerSequence?: number): void {
    this.#catchUp(nowMs);
    const entry = this.#entry(durable);
    entry.durable.nak(nowMs, streamSequence, delayMs, consumerSequence);
    this.#setTimer(entry);
  }

  /** Settles a message that could not be handled; for the order of deliveries the same as an ack. */
  term(nowMs: number, durable: string, streamSequence: number, consumerSequence?: number): void {
    this.ack(nowMs, durable, streamSequence, consumerSequence);
  }

  /** Starts the ack wait of an unsettled message again. One that is queued for redelivery stays there. */
  inProgress(nowMs: number, durable: string, streamSequence: number): void {
    this.#catchUp(nowMs);
    const entry = this.#entry(durable);
    entry.durable.inProgress(nowMs, streamSequence);
    this.#setTimer(entry);
  }

  /**
   * Nobody listens on this inbox any more; later requests with it are not answered either. As on the server, a waiting
   * request is ended only when a message is offered to it or the requests are looked through.
   */
  dropInterest(inbox: string): void {
    this.#closedInboxes.add(inbox);
    for (const entry of this.#entries) entry?.durable.interestDropped();
  }

  /** Somebody listens on this inbox again: a client that has reconnected and subscribed anew. */
  restoreInterest(inbox: string): void {
    this.#closedInboxes.delete(inbox);
  }

  /** The earliest time at which {@link advance} may do something; null if nothing happens without another call. */
  nextDeadlineMs(): number | null {
    const atMs = this.#timers.earliestMs();
    return atMs === Infinity ? null : atMs;
  }

  /** Lets everything happen that is due by now, in order of time: expiry of pulls, ends of ack waits, delayed naks. */
  advance(nowMs: number): void {
    this.#catchUp(nowMs);
  }

  /** Messages stored on a subject. @throws {InternalError} if there is no such stream */
  storedOn(stream: string, subject: string): number {
    const found = this.#streams.get(stream);
    if (found === undefined) throw new InternalError(`there is no stream ${stream}`);
    return found.countOn(subject);
  }

  /** @throws {InternalError} if there is no such durable */
  durableState(name: string): ModelDurableState {
    return this.#entry(name).durable.state();
  }

  /**
   * The state as a server tells it, which looks through its requests and counts anew before it answers.
   * @throws {InternalError} if there is no such durable
   */
  askState(nowMs: number, name: string): ModelDurableState {
    this.#catchUp(nowMs);
    const entry = this.#entry(name);
    entry.durable.lookThrough(nowMs);
    this.#setTimer(entry);
    return entry.durable.state();
  }

  #catchUp(nowMs: number): void {
    for (let due = this.#timers.earliest(); due !== undefined && due.atMs <= nowMs; due = this.#timers.earliest()) {
      const entry = this.#entries[due.id]!;
      if (entry.durable.isAbandoned(due.atMs)) {
        this.deleteDurable(entry.durable.config.name);
        continue;
      }
      entry.durable.advance(due.atMs);
      this.#setTimer(entry);
    }
  }

  #setTimer(entry: Entry<T>): void {
    const atMs = entry.durable.nextMs();
    if (atMs === entry.timer.atMs) return;
    this.#timers.cancel(entry.timer);
    entry.timer = this.#timers.add(atMs, entry.index);
  }

  #entry(durable: string): Entry<T> {
    const entry = this.#byName.get(durable);
    if (entry === undefined) throw new InternalError(`there is no durable ${durable}`);
    return entry;
  }

  #streamFor(spec: ModelDurableSpec): Stream<T> {
    const wayOut = `create it first; there are: ${[...this.#streams.keys()].join(', ') || 'none'}`;
    if (spec.stream !== undefined) {
      const stream = this.#streams.get(spec.stream);
      if (stream === undefined) throw new BrokerError(`there is no stream ${spec.stream}`, wayOut);
      return stream;
    }
    const [first, ...others] = this.#streams.values();
    if (first === undefined) throw new BrokerError(`there is no stream for durable ${spec.name}`, wayOut);
    if (others.length > 0)
      throw new BrokerError(`durable ${spec.name} does not say which stream it reads`, 'name the stream');
    return first;
  }

  #addRoute(subject: string): Route<T> {
    const stream = [...this.#streams.values()].find((candidate) => candidate.takes(subject));
    if (stream === undefined)
      throw new BrokerError(`no stream has the subject ${subject}`, 'create the stream before publishing');
    const durables = this.#entries.filter(
      (entry): entry is Entry<T> => entry !== null && entry.stream === stream && entry.durable.config.passes(subject),
    );
    const route: Route<T> = { stream, durables };
    this.#routes.set(subject, route);
    return route;
  }
}
