/**
 * What the scripts under test/conformance do not reach: times to the millisecond, calls from within callbacks, what is
 * refused, and that random traffic always drains.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  JetStreamModel,
  type DeliveredMessage,
  type JetStreamVersion,
  type ModelDurableSpec,
} from '../../../../src/broker/sim/jetstream/jetstream-model.js';
import { BrokerError, InternalError } from '../../../../src/domain/errors.js';

const unlimited: ModelDurableSpec = {
  name: 'd',
  filterSubjects: [],
  ackWaitMs: 30_000,
  maxAckPending: 1000,
  maxDeliver: null,
  backoffMs: [],
};

interface Harness {
  readonly model: JetStreamModel<string>;
  /** `A:1`, `A:1r`, `A:408`, in the order in which they came. */
  readonly log: string[];
  readonly messages: DeliveredMessage<string>[];
}

function harness(spec: Partial<ModelDurableSpec> = {}, serverVersion: JetStreamVersion = 'current'): Harness {
  const log: string[] = [];
  const messages: DeliveredMessage<string>[] = [];
  const model = new JetStreamModel<string>(
    {
      deliver: (inbox, _durable, message) => {
        messages.push(message);
        log.push(`${inbox}:${message.streamSequence}${'r'.repeat(message.deliveryCount - 1)}`);
      },
      status: (inbox, code) => log.push(`${inbox}:${code}`),
      advisory: (_kind, durable, sequence) => log.push(`${durable} gave up ${sequence}`),
    },
    { serverVersion },
  );
  model.createStream({ name: 'S', subjects: ['s', 'x.>'] });
  model.createDurable({ ...unlimited, ...spec });
  return { model, log, messages };
}

function pull(
  model: JetStreamModel<string>,
  nowMs: number,
  inbox: string,
  batch = 1,
  expiresMs: number | null = null,
): void {
  model.pull(nowMs, 'd', { inbox, batch, expiresMs, noWait: false });
}

function publish(model: JetStreamModel<string>, nowMs: number, count: number): void {
  for (let i = 0; i < count; i++) model.publish(nowMs, 's', `payload ${i}`);
}

describe('what a delivery carries', () => {
  it('should be the payload, both sequences, the delivery count and what is still pending', () => {
    const { model, messages } = harness();
    publish(model, 0, 3);
    pull(model, 0, 'A', 2);
    model.nak(1, 'd', 1);
    pull(model, 2, 'A');
    const common = { subject: 's', pinId: null };
    expect(messages).toEqual([
      { ...common, payload: 'payload 0', streamSequence: 1, consumerSequence: 1, deliveryCount: 1, pending: 2 },
      { ...common, payload: 'payload 1', streamSequence: 2, consumerSequence: 2, deliveryCount: 1, pending: 1 },
      { ...common, payload: 'payload 0', streamSequence: 1, consumerSequence: 3, deliveryCount: 2, pending: 1 },
    ]);
  });

  it('should include everything stored before the durable was made', () => {
    const { model, log } = harness();
    model.publish(0, 'x.a', '');
    model.publish(0, 's', '');
    model.publish(0, 'x.b', '');
    model.createDurable({ ...unlimited, name: 'late', filterSubjects: ['x.*'] });
    model.pull(0, 'late', { inbox: 'L', batch: 5, expiresMs: null, noWait: false });
    expect(log).toEqual(['L:1', 'L:3']);
  });
});

