/** A publisher's connection to the simulated JetStream: each event is a message of its own, acknowledged once stored. */
import { publishSubjects } from '../../../domain/stream-subjects.js';
import type { JetStreamTopology, MessageIdPolicy } from '../../../domain/topology.js';
import type { EventMessage, PublishAck, PublisherConnection } from '../../port.js';
import { messageIdOf } from '../../produce/message-id.js';
import { Latency, taskTable } from '../latency.js';
import type { Link } from '../link.js';
import type { SimulatedServer } from './simulated-server.js';

export class SimulatedPublisher implements PublisherConnection {
  readonly #server: SimulatedServer;
  readonly #subjectOf: ReturnType<typeof publishSubjects>;
  readonly #messageId: MessageIdPolicy;
  readonly #up: Link;
  readonly #down: Link;
  readonly #taskTime: Latency;

  constructor(server: SimulatedServer, topology: JetStreamTopology) {
    this.#server = server;
    this.#subjectOf = publishSubjects(topology.stream);
    this.#messageId = topology.stream.messageId ?? 'none';
    this.#up = server.link();
    this.#down = server.link();
    this.#taskTime = new Latency(server.options.prng, taskTable);
  }

  publish(message: EventMessage): Promise<PublishAck> {
    const subject = this.#subjectOf(message.topic, message.aggregate, message.aggregateId);
    const messageId = messageIdOf(this.#messageId, message);
    const { time } = this.#server.options;
    return time.completion((complete) => {
      this.#up.send(() => {
        this.#server.serve((model, nowMs) => {
          const { sequence, duplicate } = model.publish(nowMs, subject, message, messageId);
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
