/**
 * Which server do flags and environment name? What `cli/` read becomes connection options; null stands for none, and then
 * a run starts a private server.
 */
import { natsConnectionOptions } from '../broker/nats/connection-options.js';
import type { NatsConnectionOptions } from '../broker/nats/connection-options.js';

export { redactUrl, whereOf } from '../broker/nats/connection-options.js';
export type { NatsConnectionOptions } from '../broker/nats/connection-options.js';

export interface ConnectionSettings {
  readonly url?: string | undefined;
  readonly user?: string | undefined;
  readonly password?: string | undefined;
  readonly token?: string | undefined;
  readonly credsFile?: string | undefined;
  readonly caFile?: string | undefined;
  readonly certFile?: string | undefined;
  readonly keyFile?: string | undefined;
}

/** @throws {UsageError} if the settings contradict each other */
export function readConnection({ url, ...settings }: ConnectionSettings): NatsConnectionOptions | null {
  return url === undefined ? null : natsConnectionOptions({ url, ...settings });
}
