/**
 * Adapts the connections of a simulated run to its handlers and fetch loops. An acknowledgement goes over the
 * connection on which its delivery came, and is dropped if that connection ended with its process.
 */
import type { PullConnection } from '../../broker/port.js';
import type { Acker } from '../../handler/handle.js';
import type { MortalWorld } from '../../runtime/virtual/mortal-world.js';
import type { FetchConnection } from '../../subscription/fetch-loop.js';

/** @param connections by subscription */
export function ackerOver(connections: ReadonlyMap<number, PullConnection>): Acker {
  return {
    ack: ({ subscription, ackToken }) => connections.get(subscription)?.ack(ackToken),
    nak: ({ subscription, ackToken }) => connections.get(subscription)?.nak(ackToken),
    skip: ({ subscription, ackToken }) => connections.get(subscription)?.term(ackToken),
    inProgress: ({ subscription, ackToken }) => connections.get(subscription)?.inProgress(ackToken),
  };
}

/** A connection that delivers nothing once its process has crashed. @param life undefined: the process cannot crash */
export function mortalConnection(connection: PullConnection, life: MortalWorld | undefined): FetchConnection {
  if (life === undefined) return connection;
  return {
    pull: (batch, expiresMs) => connection.pull(batch, expiresMs),
    poll: () => connection.poll(),
    next: () => life.outlive(connection.next()),
    ack: (token) => connection.ack(token),
  };
}
