/**
 * How does the pipeline talk to the simulated JetStream? As to the real one, through `broker/port.ts`: every
 * connection has a link to the server and one back, messages arrive in the order sent on a link and in no particular
 * order across links. What the server does with them is `jetstream-model.ts`; nothing here reorders anything.
 */
import type { BrokerInfo, ClientInfo } from '../../../domain/report/run-report.js';
import { publishSubjects, streamSubjects } from '../../../domain/stream-subjects.js';
import type { DurableSpec, JetStreamTopology, SubscriptionSpec, Topology } from '../../../domain/topology.js';
import type { Prng, Scheduler, Signal, VirtualTime } from '../../../runtime/ports.js';
import type {
  AckToken,
  BrokerAdmin,
  BrokerDriver,
  BrokerMessage,
  DeliveredCounts,
  DurableState,
  EventMessage,
  PublishAck,
  PublisherConnection,
  PullConnection,
  PullEnd,
} from '../../port.js';
import { gapDetail, orderedBase, orderedState, OrderedSequence } from '../../ordered-sequence.js';
import { jetStreamOnly } from '../../../domain/topology-kind.js';
import { JetStreamModel, type DeliveredMessage, type ModelOutput, type StatusCode } from './jetstream-model.js';
import { clientTable, Latency, networkTable, taskTable, wakeUpTable } from '../latency.js';
import { Link } from '../link.js';
import type { Simulate } from '../simulation.js';

export interface SimulatedJetStreamOptions {
  readonly time: VirtualTime;
  readonly scheduler: Scheduler;
  /** Draws latencies. */
  readonly prng: Prng;
  /** Version of this tool: the simulator's own. */
  readonly toolVersion: string;
  /** Told when the broker gives a message up after max_deliver. */
  readonly onGivenUp?: (streamSequence: number) => void;
}

export function simulatedJetStream(options: SimulatedJetStreamOptions): BrokerDriver {
  const server = new SimulatedServer(options);
  return {
    openAdmin: () => Promise.resolve(new SimulatedAdmin(server, options.toolVersion)),
    openPublisher: (topology) => Promise.resolve(new SimulatedPublisher(server, jetStreamOnly(topology))),
    openSubscription: (topology, subscription) => {
      const { durables } = jetStreamOnly(topology);
      const durable = durables.find(({ name }) => name === subscription.durable)!;
      return Promise.resolve(new SimulatedPull(server, subscription, durable));
    },
  };
}

/** As the registry of brokers has it loaded. */
export const simulate: Simulate = simulatedJetStream;

/** The model with a clock of its own: it is advanced whenever one of its deadlines has come. */
class SimulatedServer implements ModelOutput<EventMessage> {
  readonly model: JetStreamModel<EventMessage>;
  readonly options: SimulatedJetStreamOptions;
  readonly #pulls = new Map<string, SimulatedPull>();
  #wakeAtMs = Infinity;

  constructor(options: SimulatedJetStreamOptions) {
    this.options = options;
    this.model = new JetStreamModel<EventMessage>(this);
  }

  link(): Link {
    return new Link(this.options.time, new Latency(this.options.prng, networkTable));
  }

  /** Lets a request that has arrived take effect. */
  serve(request: (model: JetStreamModel<EventMessage>, nowMs: number) => void): void {
    request(this.model, this.options.time.nowMs());
    this.#arm();
  }

  attach(inbox: string, pull: SimulatedPull): void {
    this.#pulls.set(inbox, pull);
  }

  detach(inbox: string): void {
    this.#pulls.delete(inbox);
    this.model.dropInterest(inbox);
  }

  deliver(inbox: string, durable: string, message: DeliveredMessage<EventMessage>): void {
    this.#pulls.get(inbox)?.send(durable, message);
  }

  status(inbox: string, code: StatusCode, description: string): void {
    this.#pulls.get(inbox)?.sendStatus(inbox, code, description);
  }

  advisory(_kind: 'max-deliver', _durable: string, streamSequence: number): void {
    this.options.onGivenUp?.(streamSequence);
  }

