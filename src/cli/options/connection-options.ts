/**
 * How does a command learn which NATS server to use? Flags, or the environment where a flag is not given; a variable that
 * is empty counts as not set.
 */
import { Option } from 'commander';
import type { Command } from 'commander';
import { UsageError } from '../../domain/errors.js';
import type { ConnectionSettings } from '../../run/connection.js';

const heading = 'NATS server:';

const flags = [
  {
    key: 'natsUrl',
    setting: 'url',
    flag: '--nats-url <url>',
    env: 'NATS_URL',
    text: 'Server to use, nats://host:port.',
  },
  { key: 'natsUser', setting: 'user', flag: '--nats-user <name>', env: 'NATS_USER', text: 'User.' },
  {
    key: 'natsPassword',
    setting: 'password',
    flag: '--nats-password <password>',
    env: 'NATS_PASSWORD',
    text: 'Password.',
  },
  { key: 'natsToken', setting: 'token', flag: '--nats-token <token>', env: 'NATS_TOKEN', text: 'Token.' },
  {
    key: 'natsCreds',
    setting: 'credsFile',
    flag: '--nats-creds <file>',
    env: 'NATS_CREDS',
    text: 'Credentials file (JWT and seed).',
  },
  {
    key: 'natsTlsCa',
    setting: 'caFile',
    flag: '--nats-tls-ca <file>',
    env: 'NATS_CA',
    text: 'CA certificate of the server; turns TLS on.',
  },
  {
    key: 'natsTlsCert',
    setting: 'certFile',
    flag: '--nats-tls-cert <file>',
    env: 'NATS_CERT',
    text: 'Client certificate.',
  },
  {
    key: 'natsTlsKey',
    setting: 'keyFile',
    flag: '--nats-tls-key <file>',
    env: 'NATS_KEY',
    text: 'Key of the client certificate.',
  },
] as const;

export function addConnectionOptions(command: Command): Command {
  for (const { flag, env, text } of flags) command.addOption(new Option(flag, text).env(env).helpGroup(heading));
  return command;
}

/** What flags and environment say of the server. */
export function connectionSettings(command: Command): ConnectionSettings {
  const options: Record<string, unknown> = command.opts();
  const given = flags.flatMap(({ key, setting }) => {
    const value = options[key];
    const empty = value === '' && command.getOptionValueSource(key) === 'env';
    return typeof value === 'string' && !empty ? [[setting, value] as const] : [];
  });
  return Object.fromEntries(given);
}

/**
 * Refuses flags that would be without effect. Environment variables are not refused: they are set for other reasons too.
 * @throws {UsageError}
 */
export function refuseIdleConnectionFlags(command: Command, broker: string, settings: ConnectionSettings): void {
  const typed = flags
    .filter(({ key }) => command.getOptionValueSource(key) === 'cli')
    .map(({ flag }) => flag.split(' ')[0] ?? flag);
  const first = typed[0];
  if (first === undefined) return;
  if (broker !== 'nats') {
    throw new UsageError(
      `${first} names a NATS server, but the broker is ${broker}, which has none`,
      'add --broker nats, or leave it out',
    );
  }
  if (settings.url === undefined) {
    throw new UsageError(
      `${first} is given, but no server: a private server needs no login`,
      'add --nats-url nats://host:port, or leave it out',
    );
  }
}
