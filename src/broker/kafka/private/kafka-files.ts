/**
 * Finds a Kafka to be started here. Its jars are looked for in the broker caches (`kafka-<version>/libs`, filled by
 * `eventbus-bench brokers`), newest first in each, then in KAFKA_HOME.
 */
import { join } from 'node:path';
import { brokerCaches, foldersIn } from '../../private/broker-cache.js';

export interface KafkaFiles {
  /** Folder of jars. */
  readonly libs: string;
  readonly version: string;
  readonly source: 'cache' | 'home';
}

/** The Kafka that a private broker is started from; null if there is none. */
export function findKafkaFiles(): KafkaFiles | null {
  return allKafkaFiles()[0] ?? null;
}

/** What messages call a broker that is started from them: `Kafka 4.4.0`. */
export function titleOf({ version }: KafkaFiles): string {
  return `Kafka ${version}`;
}

/** Every Kafka found here; the first is the one that would be started. */
export function allKafkaFiles(): readonly KafkaFiles[] {
  const atHome = kafkaHomeFiles();
  return [...cachedKafkaFiles(), ...(atHome === null ? [] : [atHome])];
}

/** Every Kafka in the broker caches, newest first in each. */
export function cachedKafkaFiles(caches: readonly string[] = brokerCaches()): readonly KafkaFiles[] {
  return caches.flatMap(filesIn);
}

function filesIn(cache: string): readonly KafkaFiles[] {
  return foldersIn(cache)
    .flatMap((folder): KafkaFiles[] => {
      const libs = join(cache, folder, 'libs');
      const version = /^kafka-\d+\.\d+\.\d+\S*$/.test(folder) ? versionIn(libs) : null;
      return version === null ? [] : [{ libs, version, source: 'cache' }];
    })
    .sort((a, b) => b.version.localeCompare(a.version, 'en', { numeric: true }));
}

/** The Kafka in KAFKA_HOME; null if there is none. An empty variable counts as not set. */
export function kafkaHomeFiles(home: string = process.env['KAFKA_HOME'] ?? ''): KafkaFiles | null {
  if (home === '') return null;
  const libs = join(home, 'libs');
  const version = versionIn(libs);
  return version === null ? null : { libs, version, source: 'home' };
}

/**
 * The version in the name of the broker's jar, behind that of Scala: `kafka_2.13-4.4.0.jar`; null without such a jar.
 */
function versionIn(libs: string): string | null {
  const versions = foldersIn(libs).flatMap((name) => /^kafka_\d+\.\d+-(\d+\.\d+\.\d+\S*?)\.jar$/.exec(name)?.[1] ?? []);
  return versions[0] ?? null;
}
