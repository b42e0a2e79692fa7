/** Opens the connection of a subscription with the second client, bound to the durable that the run has made. */
import type { NatsConnectionOptions } from '../connecting/connection-options.js';
import { requestError } from '../connecting/request-errors.js';
import { loadNatsIo, openNatsIoLink } from './client.js';
import { ConsumeConnection, type ConsumeOptions } from './consume-connection.js';

interface OpenOptions extends ConsumeOptions {
  /** Name of the connection in the server's monitoring. */
  readonly clientName: string;
  readonly stream: string;
  readonly durable: string;
}

/** @throws {BrokerError} if the client is not installed, or the server cannot be reached, or the durable is not there */
export async function openConsume(
  connection: NatsConnectionOptions,
  { clientName, stream, durable, subscription, onNote }: OpenOptions,
): Promise<ConsumeConnection> {
  const library = await loadNatsIo();
  const link = await openNatsIoLink(library, connection, clientName);
  try {
    const consumer = await library.jetStream.jetstream(link.client).consumers.get(stream, durable);
    return new ConsumeConnection(link, consumer, { subscription, onNote });
  } catch (error) {
    await link.close();
    throw link.failure ?? requestError(error, { doing: `find the durable ${durable}`, where: link.where });
  }
}