describe('deadlines', () => {
  it('should be none while nothing can happen by itself', () => {
    const { model } = harness();
    expect(model.nextDeadlineMs()).toBeNull();
    publish(model, 0, 1);
    expect(model.nextDeadlineMs()).toBeNull();
    pull(model, 0, 'A');
    expect(model.nextDeadlineMs()).not.toBeNull();
    model.ack(1, 'd', 1);
    expect(model.nextDeadlineMs()).toBeNull();
  });

  it('should be the expiry of the first pull request, whoever came first', () => {
    const { model, log } = harness();
    pull(model, 0, 'A', 1, 500);
    pull(model, 0, 'B', 1, 200);
    expect(model.nextDeadlineMs()).toBe(200);
    model.advance(200);
    expect(log).toEqual(['B:408']);
    expect(model.nextDeadlineMs()).toBe(500);
    model.advance(500);
    expect(model.nextDeadlineMs()).toBeNull();
  });

  it('should be a millisecond behind the ack wait, so that a burst runs out together and sorted', () => {
    const { model, log } = harness({ ackWaitMs: 100 });
    publish(model, 0, 2);
    pull(model, 0, 'A', 2);
    model.nak(1, 'd', 2);
    model.nak(1, 'd', 1);
    pull(model, 10, 'A');
    pull(model, 10.9, 'A');
    pull(model, 20, 'A', 2);
    expect(log).toEqual(['A:1', 'A:2', 'A:2r', 'A:1r']);
    expect(model.nextDeadlineMs()).toBe(101);
    model.advance(101);
    expect(model.nextDeadlineMs()).toBe(110);
    model.advance(110.9);
    expect(log.slice(4)).toEqual(['A:2rr', 'A:1rr']);
  });

  it('should let messages that were delivered in another order run out lowest sequence first', () => {
    for (const [version, apartMs] of [
      ['current', 0],
      ['2.9', 0.9],
    ] as const) {
      const { model, log } = harness({ ackWaitMs: 100 }, version);
      publish(model, 0, 2);
      pull(model, 0, 'A', 2);
      model.nak(0, 'd', 2);
      model.nak(0, 'd', 1);
      pull(model, 10, 'A');
      pull(model, 10 + apartMs, 'A');
      pull(model, 20, 'A', 2);
      model.advance(112);
      expect(log).toEqual(['A:1', 'A:2', 'A:2r', 'A:1r', 'A:1rr', 'A:2rr']);
    }
  });

  it('should not come before 10 ms for a delayed nak, however short the delay', () => {
    const { model, log } = harness();
    publish(model, 0, 1);
    pull(model, 0, 'A', 2);
    model.nak(1, 'd', 1, 2);
    expect(model.nextDeadlineMs()).toBe(11);
    model.advance(11);
    expect(log).toEqual(['A:1', 'A:1r']);
  });

  it('should be caught up in order of time before a later call takes effect', () => {
    const { model, log } = harness({ ackWaitMs: 100 });
    publish(model, 0, 1);
    pull(model, 0, 'A');
    pull(model, 0, 'B', 1, 50);
    pull(model, 0, 'C', 2, 150);
    model.publish(1000, 's', '');
    expect(log).toEqual(['A:1', 'B:408', 'C:1r', 'C:408']);
  });

  it('should be kept by every durable on its own, the one made first being first at the same time', () => {
    const { model, log } = harness({ ackWaitMs: 50 });
    model.createDurable({ ...unlimited, name: 'e', ackWaitMs: 50 });
    publish(model, 0, 1);
    model.pull(0, 'e', { inbox: 'E', batch: 2, expiresMs: null, noWait: false });
    pull(model, 0, 'D', 2);
    model.advance(60);
    expect(log).toEqual(['E:1', 'D:1', 'D:1r', 'E:1r']);
  });

  it('should let the ack wait of an unheeded redelivery run on without queueing it twice', () => {
    const { model, log } = harness({ ackWaitMs: 100 });
    publish(model, 0, 2);
    pull(model, 0, 'A', 2);
    model.advance(1000);
    pull(model, 1000, 'B', 5);
    expect(log).toEqual(['A:1', 'A:2', 'B:1r', 'B:2r']);
  });
});

