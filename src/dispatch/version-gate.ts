/**
 * The version-gate dispatcher: a gate in front of the handlers that goes by versions. An aggregate's next version
 * passes, a version that was handled already is acknowledged and dropped, and one that came early is buffered until
 * those before it have come. Whatever order events come in, and however often, handlers start them in version order,
 * from version 1 on, one of an aggregate at a time. Versions are counted over all topics, so the gate is the
 * aggregate's, whatever its topics.
 *
 * - A bus that takes an aggregate over from another finds its version where the aggregate is kept, and goes on from
 *   there.
 * - A handling that fails is settled as the scenario says; the gate waits for the event to come again.
 * - A buffered event is not acknowledged, and its ack wait is kept from expiring. But unacknowledged events count
 *   against the broker's limit, and once it is reached the broker may hold back the very version that is missing. So
 *   beyond half of max_ack_pending, early events are acknowledged as they are buffered; on Kafka, where a partition's
 *   next batch comes when all of this one is acknowledged, every early event is. An event acknowledged early exists in
 *   the bus alone: if it fails it is tried again in place, and a crash loses it.
 * - A version that does not come within the gap time-out is a gap: by the scenario's policy the gate goes on waiting
 *   (memory: whatever is published behind it), skips it (the later ones go on; should it come after all, it is
 *   dropped), or parks the aggregate (what is behind the gap is acknowledged and set aside unhandled, for somebody to
 *   look at).
 */
import type { Delivery } from '../domain/observation.js';
import { AggregateLanes } from './aggregate-lanes.js';
import type { Settlement } from '../handler/delivery-handler.js';
import type { DispatchContext, Dispatcher } from './dispatcher.js';
import { GapClock } from './gap-clock.js';
import { handledVersion, storeHandled } from './handled-versions.js';
import { AckWaitExtender } from './ack-wait-extender.js';

export function versionGate(context: DispatchContext): Dispatcher {
  const gate = new VersionGate(context);
  return {
    resize: (workers) => gate.resize(workers),
    run: async () => {
      for (let delivery = await context.inbox.take(); delivery !== null; delivery = await context.inbox.take()) {
        gate.take(delivery);
      }
      await gate.finish();
    },
  };
}

interface Aggregate {
  /** Every version up to here was handled, or skipped. */
  handledTo: number;
  /** Every version up to here has passed the gate: handled, skipped, or in its lane. */
  passedTo: number;
  /** Buffered deliveries by version, all of them above `passedTo` + 1. */
  readonly early: Map<number, Delivery>;
  /** Further deliveries of versions that have passed or are early; settled once the first delivery is handled. */
  twins: Delivery[];
  skipped: ReadonlySet<number>;
  isParked: boolean;
}

const none: ReadonlySet<number> = new Set();

class VersionGate {
  readonly #context: DispatchContext;
  readonly #lanes: AggregateLanes;
  readonly #ackWaits: AckWaitExtender;
  readonly #gaps: GapClock;
  readonly #aggregates: Aggregate[] = [];
  /** Deliveries that were acknowledged early and are not handled yet. */
  readonly #acknowledged = new Set<Delivery>();
  /** Early events that may be unacknowledged at once. */
  readonly #unacknowledgedMax: number;
  /** Early events that are unacknowledged. */
  #unacknowledged = 0;
  /** Early events of all aggregates, and the most there have been. */
  #depth = 0;
  #depthMax = 0;

