/** Creates the stream and durables of a run on the simulated JetStream, and tells their state. */
import type { BrokerInfo, ClientInfo } from '../../../domain/report/run-report.js';
import { streamSubjects } from '../../../domain/stream-subjects.js';
import { jetStreamOnly } from '../../../domain/topology-kind.js';
import type { JetStreamTopology, Topology } from '../../../domain/topology.js';
import { orderedState } from '../../ordered-sequence.js';
import type { BrokerAdmin, DeliveredCounts, DurableState } from '../../port.js';
import type { SimulatedServer } from './simulated-server.js';

export class SimulatedAdmin implements BrokerAdmin {
  readonly broker: BrokerInfo;
  readonly #server: SimulatedServer;
  readonly #client: ClientInfo;
  #topology: JetStreamTopology | null = null;

  constructor(server: SimulatedServer, toolVersion: string) {
    this.#server = server;
    this.broker = { kind: 'sim:jetstream', version: toolVersion, url: null };
    this.#client = { name: 'simulated', version: toolVersion };
  }

  clientOf(): ClientInfo {
    return this.#client;
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