describe('calls from within a callback', () => {
  it('should take effect before the next delivery', () => {
    const order: number[] = [];
    const model: JetStreamModel<null> = new JetStreamModel<null>({
      deliver: (_inbox, durable, { streamSequence }) => {
        order.push(streamSequence);
        model.ack(0, durable, streamSequence);
      },
      status: () => {},
    });
    model.createStream({ name: 'S', subjects: ['s'] });
    model.createDurable({ ...unlimited, maxAckPending: 1 });
    for (let i = 0; i < 5; i++) model.publish(0, 's', null);
    model.pull(0, 'd', { inbox: 'A', batch: 5, expiresMs: null, noWait: false });
    expect(order).toEqual([1, 2, 3, 4, 5]);
    expect(model.durableState('d')).toMatchObject({ ackPending: 0, pending: 0, waiting: 0 });
  });

  it('should find an ack settled that is sent as another message is given up', () => {
    const log: string[] = [];
    const model: JetStreamModel<null> = new JetStreamModel<null>({
      deliver: (inbox, _durable, { streamSequence }) => log.push(`${inbox}:${streamSequence}`),
      status: () => {},
      advisory: () => model.ack(101, 'd', 2),
    });
    model.createStream({ name: 'S', subjects: ['s'] });
    model.createDurable({ ...unlimited, ackWaitMs: 100, maxDeliver: 2 });
    for (let i = 0; i < 2; i++) model.publish(0, 's', null);
    model.pull(0, 'd', { inbox: 'A', batch: 1, expiresMs: null, noWait: false });
    model.nak(0, 'd', 1);
    model.pull(0, 'd', { inbox: 'A', batch: 2, expiresMs: null, noWait: false });
    model.advance(101);
    model.pull(102, 'd', { inbox: 'A', batch: 2, expiresMs: null, noWait: false });
    expect(log).toEqual(['A:1', 'A:1', 'A:2']);
    expect(model.durableState('d')).toMatchObject({ ackPending: 0, givenUp: 1 });
  });

  it('should let a pull sent on a status find its place', () => {
    const log: string[] = [];
    const model: JetStreamModel<null> = new JetStreamModel<null>({
      deliver: (inbox, _durable, { streamSequence }) => log.push(`${inbox}:${streamSequence}`),
      status: (inbox, code) => {
        log.push(`${inbox}:${code}`);
        model.pull(100, 'd', { inbox: 'again', batch: 1, expiresMs: null, noWait: false });
      },
    });
    model.createStream({ name: 'S', subjects: ['s'] });
    model.createDurable(unlimited);
    model.pull(0, 'd', { inbox: 'A', batch: 1, expiresMs: 100, noWait: false });
    model.advance(100);
    model.publish(200, 's', null);
    expect(log).toEqual(['A:408', 'again:1']);
  });
});

describe('interest', () => {
  it('should not be given back by another pull, only by whoever restores it', () => {
    const { model, log } = harness();
    model.dropInterest('A');
    pull(model, 0, 'A');
    publish(model, 0, 1);
    expect(log).toEqual([]);
    expect(model.durableState('d')).toMatchObject({ pending: 1, ackPending: 0, waiting: 0 });
    model.restoreInterest('A');
    pull(model, 0, 'A');
    expect(log).toEqual(['A:1']);
  });

  it('should not count as waiting once dropped, nor hear of an expiry', () => {
    const { model, log } = harness();
    pull(model, 0, 'A', 1, 100);
    model.dropInterest('A');
    expect(model.durableState('d').waiting).toBe(0);
    model.advance(200);
    expect(log).toEqual([]);
  });

  it('should be looked for in a full queue at once by 2.9, once a second by current servers', () => {
    for (const [version, nowMs, expected] of [
      ['2.9', 10, []],
      ['current', 10, ['B:409']],
      ['current', 1100, []],
    ] as const) {
      const { model, log } = harness({ maxWaiting: 1 }, version);
      pull(model, 0, 'A');
      model.dropInterest('A');
      pull(model, nowMs, 'B');
      expect(log).toEqual(expected);
    }
  });

  it('should cost a lost redelivery of 2.9 a whole ack wait more, from the end of the last one', () => {
    const { model, log } = harness({ ackWaitMs: 100 }, '2.9');
    publish(model, 0, 2);
    pull(model, 0, 'A');
    pull(model, 50, 'A');
    model.dropInterest('B');
    model.advance(110);
    pull(model, 110, 'B');
    pull(model, 115, 'A', 1);
    pull(model, 120, 'A', 5);
    model.ack(121, 'd', 2);
    model.advance(200);
    expect(log).toEqual(['A:1', 'A:2', 'A:2']);
    model.advance(210);
    expect(log).toEqual(['A:1', 'A:2', 'A:2', 'A:1rr']);
  });

  it('should never send a 2.9 server back before the first message', () => {
    const { model, log } = harness({ ackWaitMs: 100 }, '2.9');
    publish(model, 0, 2);
    pull(model, 0, 'A', 2);
    model.dropInterest('B');
    for (let nowMs = 0; nowMs < 1000; nowMs += 50) {
      pull(model, nowMs, 'B');
      model.advance(nowMs + 49);
    }
    pull(model, 1000, 'A', 10);
    expect(log.slice(2)).toContain('A:1');
    expect(log.slice(2)).toContain('A:2');
  });
});

