import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import kafkajs from 'kafkajs';
import { afterAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { kafkaClientConfig } from '../../src/broker/kafka/kafkajs/client-config.js';
import { sayHello } from '../../src/broker/kafka/connecting/hello.js';
import { startPrivateBroker } from '../../src/broker/kafka/private/private-broker.js';
import type { PrivateBroker } from '../../src/broker/kafka/private/private-broker.js';
import { packageRoot } from '../../src/broker/private/package-root.js';
import { BrokerError } from '../../src/domain/errors.js';
import { describeOnKafka, uniqueName, useKafka } from './kafka-servers.js';
import { eventually } from './nats-fixture.js';

const isWindows = process.platform === 'win32';
const hasSs = spawnSync('ss', ['-V']).status === 0;
const testTimeoutMs = 90_000;
const folder = mkdtempSync(join(tmpdir(), 'eventbus-bench-test-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What a broker is known by from outside. */
type Traces = Pick<PrivateBroker, 'pid' | 'folder'>;

describeOnKafka('a private Kafka broker', () => {
  const broker = useKafka({});

  it('is ready when it is handed over: on the loopback, of the version that was found, its internal topics made', async () => {
    const { brokers, connection, version } = broker();
    expect(brokers).toEqual([expect.stringMatching(/^127\.0\.0\.1:\d+$/)]);
    const { release, advertised } = await sayHello(connection, 5_000);
    expect(advertised).toEqual(brokers);
    expect(version.startsWith(`${release}.`)).toBe(true);
    expect(readdirSync(join(broker().folder, 'log'))).toContain('__consumer_offsets-0');
  });

  it('makes no topics that nobody asked for', async () => {
    const admin = await openAdmin(broker());
    await expect(admin.fetchTopicMetadata({ topics: [uniqueName('typo')] })).rejects.toThrow(/does not host/);
  });

  it.skipIf(!hasSs)('listens on the loopback only', () => {
    const listening = spawnSync('ss', ['-Hltnp'], { encoding: 'utf8' }).stdout.split('\n');
    const ours = listening.filter((line) => line.includes(`pid=${broker().pid},`)).map((line) => line.split(/\s+/)[3]);
    expect(ours).toHaveLength(2);
    for (const address of ours) expect(address).toMatch(/127\.0\.0\.1\]?:\d+$/);
  });

  it(
    'keeps its address and its data when it is killed and started again',
    async () => {
      const { brokers, pid } = broker();
      const topic = uniqueName('kept');
      const admin = await openAdmin(broker());
      await admin.createTopics({ topics: [{ topic, numPartitions: 1 }] });
      await send(broker(), topic, ['1', '2', '3']);

      await broker().kill();
      expect(isAlive(pid)).toBe(false);
      await expect(sayHello(broker().connection, 1_000)).rejects.toThrow(/refused the connection/);
      await broker().kill();
      await broker().restart();

      expect(broker().brokers).toEqual(brokers);
      expect(broker().pid).not.toBe(pid);
      await send(broker(), topic, ['4']);
      expect(await admin.fetchTopicOffsets(topic)).toMatchObject([{ low: '0', high: '4' }]);
    },
    testTimeoutMs,
  );
});

describeOnKafka('a private Kafka broker at its end', () => {
  it(
    'is gone with its folder when it is stopped, which may be asked twice',
    async () => {
      const broker = await startPrivateBroker();
      await Promise.all([broker.stop(), broker.stop()]);
      await broker.stop();
      expect(isAlive(broker.pid)).toBe(false);
      expect(existsSync(broker.folder)).toBe(false);
    },
    testTimeoutMs,
  );

  it(
    'is gone with its folder when it is stopped while it is down',
    async () => {
      const broker = await startPrivateBroker();
      await broker.kill();
      await broker.stop();
      expect(existsSync(broker.folder)).toBe(false);
    },
    testTimeoutMs,
  );

  it(
    'leaves its log alone when it dies by itself, and says so to who wants it started again',
    async () => {
      const broker = await startPrivateBroker();
      onTestFinished(() => broker.stop());
      process.kill(broker.pid, 'SIGKILL');
      await isGone(broker);
      await expect(broker.kill()).rejects.toThrow(BrokerError);
      await expect(broker.restart()).rejects.toThrow(/ended/);
      expect((await broker.failed()).wayOut).toContain(`${broker.folder}.log`);
      rmSync(`${broker.folder}.log`);
    },
    testTimeoutMs,
  );

  it.skipIf(isWindows)(
    'is gone with its folder when its watchdog is killed',
    async () => {
      const broker = await startPrivateBroker();
      process.kill(parentOf(broker.pid), 'SIGKILL');
      await isGone(broker);
      await broker.stop();
    },
    testTimeoutMs,
  );
});

describeOnKafka('a private Kafka broker whose user', () => {
  it.each<[string, string, NodeJS.Signals | null]>([
    ['is killed with SIGKILL', 'setInterval(() => {}, 1000)', 'SIGKILL'],
    ['is killed with SIGKILL after a restart', 'await broker.restart(); setInterval(() => {}, 1000)', 'SIGKILL'],
    ['has nothing else to do, and so ends', '', null],
  ])(
    '%s is gone with its folder',
    async (title, thenDo, signal) => {
      const user = startUser(title.includes('restart'), thenDo);
      const broker = await tracesOf(user);
      expect(signal === null || isAlive(broker.pid)).toBe(true);
      if (signal !== null) user.kill(signal);
      await isGone(broker);
    },
    testTimeoutMs,
  );
});

describeOnKafka('a private Kafka broker that does not start', () => {
  it(
    'is refused with the broker’s own last words, and leaves nothing',
    async () => {
      vi.stubEnv('TMPDIR', folder);
      onTestFinished(() => void vi.unstubAllEnvs());
      const starting = startPrivateBroker({ properties: { 'num.io.threads': 'many' } });
      await expect(starting).rejects.toThrow(
        /^a private Kafka 4\.\S+ could not be started from .*: .*Invalid value many for configuration num\.io\.threads/,
      );
      await eventually(
        () => readdirSync(folder).filter((name) => name.startsWith('eventbus-bench-kafka-')),
        (left) => left.length === 0,
      );
    },
    testTimeoutMs,
  );

  it(
    'says so if another process took its port while it was down',
    async () => {
      const broker = await startPrivateBroker();
      onTestFinished(() => broker.stop());
      await broker.kill();
      const squatter = createServer((socket) => socket.destroy()).listen(
        Number(broker.brokers[0]!.split(':')[1]),
        '127.0.0.1',
      );
      onTestFinished(() => void squatter.close());
      await expect(broker.restart()).rejects.toThrow(
        /^the private Kafka 4\.\S+ could not be started again: .*already in use/i,
      );
    },
    testTimeoutMs,
  );

  it('is refused with the ways out where the folder of jars is not Kafka 4', async () => {
    const files = { libs: join(folder, 'libs'), version: '3.9.1', source: 'home' } as const;
    await expect(startPrivateBroker({ files })).rejects.toThrow(/it is Kafka 3\.9\.1, and Kafka 4 or later is needed/);
  });

  it('is refused where Java does not know the jars', async () => {
    const libs = join(folder, 'empty');
    mkdirSync(libs, { recursive: true });
    const starting = startPrivateBroker({ files: { libs, version: '4.4.0', source: 'home' } });
    await expect(starting).rejects.toThrow(/could not be formatted: .*kafka\.tools\.StorageTool/);
  });
});

describe('a private Kafka broker that cannot be had', () => {
  const files = { libs: join(folder, 'libs'), version: '4.4.0', source: 'cache' } as const;

  it('is refused with three ways to get one where there is no Kafka', async () => {
    const { wayOut } = await refusal(startPrivateBroker({ files: null }));
    for (const way of ['eventbus-bench brokers kafka', 'KAFKA_HOME', '--kafka-brokers', 'KAFKA_BROKERS']) {
      expect(wayOut).toContain(way);
    }
  });

  it('is refused with what to install where there is no Java', async () => {
    vi.stubEnv('JAVA_HOME', join(folder, 'no-java'));
    onTestFinished(() => void vi.unstubAllEnvs());
    const { message, wayOut } = await refusal(startPrivateBroker({ files }));
    expect(message).toContain('needs Java 17 or later, and there is no Java here');
    expect(wayOut).toContain('install Java 17');
  });

  it.skipIf(isWindows)('is refused with what to install where Java is too old', async () => {
    const bin = join(folder, 'old-java', 'bin');
    mkdirSync(bin, { recursive: true });
    writeFileSync(join(bin, 'java'), '#!/bin/sh\necho \'openjdk version "11.0.22" 2024-01-16\' >&2\n', { mode: 0o755 });
    vi.stubEnv('JAVA_HOME', join(folder, 'old-java'));
    onTestFinished(() => void vi.unstubAllEnvs());
    expect((await refusal(startPrivateBroker({ files }))).message).toMatch(/is Java 11$/);
  });
});

async function refusal(starting: Promise<unknown>): Promise<BrokerError> {
  const error: unknown = await starting.catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(BrokerError);
  return error as BrokerError;
}

async function openAdmin({
  connection,
}: PrivateBroker): Promise<ReturnType<InstanceType<typeof kafkajs.Kafka>['admin']>> {
  const admin = new kafkajs.Kafka(kafkaClientConfig(connection, 'test')).admin();
  await admin.connect();
  onTestFinished(() => admin.disconnect());
  return admin;
}

async function send({ connection }: PrivateBroker, topic: string, values: readonly string[]): Promise<void> {
  const producer = new kafkajs.Kafka(kafkaClientConfig(connection, 'test')).producer();
  await producer.connect();
  await producer.send({ topic, messages: values.map((value) => ({ value })) });
  await producer.disconnect();
}

/** A process of its own that starts a private broker, tells of it on its standard output, and goes on as it is told. */
function startUser(killsFirst: boolean, thenDo: string): ChildProcess {
  const module = pathToFileURL(join(packageRoot, 'dist', 'broker', 'kafka', 'private', 'private-broker.js')).href;
  const tell = "process.stdout.write(JSON.stringify({ pid: broker.pid, folder: broker.folder }) + '\\n', resolve)";
  const script = `
    import { startPrivateBroker } from ${JSON.stringify(module)};
    const broker = await startPrivateBroker();
    ${killsFirst ? `await broker.kill(); ${thenDo}` : ''}
    await new Promise((resolve) => ${tell});
    ${killsFirst ? '' : thenDo}`;
  const user = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'ignore'] });
  onTestFinished(() => void user.kill('SIGKILL'));
  return user;
}

async function tracesOf(user: ChildProcess): Promise<Traces> {
  let text = '';
  for await (const chunk of user.stdout!) {
    text += String(chunk);
    if (text.includes('\n')) break;
  }
  return JSON.parse(text) as Traces;
}

async function isGone({ pid, folder: ofBroker }: Traces): Promise<void> {
  await eventually(
    () => isAlive(pid) || existsSync(ofBroker),
    (isLeft) => !isLeft,
  );
}

/** A process that has ended and waits for its parent to notice is not alive. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return process.platform !== 'linux' || !readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ');
  } catch {
    return false;
  }
}

function parentOf(pid: number): number {
  return Number(spawnSync('ps', ['-o', 'ppid=', '-p', String(pid)], { encoding: 'utf8' }).stdout);
}
