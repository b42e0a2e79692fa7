/**
 * Defines the flags that name the servers to use. A flag that is not given is read from its environment variable; an
 * empty variable counts as not set.
 */
import { Option } from 'commander';
import type { Command } from 'commander';
import { traitsOf, type BrokerKind } from '../../domain/broker/registry.js';
import { UsageError } from '../../domain/errors.js';
import type { ConnectionSettings } from '../../run/connection.js';

type Server = keyof ConnectionSettings;

interface ConnectionFlag {
  readonly server: Server;
  readonly setting: string;
  readonly flag: string;
  readonly env: string;
  readonly text: string;
}

interface ServerWords {
  readonly heading: string;
  readonly what: string;
  /** The flag that names a server, with an example value. */
  readonly naming: string;
  readonly isNamed: (settings: ConnectionSettings) => boolean;
}

const servers: Readonly<Record<Server, ServerWords>> = {
  nats: {
    heading: 'NATS server:',
    what: 'a NATS server',
    naming: '--nats-url nats://host:port',
    isNamed: ({ nats }) => nats.url !== undefined,
  },
  kafka: {
    heading: 'Kafka cluster:',
    what: 'a Kafka cluster',
    naming: '--kafka-brokers host:port',
    isNamed: ({ kafka }) => kafka.brokers !== undefined,
  },
};

const flags: readonly ConnectionFlag[] = [
  natsFlag('url', '--nats-url <url>', 'NATS_URL', 'Server to use, nats://host:port.'),
  natsFlag('user', '--nats-user <name>', 'NATS_USER', 'User.'),
  natsFlag('password', '--nats-password <password>', 'NATS_PASSWORD', 'Password.'),
  natsFlag('token', '--nats-token <token>', 'NATS_TOKEN', 'Token.'),
  natsFlag('credsFile', '--nats-creds <file>', 'NATS_CREDS', 'Credentials file (JWT and seed).'),
  natsFlag('caFile', '--nats-tls-ca <file>', 'NATS_CA', 'CA certificate of the server; turns TLS on.'),
  natsFlag('certFile', '--nats-tls-cert <file>', 'NATS_CERT', 'Client certificate.'),
  natsFlag('keyFile', '--nats-tls-key <file>', 'NATS_KEY', 'Key of the client certificate.'),
  kafkaFlag('brokers', '--kafka-brokers <list>', 'KAFKA_BROKERS', 'Brokers to begin with, host:port,host:port.'),
  kafkaFlag(
    'mechanism',
    '--kafka-sasl <mechanism>',
    'KAFKA_SASL',
    'How to log in: plain, scram-sha-256 or scram-sha-512.',
  ),
  kafkaFlag('username', '--kafka-user <name>', 'KAFKA_USER', 'User.'),
  kafkaFlag('password', '--kafka-password <password>', 'KAFKA_PASSWORD', 'Password.'),
  kafkaFlag('tls', '--kafka-tls', 'KAFKA_TLS', 'Encrypt, trusting the authorities that Node.js trusts.'),
  kafkaFlag('caFile', '--kafka-tls-ca <file>', 'KAFKA_CA', 'CA certificate of the brokers; turns TLS on.'),
  kafkaFlag('certFile', '--kafka-tls-cert <file>', 'KAFKA_CERT', 'Client certificate.'),
  kafkaFlag('keyFile', '--kafka-tls-key <file>', 'KAFKA_KEY', 'Key of the client certificate.'),
];

function natsFlag(setting: string, flag: string, env: string, text: string): ConnectionFlag {
  return { server: 'nats', setting, flag, env, text };
}

function kafkaFlag(setting: string, flag: string, env: string, text: string): ConnectionFlag {
  return { server: 'kafka', setting, flag, env, text };
}

export function addConnectionOptions(command: Command): Command {
  for (const { server, flag, env, text } of flags) {
    command.addOption(new Option(flag, text).env(env).helpGroup(servers[server].heading));
  }
  return command;
}

/** The settings of the servers, from flags and environment. */
export function connectionSettings(command: Command): ConnectionSettings {
  const options: Record<string, unknown> = command.opts();
  const of = (wanted: Server): Record<string, unknown> =>
    Object.fromEntries(
      flags.flatMap(({ server, setting, flag, env }) => {
        const key = keyOf(flag);
        const value = options[key];
        const isOff = command.getOptionValueSource(key) === 'env' && isOffInEnvironment(process.env[env], value);
        return server === wanted && value !== undefined && !isOff ? [[setting, value] as const] : [];
      }),
    );
  return { nats: of('nats'), kafka: of('kafka') };
}

/**
 * Refuses connection flags that would have no effect. Environment variables are not refused, since they may be set for
 * other programs.
 * @throws {UsageError} for the first such flag
 */
export function refuseIdleConnectionFlags(
  command: Command,
  brokers: readonly BrokerKind[],
  settings: ConnectionSettings,
): void {
  const typed = flags.filter(({ flag }) => command.getOptionValueSource(keyOf(flag)) === 'cli');
  for (const { server, flag } of typed) {
    const [name = flag] = flag.split(' ');
    const { what, naming, isNamed } = servers[server];
    if (!brokers.some((broker) => traitsOf(broker).server === server)) {
      throw new UsageError(
        `${name} names ${what}, but the broker is ${[...new Set(brokers)].join(', ')}, which has none`,
        `add --broker ${server}, or leave it out`,
      );
    }
    if (!isNamed(settings)) {
      throw new UsageError(
        `${name} is given, but no server: a private server needs no login`,
        `add ${naming}, or leave it out`,
      );
    }
  }
}

/** Whether a variable counts as not set: it is empty, or it is that of a switch and says `0`, `false` or `no`. */
function isOffInEnvironment(text: string | undefined, value: unknown): boolean {
  return text === '' || (value === true && /^(?:0|false|no)$/i.test(text ?? ''));
}

/** `--nats-tls-ca <file>` → `natsTlsCa`, as commander names it. */
function keyOf(flag: string): string {
  const [name = ''] = flag.slice(2).split(' ');
  return name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
}
