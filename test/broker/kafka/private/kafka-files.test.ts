import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { cachedKafkaFiles, kafkaHomeFiles } from '../../../../src/broker/kafka/private/kafka-files.js';

/** A folder of empty files, gone when the test is over. */
function folderOf(...paths: readonly string[]): string {
  const root = mkdtempSync(join(tmpdir(), 'eventbus-bench-test-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  for (const path of paths) {
    mkdirSync(join(root, path, '..'), { recursive: true });
    writeFileSync(join(root, path), '');
  }
  return root;
}

describe('cachedKafkaFiles', () => {
  it('finds every Kafka in the cache, newest first, and nothing else', () => {
    const cache = folderOf(
      'kafka-4.4.0/libs/kafka_2.13-4.4.0.jar',
      'kafka-4.10.0/libs/kafka_2.13-4.10.0.jar',
      'kafka-tools-4.3.1/libs/kafka-tools-4.3.1.jar',
      'kafka-4.5.0/libs/kafka-clients-4.5.0.jar',
      'nats-server-2.15.2/nats-server',
    );
    expect(cachedKafkaFiles([cache])).toEqual([
      { libs: join(cache, 'kafka-4.10.0', 'libs'), version: '4.10.0', source: 'cache' },
      { libs: join(cache, 'kafka-4.4.0', 'libs'), version: '4.4.0', source: 'cache' },
    ]);
  });

  it('is empty where there is no cache', () => {
    expect(cachedKafkaFiles([join(folderOf(), 'nowhere')])).toEqual([]);
  });
});

describe('kafkaHomeFiles', () => {
  it('reads the version of an unpacked Kafka from its jars', () => {
    const home = folderOf('libs/kafka_2.12-3.9.1.jar', 'libs/kafka-clients-3.9.1.jar', 'libs/kafka_2.12-3.9.1.jar.asc');
    expect(kafkaHomeFiles(home)).toEqual({ libs: join(home, 'libs'), version: '3.9.1', source: 'home' });
  });

  it.each(['', '/no/such/kafka'])('is null for "%s"', (home) => {
    expect(kafkaHomeFiles(home)).toBeNull();
  });
});
