/**
 * Loads the second client, @nats-io/jetstream 3 with its transport, and opens connections with it. It is an optional
 * dependency, so it is loaded only when a run asks for it. Its types are imported without loading it.
 */
import type * as JetStream from '@nats-io/jetstream';
import type * as Transport from '@nats-io/transport-node';
import { BrokerError } from '../../../domain/errors.js';
import { connectError } from '../connecting/connect-errors.js';
import { clientOptions, connectTimeoutMs } from '../connecting/connect.js';
import type { NatsConnectionOptions } from '../connecting/connection-options.js';
import { Link, type LinkLibrary } from '../connecting/link.js';

export interface NatsIo {
  readonly jetStream: typeof JetStream;
  readonly transport: typeof Transport;
}

export type NatsIoLink = Link<Transport.NatsConnection>;

/** @throws {BrokerError} if it is not installed, or does not run on this Node.js */
export async function loadNatsIo(load: () => Promise<NatsIo> = importBoth): Promise<NatsIo> {
  try {
    return await load();
  } catch (error) {
    throw new BrokerError(
      'the client @nats-io/jetstream cannot be loaded: it is not installed, or does not run on this Node.js',
      'install it (npm install @nats-io/jetstream@3.3 @nats-io/transport-node@3.3), or use --nats-client nats',
      { cause: error },
    );
  }
}

async function importBoth(): Promise<NatsIo> {
  const [jetStream, transport] = await Promise.all([import('@nats-io/jetstream'), import('@nats-io/transport-node')]);
  return { jetStream, transport };
}

/** @param name name of the connection in the server's monitoring @throws {BrokerError} */
export async function openNatsIoLink(
  { transport }: NatsIo,
  options: NatsConnectionOptions,
  name: string,
): Promise<NatsIoLink> {
  // Both clients of one family take the same options, and a `nats` authenticator is a function of the nonce alone.
  const settings = clientOptions(options, name) as Transport.NodeConnectionOptions;
  try {
    return new Link(await transport.connect(settings), libraryOf(transport), options);
  } catch (error) {
    throw connectError(error, options, connectTimeoutMs);
  }
}

function libraryOf({ PermissionViolationError, ...errors }: typeof Transport): LinkLibrary<Transport.NatsConnection> {
  return {
    async *statuses(client) {
      for await (const status of client.status()) {
        if (status.type === 'disconnect') yield { what: 'disconnected' };
        else if (status.type === 'reconnect') yield { what: 'reconnected' };
        else if (status.type === 'error' && status.error instanceof PermissionViolationError) {
          const { operation, subject } = status.error;
          yield { what: 'forbidden', operation, subject };
        }
      }
    },
    isLoginError: (reason) =>
      reason instanceof errors.AuthorizationError || reason instanceof errors.UserAuthenticationExpiredError,
  };
}