  constructor(context: DispatchContext) {
    const { handler, maxAckPending } = context;
    this.#context = context;
    this.#unacknowledgedMax = Math.floor((maxAckPending ?? 0) / 2);
    this.#ackWaits = new AckWaitExtender(context);
    this.#gaps = new GapClock(context, {
      onTimeout: (aggregate) => this.#giveUp(aggregate),
      onLook: (aggregate) => this.#catchUp(this.#stateOf(aggregate), aggregate),
    });
    this.#lanes = new AggregateLanes(context, {
      retries: (delivery) => !handler.bringsBack || this.#acknowledged.has(delivery),
      onDone: (delivery) => this.#handled(delivery),
      onFailed: (delivery) => this.#failed(delivery),
    });
    context.note('resequencer', { depth: 0 });
  }

  resize(workers: number): void {
    this.#lanes.resize(workers);
  }

  take(delivery: Delivery): void {
    const { version } = delivery;
    const state = this.#stateOf(delivery.aggregate);
    if (this.#context.buses > 1) this.#catchUp(state, delivery.aggregate);
    if (state.skipped.has(version)) this.#drop(delivery, 'skipped');
    else if (version <= state.handledTo) this.#drop(delivery, 'duplicate');
    else if (version <= state.passedTo) this.#keepTwin(state, delivery);
    else if (state.isParked) this.#drop(delivery, 'parked');
    else if (version === state.passedTo + 1) this.#pass(state, delivery);
    else this.#buffer(state, delivery);
  }

  async finish(): Promise<void> {
    await this.#lanes.finish();
    for (const { early, twins } of Object.values(this.#aggregates)) {
      for (const left of [...early.values(), ...twins]) {
        this.#ackWaits.remove(left);
        this.#context.handler.settle(left, 'leave');
      }
    }
  }

  #stateOf(aggregate: number): Aggregate {
    return (this.#aggregates[aggregate] ??= {
      handledTo: 0,
      passedTo: 0,
      early: new Map(),
      twins: [],
      skipped: none,
      isParked: false,
    });
  }

  /** Treats versions that another bus has handled as passed, and drops early deliveries of them. */
  #catchUp(state: Aggregate, aggregate: number): void {
    const stored = handledVersion(this.#context.handledVersions, aggregate);
    if (stored <= state.handledTo) return;
    state.handledTo = stored;
    if (stored <= state.passedTo) return;
    state.passedTo = stored;
    for (const delivery of state.early.values())
      if (delivery.version <= stored) this.#dropEarly(state, delivery, 'duplicate');
    this.#passEarly(state, aggregate);
  }

  /** Hands the next version to the lanes, and then the early ones that follow it without a gap. */
  #pass(state: Aggregate, next: Delivery): void {
    if (!this.#acknowledged.has(next)) this.#ackWaits.add(next);
    this.#toLanes(state, next);
    this.#passEarly(state, next.aggregate);
  }

  #passEarly(state: Aggregate, aggregate: number): void {
    if (state.early.size === 0) return;
    for (;;) {
      const next = state.early.get(state.passedTo + 1);
      if (next === undefined) break;
      state.early.delete(next.version);
      this.#depth--;
      if (!this.#acknowledged.has(next)) this.#unacknowledged--;
      this.#toLanes(state, next);
    }
    this.#gaps.changed(aggregate, state.early.size > 0);
  }

  #toLanes(state: Aggregate, delivery: Delivery): void {
    state.passedTo = delivery.version;
    while (state.skipped.has(state.passedTo + 1)) state.passedTo++;
    this.#lanes.add(delivery);
  }

  #buffer(state: Aggregate, delivery: Delivery): void {
    if (state.early.has(delivery.version)) return this.#keepTwin(state, delivery);
    state.early.set(delivery.version, delivery);
    if (state.early.size === 1) this.#gaps.changed(delivery.aggregate, true);
    this.#depth++;
    if (this.#depth > this.#depthMax) {
      this.#depthMax = this.#depth;
      this.#context.note('resequencer', { depth: this.#depth });
    }
    if (this.#acknowledged.has(delivery)) return;
    if (this.#unacknowledged < this.#unacknowledgedMax) {
      this.#unacknowledged++;
      this.#ackWaits.add(delivery);
      return;
    }
    this.#acknowledged.add(delivery);
    this.#ackWaits.remove(delivery);
    this.#context.handler.acknowledgeEarly(delivery);
  }

  /**
   * Keeps a further delivery of a version in hand. If it is the same message, to acknowledge it would acknowledge the
   * delivery in hand, so it is kept until that one is handled. If the version is early and its message is another one,
   * or acknowledged already, the twin is dropped at once: unacknowledged, it might hold back the missing version.
   */
  #keepTwin(state: Aggregate, twin: Delivery): void {
    const early = state.early.get(twin.version);
    const isFree = early !== undefined && (early.position !== twin.position || this.#acknowledged.has(early));
    if (isFree) return this.#drop(twin, 'duplicate');
    state.twins.push(twin);
    this.#ackWaits.add(twin);
  }

  /** Drops an early delivery together with its twins. */
  #dropEarly(state: Aggregate, delivery: Delivery, reason: string): void {
    state.early.delete(delivery.version);
    this.#depth--;
    if (!this.#acknowledged.has(delivery)) this.#unacknowledged--;
    this.#drop(delivery, reason);
    for (const twin of this.#takeTwins(state, delivery.version)) this.#drop(twin, reason);
  }

  #drop(delivery: Delivery, reason: string): void {
    this.#ackWaits.remove(delivery);
    this.#acknowledged.delete(delivery);
    this.#context.handler.discard(delivery, reason);
  }

  #handled(delivery: Delivery): void {
    const state = this.#stateOf(delivery.aggregate);
    state.handledTo = Math.max(state.handledTo, delivery.version);
    storeHandled(this.#context.handledVersions, delivery.aggregate, delivery.version);
    this.#settle(delivery, 'ack');
    for (const twin of this.#takeTwins(state, delivery.version)) this.#drop(twin, 'duplicate');
  }

  /** Takes the events behind the failed one back to the gate. If the failed one has a twin, that takes its place. */
  #failed(delivery: Delivery): void {
    const { aggregate, version } = delivery;
    const state = this.#stateOf(aggregate);
    this.#settle(delivery, this.#context.handler.afterFailure);
    state.passedTo = Math.max(version - 1, state.handledTo);
    for (const later of this.#lanes.takeRest(aggregate)) this.take(later);
    const [twin, ...others] = this.#takeTwins(state, version);
    state.twins.push(...others);
    if (twin !== undefined) this.take(twin);
    this.#gaps.changed(aggregate, state.early.size > 0);
  }

  #settle(delivery: Delivery, how: Settlement): void {
    this.#ackWaits.remove(delivery);
    this.#context.handler.settle(delivery, this.#acknowledged.delete(delivery) ? 'leave' : how);
  }

  #takeTwins(state: Aggregate, version: number): readonly Delivery[] {
    if (state.twins.length === 0) return state.twins;
    const taken = state.twins.filter((twin) => twin.version === version);
    state.twins = state.twins.filter((twin) => twin.version !== version);
    return taken;
  }

  /** The version that an aggregate waits for has not come in time. */
  #giveUp(aggregate: number): void {
    const state = this.#stateOf(aggregate);
    const context = this.#context;
    const { policy } = context.gap;
    const missing = state.passedTo + 1;
    context.note('resequencer', { gap: policy, aggregateId: context.aggregateId(aggregate), version: missing });
    if (policy === 'park') this.#park(state, aggregate);
    else this.#skipTo(state, aggregate, Math.min(...state.early.keys()));
  }

  #skipTo(state: Aggregate, aggregate: number, version: number): void {
    const skipped = Array.from({ length: version - 1 - state.passedTo }, (_, i) => state.passedTo + 1 + i);
    state.skipped = new Set([...state.skipped, ...skipped]);
    state.passedTo = version - 1;
    this.#passEarly(state, aggregate);
  }

  #park(state: Aggregate, aggregate: number): void {
    state.isParked = true;
    for (const delivery of state.early.values()) this.#dropEarly(state, delivery, 'parked');
    this.#gaps.changed(aggregate, false);
  }
}