  #arm(): void {
    const deadlineMs = this.model.nextDeadlineMs();
    if (deadlineMs === null || deadlineMs >= this.#wakeAtMs) return;
    this.#wakeAtMs = deadlineMs;
    this.options.time.at(deadlineMs, () => {
      if (this.#wakeAtMs === deadlineMs) this.#wakeAtMs = Infinity;
      this.model.advance(this.options.time.nowMs());
      this.#arm();
    });
  }
}

class SimulatedAdmin implements BrokerAdmin {
  readonly broker: BrokerInfo;
  readonly client: ClientInfo;
  readonly #server: SimulatedServer;
  #topology: JetStreamTopology | null = null;

  constructor(server: SimulatedServer, toolVersion: string) {
    this.#server = server;
    this.broker = { kind: 'sim:jetstream', version: toolVersion, url: null };
    this.client = { name: 'simulated', version: toolVersion };
  }

  create(given: Topology): Promise<void> {
    const topology = jetStreamOnly(given);
    const { stream, durables } = topology;
    this.#server.model.createStream({ name: stream.name, subjects: streamSubjects(stream) });
    for (const durable of durables) if (durable.ordered === undefined) this.#server.model.createDurable(durable);
    this.#topology = topology;
    return Promise.resolve();
  }

  durables(delivered: DeliveredCounts): Promise<readonly DurableState[]> {
    const topology = this.#topology;
    if (topology === null) return Promise.resolve([]);
    const { model } = this.#server;
    const { stream } = topology;
    const storedOn = (topic: number): number => model.storedOn(stream.name, stream.subjects[topic]!);
    return Promise.resolve(
      topology.durables.map(({ name, ordered }) => {
        if (ordered !== undefined) return orderedState(topology, name, storedOn, delivered);
        const { pending, ackPending } = model.durableState(name);
        return { name, pending, ackPending };
      }),
    );
  }

  remove(): Promise<void> {
    return Promise.resolve();
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}

class SimulatedPublisher implements PublisherConnection {
  readonly #server: SimulatedServer;
  readonly #subjectOf: ReturnType<typeof publishSubjects>;
  readonly #up: Link;
  readonly #down: Link;
  readonly #taskTime: Latency;

  constructor(server: SimulatedServer, topology: JetStreamTopology) {
    this.#server = server;
    this.#subjectOf = publishSubjects(topology.stream);
    this.#up = server.link();
    this.#down = server.link();
    this.#taskTime = new Latency(server.options.prng, taskTable);
  }

  publish(message: EventMessage): Promise<PublishAck> {
    const subject = this.#subjectOf(message.topic, message.aggregate, message.aggregateId);
    const { time } = this.#server.options;
    return time.completion((complete) => {
      this.#up.send(() => {
        this.#server.serve((model, nowMs) => {
          const { sequence, duplicate } = model.publish(nowMs, subject, message);
          this.#down.send(() => {
            time.at(time.nowMs() + this.#taskTime.draw(), () => {
              complete({ partition: 0, position: sequence, duplicate });
            });
          });
        });
      });
    });
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}

class SimulatedPull implements PullConnection {
  readonly #server: SimulatedServer;
  readonly #durable: DurableSpec;
  /** null: it is bound to a durable. */
  readonly #ordered: OrderedSequence | null;
  #inbox: string;
  readonly #up: Link;
  readonly #down: Link;
  readonly #clientTime: Latency;
  readonly #wakeUp: Latency;
  readonly #arrived: (BrokerMessage | PullEnd)[] = [];
  #head = 0;
  readonly #arrival: Signal;
  /** Messages that the pull request under way still asks for. */
  #wanted = 0;
  /** Of the pin that the last message named; null: of none. */
  #pinId: string | null = null;
  #closed = false;

  constructor(server: SimulatedServer, subscription: SubscriptionSpec, durable: DurableSpec) {
    this.#server = server;
    this.#durable = durable;
    this.#ordered = durable.ordered === undefined ? null : new OrderedSequence(orderedBase(subscription));
    this.#inbox = `_INBOX.${subscription.index}`;
    this.#up = server.link();
    this.#down = server.link();
    this.#clientTime = new Latency(server.options.prng, clientTable);
    this.#wakeUp = new Latency(server.options.prng, wakeUpTable);
    this.#arrival = server.options.scheduler.signal();
    server.attach(this.#inbox, this);
  }

  pull(batch: number, expiresMs: number): void {
    this.#wanted = batch;
    if (this.#ordered?.isThere === false) this.#makeConsumer(this.#ordered);
    const name = this.#ordered?.name ?? this.#durable.name;
    const inbox = this.#inbox;
    const pinId = this.#pinId;
    this.#request((model, nowMs) => {
      model.pull(nowMs, name, { inbox, batch, expiresMs, noWait: false, pinId });
    });
  }