describe('giving up', () => {
  it('should free the slot and count, with the redelivery state kept', () => {
    const { model, log } = harness({ maxAckPending: 1, maxDeliver: 2, ackWaitMs: 100 });
    publish(model, 0, 2);
    pull(model, 0, 'A', 3);
    model.advance(250);
    expect(log).toEqual(['A:1', 'A:1r', 'd gave up 1', 'A:2']);
    expect(model.durableState('d')).toMatchObject({
      pending: 0,
      ackPending: 1,
      redelivered: 1,
      waiting: 0,
      givenUp: 1,
    });
  });
});

describe('message ids', () => {
  it('should be forgotten after two minutes', () => {
    const { model } = harness();
    expect(model.publish(0, 's', '', 'id')).toEqual({ sequence: 1, duplicate: false });
    expect(model.publish(119_999, 's', '', 'id')).toEqual({ sequence: 1, duplicate: true });
    expect(model.publish(120_000, 's', '', 'id')).toEqual({ sequence: 2, duplicate: false });
  });
});

describe('defaults', () => {
  it("should be the server's where a setting is 0, and no limit where it is negative", () => {
    const { model, log } = harness({ maxAckPending: 0, ackWaitMs: 0 });
    publish(model, 0, 1500);
    pull(model, 0, 'A', 2000);
    expect(log).toHaveLength(1000);
    expect(model.nextDeadlineMs()).toBe(30_001);
    const free = harness({ maxAckPending: -1 });
    publish(free.model, 0, 1500);
    pull(free.model, 0, 'A', 2000);
    expect(free.log).toHaveLength(1500);
  });
});

