/**
 * Registers a broker with the controller that does not exist, so that a partition can have a replica that is never in
 * sync. A cluster of one broker has no other way to be short of replicas: min.insync.replicas above the number of
 * replicas is treated as that number. It is done to a private broker only, never to somebody else's cluster. The
 * request is BrokerRegistration, version 4, see https://kafka.apache.org/protocol.
 */
import { randomInt, randomUUID } from 'node:crypto';
import { connect } from 'node:net';
import { hostAndPort } from './connecting/connection-options.js';
import type { ApiVersions } from './connecting/wire.js';

export interface ControllerAddress {
  /** `host:port` of a listener without encryption and login. */
  readonly address: string;
  readonly clusterId: string;
  /** What the cluster's broker supports: the new one has to support the same features. */
  readonly versions: ApiVersions;
}

const brokerRegistration = { apiKey: 62, version: 4 } as const;
const timeoutMs = 5_000;
/** Lowest id of an absent broker, far above the ids of real ones. */
const firstId = 1_000_000;
/** Features whose lowest level is 0, which ApiVersions leaves out. */
const quietFeatures = [
  ...['group.version', 'transaction.version', 'share.version'],
  ...['streams.version', 'kraft.version', 'eligible.leader.replicas.version'],
];
const noTags = Buffer.of(0);

/** @returns the node id of the absent broker. @throws {Error} if the controller cannot be reached or refuses it */
export async function registerAbsentBroker(controller: ControllerAddress): Promise<number> {
  const id = randomInt(firstId, 2 ** 31 - 1);
  const answer = await exchange(controller.address, registration(id, controller));
  // Length, correlation id, tags, throttle time, error code.
  const errorCode = answer.readInt16BE(4 + 4 + 1 + 4);
  if (errorCode !== 0) throw new Error(`the controller refused to register a broker (error code ${errorCode})`);
  return id;
}

function registration(id: number, { clusterId, versions }: ControllerAddress): Buffer {
  const client = Buffer.from('eventbus-bench');
  const features: [string, number][] = [
    ...versions.features,
    ...quietFeatures.map((name): [string, number] => [name, 100]),
  ];
  const fields = Buffer.concat([
    ...[int16(brokerRegistration.apiKey), int16(brokerRegistration.version), int32(1)],
    ...[int16(client.length), client, noTags],
    ...[int32(id), text(clusterId), uuid()],
    ...[count(1), text('PLAINTEXT'), text('127.0.0.1'), int16(9), int16(0), noTags],
    ...[count(features.length), ...features.map(([name, highest]) => feature(name, highest))],
    // No rack, not migrating; one log directory; registered for the first time.
    ...[Buffer.of(0, 0), count(1), uuid(), Buffer.alloc(8, 0xff), noTags],
  ]);
  return Buffer.concat([int32(fields.length), fields]);
}

function feature(name: string, highest: number): Buffer {
  return Buffer.concat([text(name), int16(name === 'metadata.version' ? 1 : 0), int16(highest), noTags]);
}

/** The length of a compact array or text shorter than 127. */
function count(length: number): Buffer {
  return Buffer.of(length + 1);
}

function text(value: string): Buffer {
  return Buffer.concat([count(Buffer.byteLength(value)), Buffer.from(value)]);
}

function uuid(): Buffer {
  return Buffer.from(randomUUID().replaceAll('-', ''), 'hex');
}

function int16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeInt16BE(value);
  return bytes;
}

function int32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
}

function exchange(address: string, request: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const socket = connect(hostAndPort(address), () => socket.write(request));
    const over = (settle: () => void): void => {
      settle();
      socket.destroy();
    };
    // The answer is a few bytes long and comes in one piece.
    socket.once('data', (answer) => over(() => resolve(answer)));
    socket.once('error', (error) => over(() => reject(error)));
    socket.setTimeout(timeoutMs, () => over(() => reject(new Error('the controller did not answer in time'))));
    socket.once('close', () => reject(new Error('the controller closed the connection')));
  });
}
