/**
 * Says of every mode what is wired how: how many subscriptions there are, how many positions in the log they read from,
 * and what makes a position on each protocol. The topologies beside this file make it so.
 */
import type { Protocol } from '../domain/broker/registry.js';
import { modeRows, type ModeRow } from '../domain/scenario/scenario.js';

export interface ModeWiring {
  readonly summary: string;
  readonly subscriptions: 'one' | 'one a topic';
  /** Durables on JetStream, groups on Kafka. */
  readonly positions: 'one' | 'one a topic';
  readonly on: Readonly<Record<Protocol, string>>;
}

const wirings: Readonly<Record<ModeRow, ModeWiring>> = {
  'multi/shared': {
    summary: 'one subscription a topic, all reading from one position: the bus of the incident',
    subscriptions: 'one a topic',
    positions: 'one',
    on: {
      jetstream: 'all are bound to one durable without a filter, so each gets events of any topic',
      kafka: 'all are members of one group and subscribed to all topics; a partition belongs to one of them',
    },
  },
  'multi/per-topic': {
    summary: 'one subscription a topic, each reading from a position of its own',
    subscriptions: 'one a topic',
    positions: 'one a topic',
    on: {
      jetstream: 'each has a durable of its own, filtered to its topic',
      kafka: 'each has a group of its own, subscribed to its topic',
    },
  },
  single: {
    summary: 'one subscription for all topics',
    subscriptions: 'one',
    positions: 'one',
    on: {
      jetstream: 'one durable without a filter, and one fetch loop',
      kafka: 'one group with one consumer, subscribed to all topics',
    },
  },
};

/** In the order of the result table. */
export const modeWirings: readonly (ModeWiring & { readonly mode: ModeRow })[] = modeRows.map((mode) => ({
  mode,
  ...wirings[mode],
}));
