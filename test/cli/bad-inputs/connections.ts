/** Servers that are none, do not answer, or are named wrongly, and logins that contradict each other. */
import type { BadInput } from './bad-input.js';

const natsUrl = 'write nats://host:port';
const kafkaBrokers = 'write --kafka-brokers host:port';
const orNats = 'or name no server: run then starts a private one';
const orKafka = 'or name no brokers: run then starts a private one';

/** Nothing can listen on port 1 without the rights to. */
const nats = ['--nats-url', '127.0.0.1:1'];
const kafka = ['--kafka-brokers', '127.0.0.1:1'];
const unlikely = 'hunter2-s3cret';

function wrongUrl(url: string, says: string): BadInput {
  return { args: ['clean', '--nats-url', url], says: `--nats-url: ${says}`, wayOut: natsUrl, secret: unlikely };
}

function wrongBrokers(brokers: string, says: string, wayOut = kafkaBrokers): BadInput {
  return {
    args: ['clean', '--kafka-brokers', brokers],
    says: `--kafka-brokers: ${says}`,
    wayOut,
    secret: unlikely,
  };
}

export const badConnections: readonly BadInput[] = [
  wrongUrl('', '"" names no host'),
  wrongUrl('nats://', '"nats://" names no host'),
  wrongUrl('nats://:4222', '"nats://:4222" names no host'),
  wrongUrl('http://x:1', '"http://x:1" begins with http://'),
  wrongUrl('nats://x:99999', '"nats://x:99999" has the port 99999, and ports are 1 to 65535'),
  wrongUrl('127.0.0.1:0', '"127.0.0.1:0" has the port 0'),
  wrongUrl('::1', '"::1" is an IPv6 address without brackets'),
  wrongUrl('nats://a b:1', `"nats://a b:1" is not a server's URL`),
  wrongUrl(`nats://me:${unlikely}@x:y`, `"nats://x:y" is not a server's URL`),
  wrongBrokers('', '"" names no broker'),
  wrongBrokers('127.0.0.1:1,', '"" names no broker'),
  wrongBrokers('x:y', '"x:y" has the port "y"'),
  wrongBrokers('kafka://x:1', '"kafka://x:1" begins with a scheme'),
  wrongBrokers('::1', '"::1" is an IPv6 address without brackets'),
  wrongBrokers(`me:${unlikely}@x:1`, '"x:1" has a login before it', 'give it with --kafka-sasl'),
  {
    args: ['clean', ...nats, '--nats-user', 'u', '--nats-token', unlikely],
    says: 'more than one way to log in was given',
    wayOut: 'give one of: user and password, a token, or a creds file',
    secret: unlikely,
  },
  {
    args: ['clean', ...nats],
    env: { NATS_PASSWORD: unlikely },
    says: 'a password was given without a user',
    wayOut: 'give --nats-user as well',
    secret: unlikely,
  },
  {
    args: ['clean', ...nats, '--nats-tls-cert', 'c.pem'],
    says: 'a client certificate and its key belong together',
    wayOut: '--nats-tls-key',
  },
  {
    args: ['clean', ...nats, '--nats-creds', 'none.creds'],
    exit: 69,
    says: 'the creds file none.creds cannot be read: there is no such file',
    wayOut: 'check its path',
  },
  {
    args: ['clean', ...nats, '--nats-creds', 'my.creds'],
    files: { 'my.creds': unlikely },
    exit: 69,
    says: 'the creds file my.creds holds no user JWT with its key',
    wayOut: 'nsc generate creds',
    secret: unlikely,
  },
  {
    args: ['clean', ...nats, '--nats-tls-ca', 'ca.pem'],
    files: { 'ca.pem': 'no certificate' },
    exit: 69,
    says: 'the files ca.pem cannot be used for an encrypted connection',
    wayOut: 'check that each is a PEM file',
  },
  {
    args: ['clean', ...kafka, '--kafka-sasl', 'md5'],
    says: '--kafka-sasl: there is no "md5"',
    wayOut: 'scram-sha-256',
  },
  {
    args: ['clean', ...kafka],
    env: { KAFKA_PASSWORD: unlikely },
    says: 'a Kafka user or password was given without a SASL mechanism',
    wayOut: 'add --kafka-sasl',
    secret: unlikely,
  },
  {
    args: ['clean', ...kafka, '--kafka-sasl', 'plain', '--kafka-user', 'me'],
    says: 'the password is missing',
    wayOut: 'KAFKA_PASSWORD',
  },
  {
    args: ['clean', ...kafka, '--kafka-tls-ca', 'nope.pem'],
    says: '--kafka-tls-ca: "nope.pem" cannot be read: there is no such file',
    wayOut: 'name a PEM file',
  },
  {
    args: ['clean', ...nats, '--nats-user', 'me', '--nats-password', unlikely],
    exit: 69,
    says: 'nats://127.0.0.1:1 refused the connection: no server listens there',
    wayOut: orNats,
    secret: unlikely,
  },
  {
    args: ['clean', ...kafka],
    exit: 69,
    says: '127.0.0.1:1 refused the connection: no broker listens there',
    wayOut: orKafka,
  },
  {
    args: ['run', '--broker', 'nats'],
    env: { NATS_URL: `nats://me:${unlikely}@127.0.0.1:1` },
    exit: 69,
    says: 'nats://127.0.0.1:1 refused the connection',
    wayOut: orNats,
    secret: unlikely,
  },
  {
    args: ['run', '--broker', 'nats'],
    env: { NATS_URL: 'http://127.0.0.1:1' },
    says: 'begins with http://',
    wayOut: natsUrl,
  },
  {
    args: ['run', '--broker', 'kafka'],
    env: { KAFKA_BROKERS: '127.0.0.1' + ':1:1' },
    says: 'has the port "1:1"',
    wayOut: kafkaBrokers,
  },
  {
    args: ['clean', '--nats-url', 'nats://nobody.invalid:4222'],
    exit: 69,
    says: 'cannot be found: its host name is not known',
    wayOut: 'check the spelling of the host',
  },
];
