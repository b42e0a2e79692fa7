/**
 * Writes the configuration of a private broker: one node that is broker and controller (KRaft), on the loopback only,
 * with internal topics of one partition and one replica, and with short waits where long ones make sense only in a
 * cluster. Clients use the listener CLIENT. Where that is not plaintext, the broker talks to itself on a listener of
 * its own, INTERNAL.
 */
import { join } from 'node:path';

export type ListenerKind = 'plaintext' | 'sasl-plaintext' | 'ssl' | 'sasl-ssl';

/** PEM files of an encrypted listener. The key is in PKCS #8 without a password. */
export interface ListenerTls {
  readonly certFile: string;
  readonly keyFile: string;
  /** The authority that signed the certificates of the broker and of clients. */
  readonly caFile: string;
  /** Whether clients without a certificate are refused; default false. */
  readonly wantsClientCertificate?: boolean | undefined;
}

export interface BrokerUser {
  readonly username: string;
  readonly password: string;
}

export interface BrokerPorts {
  readonly client: number;
  readonly controller: number;
  /** Used only where CLIENT is not plaintext. */
  readonly internal: number;
}

export interface BrokerPlan {
  readonly listener: ListenerKind;
  /** The user who may log in, with any mechanism. */
  readonly user: BrokerUser;
  readonly tls: ListenerTls | null;
  /** Further properties, which replace those made here. `{port}` in a value stands for the port of CLIENT. */
  readonly properties: Readonly<Record<string, string>>;
}

const host = '127.0.0.1';

const always: Readonly<Record<string, string>> = {
  'process.roles': 'broker,controller',
  'node.id': '1',
  'controller.listener.names': 'CONTROLLER',
  'auto.create.topics.enable': 'false',
  'min.insync.replicas': '1',
  'default.replication.factor': '1',
  'offsets.topic.num.partitions': '1',
  'offsets.topic.replication.factor': '1',
  'transaction.state.log.num.partitions': '1',
  'transaction.state.log.replication.factor': '1',
  'transaction.state.log.min.isr': '1',
  'share.coordinator.state.topic.num.partitions': '1',
  'share.coordinator.state.topic.replication.factor': '1',
  'share.coordinator.state.topic.min.isr': '1',
  // Members that start together are given their partitions together.
  'group.initial.rebalance.delay.ms': '250',
  // Lets tests use short sessions, so that a lost member is noticed soon.
  'group.min.session.timeout.ms': '500',
  // The controller takes a restarted broker back only when the session of the killed one is over.
  'broker.session.timeout.ms': '2000',
  'broker.heartbeat.interval.ms': '500',
  // Its default is a quarter of the heap.
  'log.cleaner.dedupe.buffer.size': '4194304',
};

/** The text of server.properties. @param folder folder of this broker, in which its log directory lies */
export function brokerProperties(plan: BrokerPlan, folder: string, ports: BrokerPorts): string {
  const properties: Record<string, string> = {
    ...always,
    'log.dirs': join(folder, 'log'),
    'controller.quorum.voters': `1@${host}:${ports.controller}`,
    ...listeners(plan.listener, ports),
    ...(plan.listener.startsWith('sasl') ? saslProperties(plan.user) : {}),
    ...(plan.tls === null ? {} : tlsProperties(plan.tls, folder)),
    ...plan.properties,
  };
  const lines = Object.entries(properties).map(([key, value]) => {
    const withPort = value.replaceAll('{port}', String(ports.client));
    return `${key}=${withPort.replaceAll('\\', '\\\\')}\n`;
  });
  return lines.join('');
}

/** Path of the keystore: key and certificate in one PEM file. */
export function keystoreFile(folder: string): string {
  return join(folder, 'keystore.pem');
}

/** Arguments of StorageTool that add the user for SCRAM, whose passwords are kept in the metadata log. */
export function scramArguments({ listener, user }: BrokerPlan): readonly string[] {
  if (!listener.startsWith('sasl')) return [];
  return ['SCRAM-SHA-256', 'SCRAM-SHA-512'].flatMap((mechanism) => [
    '--add-scram',
    `${mechanism}=[name=${user.username},password=${user.password}]`,
  ]);
}

/** The port on which the broker is plaintext in any case. */
export function plaintextPort(listener: ListenerKind, ports: BrokerPorts): number {
  return listener === 'plaintext' ? ports.client : ports.internal;
}

function listeners(kind: ListenerKind, { client, controller, internal }: BrokerPorts): Record<string, string> {
  const protocol = kind.toUpperCase().replace('-', '_');
  const clientListener = `CLIENT://${host}:${client}`;
  const internalListener = `INTERNAL://${host}:${internal}`;
  const ofBroker = kind === 'plaintext' ? [clientListener] : [clientListener, internalListener];
  return {
    listeners: [...ofBroker, `CONTROLLER://${host}:${controller}`].join(','),
    'advertised.listeners': ofBroker.join(','),
    'inter.broker.listener.name': kind === 'plaintext' ? 'CLIENT' : 'INTERNAL',
    'listener.security.protocol.map': `CONTROLLER:PLAINTEXT,INTERNAL:PLAINTEXT,CLIENT:${protocol}`,
  };
}

function saslProperties({ username, password }: BrokerUser): Record<string, string> {
  const modules = 'org.apache.kafka.common.security';
  const scram = `${modules}.scram.ScramLoginModule required;`;
  return {
    'sasl.enabled.mechanisms': 'PLAIN,SCRAM-SHA-256,SCRAM-SHA-512',
    'listener.name.client.plain.sasl.jaas.config': `${modules}.plain.PlainLoginModule required user_${username}="${password}";`,
    'listener.name.client.scram-sha-256.sasl.jaas.config': scram,
    'listener.name.client.scram-sha-512.sasl.jaas.config': scram,
  };
}

function tlsProperties({ caFile, wantsClientCertificate }: ListenerTls, folder: string): Record<string, string> {
  return {
    'ssl.keystore.type': 'PEM',
    'ssl.keystore.location': keystoreFile(folder),
    'ssl.truststore.type': 'PEM',
    'ssl.truststore.location': caFile,
    // Without the listener's name this would have no effect on a listener that also has logins.
    'listener.name.client.ssl.client.auth': wantsClientCertificate === true ? 'required' : 'none',
  };
}