describe('what is refused', () => {
  it('should be a name or a subject that is taken, or not there', () => {
    const { model } = harness();
    expect(() => model.createStream({ name: 'S', subjects: ['other'] })).toThrow(BrokerError);
    expect(() => model.createStream({ name: 'T', subjects: ['x.*.b'] })).toThrow(/overlaps/);
    expect(() => model.createDurable(unlimited)).toThrow(/exists already/);
    expect(() => model.createDurable({ ...unlimited, name: 'e', stream: 'T' })).toThrow(/no stream T/);
    expect(() => model.publish(0, 'y', '')).toThrow(/no stream has the subject y/);
    expect(() => model.ack(0, 'e', 1)).toThrow(InternalError);
    expect(() => new JetStreamModel({ deliver: () => {}, status: () => {} }).createDurable(unlimited)).toThrow(
      BrokerError,
    );
  });

  it('should be a durable that does not say which of two streams it reads', () => {
    const { model } = harness();
    model.createStream({ name: 'T', subjects: ['t'] });
    expect(() => model.createDurable({ ...unlimited, name: 'e' })).toThrow(/which stream/);
    model.createDurable({ ...unlimited, name: 'e', stream: 'T' });
    model.publish(0, 't', '');
    expect(model.durableState('e').pending).toBe(1);
    expect(model.durableState('d').pending).toBe(0);
  });

  it('should be what the server of that version refuses', () => {
    const make = (spec: Partial<ModelDurableSpec>, version: JetStreamVersion) => () => harness(spec, version);
    expect(make({ filterSubjects: ['s', 'x.a'] }, '2.9')).toThrow(/one filter subject/);
    expect(make({ filterSubjects: ['s', 'x.a'] }, 'current')).not.toThrow();
    const backoffMs = [10, 20];
    expect(make({ backoffMs }, '2.9')).toThrow(/max_deliver/);
    expect(make({ backoffMs, maxDeliver: 2 }, '2.9')).toThrow(/max_deliver/);
    expect(make({ backoffMs, maxDeliver: 3 }, '2.9')).not.toThrow();
    expect(make({ backoffMs }, 'current')).not.toThrow();
    expect(make({ backoffMs, maxDeliver: 2 }, 'current')).not.toThrow();
    expect(make({ backoffMs, maxDeliver: 1 }, 'current')).toThrow(/max_deliver/);
  });

  it('should be a batch of nothing', () => {
    expect(() => pull(harness().model, 0, 'A', 0)).toThrow(InternalError);
  });
});