  /** Makes the ordered consumer anew, with an inbox of its own: what is under way of the old one is not looked at. */
  #makeConsumer(ordered: OrderedSequence): void {
    const old = ordered.name;
    const { name, startSequence } = ordered.begin();
    const { inactiveMs } = this.#durable.ordered!;
    this.#server.detach(this.#inbox);
    this.#inbox = `_INBOX.${name}`;
    this.#server.attach(this.#inbox, this);
    this.#request((model, nowMs) => {
      model.deleteDurable(old);
      model.createDurable({ ...this.#durable, name, ackPolicy: 'none', startSequence, inactiveMs }, nowMs);
    });
  }

  poll(): BrokerMessage | PullEnd | undefined {
    return undefined;
  }

  async next(): Promise<BrokerMessage | PullEnd> {
    if (this.#head === this.#arrived.length) {
      await this.#arrival.wait();
      await this.#server.options.time.sleep(this.#wakeUp.draw());
    }
    const item = this.#arrived[this.#head]!;
    this.#head++;
    if (this.#head === this.#arrived.length) {
      this.#arrived.length = 0;
      this.#head = 0;
    }
    if (item.kind === 'message') await this.#server.options.time.sleep(this.#clientTime.draw());
    return item;
  }

  ack(token: AckToken): void {
    this.#settle((model, nowMs) => {
      model.ack(nowMs, this.#durable.name, token);
    });
  }

  nak(token: AckToken, delayMs?: number): void {
    this.#settle((model, nowMs) => {
      model.nak(nowMs, this.#durable.name, token, delayMs);
    });
  }

  term(token: AckToken): void {
    this.#settle((model, nowMs) => {
      model.term(nowMs, this.#durable.name, token);
    });
  }

  inProgress(token: AckToken): void {
    this.#settle((model, nowMs) => {
      model.inProgress(nowMs, this.#durable.name, token);
    });
  }

  close(): Promise<void> {
    this.#server.detach(this.#inbox);
    this.#hand({ kind: 'end', status: 'closed', detail: 'the connection was closed' });
    this.#closed = true;
    return Promise.resolve();
  }

  /** The server sends a message: it counts against the request, whose end the client then knows by itself. */
  send(consumer: string, message: DeliveredMessage<EventMessage>): void {
    this.#down.send(() => {
      const { consumerSequence, streamSequence } = message;
      const what = this.#ordered?.accept(consumer, consumerSequence, streamSequence) ?? 'next';
      if (what === 'gap') this.#hand({ kind: 'end', status: 'conflict', detail: gapDetail });
      if (what !== 'next') return;
      this.#pinId = message.pinId;
      this.#hand({
        kind: 'message',
        event: message.payload,
        partition: 0,
        position: message.streamSequence,
        deliveryCount: message.deliveryCount,
        token: message.streamSequence,
      });
      this.#wanted--;
      if (this.#wanted === 0) this.#hand({ kind: 'end', status: 'complete', detail: 'the batch is complete' });
    });
  }

  sendStatus(inbox: string, code: StatusCode, description: string): void {
    const status = ({ 404: 'empty', 408: 'expired', 409: 'conflict', 423: 'conflict', 503: 'conflict' } as const)[code];
    this.#down.send(() => {
      if (inbox !== this.#inbox) return;
      if (code === 423) this.#pinId = null;
      if (status === 'conflict') this.#ordered?.end();
      this.#hand({ kind: 'end', status, detail: `${code} ${description}` });
    });
  }

  /** An ordered consumer knows no acks. */
  #settle(settle: (model: JetStreamModel<EventMessage>, nowMs: number) => void): void {
    if (this.#ordered === null) this.#request(settle);
  }

  #request(take: (model: JetStreamModel<EventMessage>, nowMs: number) => void): void {
    this.#up.send(() => {
      this.#server.serve(take);
    });
  }

  #hand(item: BrokerMessage | PullEnd): void {
    if (this.#closed) return;
    this.#arrived.push(item);
    this.#arrival.notifyOne();
  }
}