describe('random traffic', () => {
  type Operation =
    | { kind: 'publish'; count: number }
    | { kind: 'pull'; inbox: number; batch: number; expiresMs: number; noWait: boolean }
    | { kind: 'settle'; how: 'ack' | 'nak' | 'term' | 'inProgress'; pick: number; delayMs: number | undefined }
    | { kind: 'drop'; inbox: number }
    | { kind: 'wait'; ms: number };

  const operation: fc.Arbitrary<Operation> = fc.oneof(
    fc.record({ kind: fc.constant('publish' as const), count: fc.integer({ min: 1, max: 5 }) }),
    fc.record({
      kind: fc.constant('pull' as const),
      inbox: fc.nat(3),
      batch: fc.integer({ min: 1, max: 6 }),
      expiresMs: fc.integer({ min: 1, max: 300 }),
      noWait: fc.boolean(),
    }),
    fc.record({
      kind: fc.constant('settle' as const),
      how: fc.constantFrom('ack' as const, 'nak' as const, 'term' as const, 'inProgress' as const),
      pick: fc.nat(1000),
      delayMs: fc.option(fc.nat(200), { nil: undefined }),
    }),
    fc.record({ kind: fc.constant('drop' as const), inbox: fc.nat(3) }),
    fc.record({ kind: fc.constant('wait' as const), ms: fc.nat(150) }),
  );

  /** Takes the operations and checks after each what must hold whatever happens. */
  class Traffic {
    readonly model: JetStreamModel<string>;
    readonly delivered: number[] = [];
    readonly settled = new Set<number>();
    readonly counts = new Map<number, number>();
    readonly #generation = [0, 0, 0, 0];
    readonly #wanted = new Map<string, number>();
    readonly #closed = new Set<string>();
    nowMs = 0;
    published = 0;

    constructor(spec: Partial<ModelDurableSpec>) {
      this.model = new JetStreamModel<string>({
        deliver: (inbox, _durable, message) => this.#deliver(inbox, message),
        status: (inbox) => {
          expect(this.#closed.has(inbox)).toBe(false);
        },
      });
      this.model.createStream({ name: 'S', subjects: ['s'] });
      this.model.createDurable({ ...unlimited, ...spec });
    }

    take(operation: Operation): void {
      switch (operation.kind) {
        case 'publish':
          publish(this.model, this.nowMs, operation.count);
          this.published += operation.count;
          break;
        case 'pull':
          this.pull(operation.inbox, operation.batch, operation.expiresMs, operation.noWait);
          break;
        case 'settle':
          this.#settle(operation.how, operation.pick, operation.delayMs);
          break;
        case 'drop':
          this.#closed.add(this.#inbox(operation.inbox));
          this.model.dropInterest(this.#inbox(operation.inbox));
          this.#generation[operation.inbox]!++;
          break;
        case 'wait':
          this.nowMs += operation.ms;
          this.model.advance(this.nowMs);
      }
    }

    pull(index: number, batch: number, expiresMs: number, noWait: boolean): void {
      const inbox = this.#inbox(index);
      this.#wanted.set(inbox, (this.#wanted.get(inbox) ?? 0) + batch);
      this.model.pull(this.nowMs, 'd', { inbox, batch, expiresMs, noWait });
    }

    ack(sequence: number): void {
      this.settled.add(sequence);
      this.model.ack(this.nowMs, 'd', sequence);
    }

    #settle(how: 'ack' | 'nak' | 'term' | 'inProgress', pick: number, delayMs: number | undefined): void {
      const sequence = this.delivered[pick % Math.max(1, this.delivered.length)];
      if (sequence === undefined) return;
      if (how === 'ack' || how === 'term') this.settled.add(sequence);
      if (how === 'nak') this.model.nak(this.nowMs, 'd', sequence, delayMs);
      else this.model[how](this.nowMs, 'd', sequence);
    }

    #inbox(index: number): string {
      return `${index}#${this.#generation[index]}`;
    }

    #deliver(inbox: string, message: DeliveredMessage<string>): void {
      const { streamSequence: sequence, deliveryCount } = message;
      const count = (this.counts.get(sequence) ?? 0) + 1;
      this.counts.set(sequence, count);
      this.delivered.push(sequence);
      this.#wanted.set(inbox, this.#wanted.get(inbox)! - 1);
      expect(this.#closed.has(inbox)).toBe(false);
      expect(this.settled.has(sequence)).toBe(false);
      expect(deliveryCount).toBe(count);
      expect(message.consumerSequence).toBe(this.delivered.length);
      expect(this.#wanted.get(inbox)).toBeGreaterThanOrEqual(0);
    }
  }

  it('should deliver each message to a live request that wants it, never after its ack, first times in stream order', () => {
    fc.assert(
      fc.property(
        fc.array(operation, { maxLength: 120 }),
        fc.integer({ min: 1, max: 5 }),
        (operations, maxAckPending) => {
          const traffic = new Traffic({ maxAckPending, ackWaitMs: 100, maxWaiting: 4 });
          for (const one of operations) {
            traffic.take(one);
            expect(traffic.model.durableState('d').ackPending).toBeLessThanOrEqual(maxAckPending);
          }
          expect([...traffic.counts.keys()]).toEqual([...traffic.counts.keys()].sort((a, b) => a - b));
        },
      ),
    );
  });

  it('should drain as soon as somebody goes on pulling and acking, with nothing lost', () => {
    fc.assert(
      fc.property(fc.array(operation, { maxLength: 120 }), fc.constantFrom([], [50, 120]), (operations, backoffMs) => {
        const traffic = new Traffic({ maxAckPending: 3, ackWaitMs: 100, backoffMs });
        for (const one of operations) traffic.take(one);
        for (let round = 0; round < 60 + 2 * traffic.published; round++) {
          traffic.pull(0, 5, 20, false);
          for (const sequence of traffic.delivered) traffic.ack(sequence);
          traffic.nowMs += 25;
          traffic.model.advance(traffic.nowMs);
        }
        expect(traffic.counts.size).toBe(traffic.published);
        expect(traffic.model.durableState('d')).toMatchObject({ pending: 0, ackPending: 0, redelivered: 0 });
        traffic.model.advance(traffic.nowMs + 1000);
        expect(traffic.model.nextDeadlineMs()).toBeNull();
      }),
    );
  });
});
