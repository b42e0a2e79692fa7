// Runs Kafka's own performance tools, each call as a Java process of its own. Their figures leave out what they do
// until `warmUp` records have gone, and with it the start of Java and joining the group.
import { execFile } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { findJava, javaSince } from '../../dist/broker/kafka/private/kafka-files.js';
import { brokerCaches } from '../../dist/broker/private/broker-cache.js';

const timeoutMs = 60_000;
const reportEveryMs = 50;
/** As Kafka's scripts of these names set it. */
const heap = '-Xmx512M';

/** Throws an error that says what is missing. */
export function findKafkaTools() {
  const libs = foldersOfJars().find((folder) => namesIn(folder).some((name) => /^kafka-tools-\d.*\.jar$/.test(name)));
  if (libs === undefined) {
    throw new Error(
      'Kafka’s own tools are not here: "npm run brokers" fetches them, or name a Kafka 4 with KAFKA_HOME',
    );
  }
  const java = findJava();
  if (java.kind !== 'usable') {
    throw new Error(`Kafka’s own tools need Java ${javaSince} or later on the PATH or in JAVA_HOME`);
  }
  return new KafkaTools(java.path, libs);
}

class KafkaTools {
  #java;
  #libs;

  constructor(java, libs) {
    this.#java = java;
    this.#libs = libs;
  }

  get version() {
    return namesIn(this.#libs).flatMap((name) => /^kafka-tools-(\d.*)\.jar$/.exec(name)?.[1] ?? [])[0];
  }

  /** Records a second. `properties` are of the Java producer. */
  async produce({ broker, topic, records, warmUp, recordBytes, properties }) {
    const said = await this.#run('ProducerPerformance', [
      ...['--bootstrap-server', broker, '--topic', topic, '--throughput', '-1'],
      ...['--num-records', records, '--warmup-records', warmUp, '--record-size', recordBytes],
      ...['--command-property', ...Object.entries(properties).map(([name, value]) => `${name}=${value}`)],
    ]);
    const rate = /steady state records sent, ([\d.]+) records\/sec/.exec(said)?.[1];
    if (rate === undefined) throw new Error(`ProducerPerformance said no rate: ${said}`);
    return Number(rate);
  }

  /** Records a second, by a group of its own, from the beginning. */
  async consume({ broker, topic, records, warmUp }) {
    const said = await this.#run('ConsumerPerformance', [
      ...['--bootstrap-server', broker, '--topic', topic, '--num-records', records],
      ...['--hide-header', '--show-detailed-stats', '--reporting-interval', reportEveryMs],
      ...['--date-format', 'yyyy-MM-dd HH:mm:ss.SSS'],
    ]);
    // Time, thread, megabytes, megabytes a second, records so far, …
    const reports = said.split('\n').flatMap((line) => {
      const fields = line.split(', ');
      const report = { atMs: Date.parse(fields[0]), records: Number(fields[4]) };
      return fields.length > 5 && report.records >= warmUp ? [report] : [];
    });
    const [first, last] = [reports[0], reports.at(-1)];
    if (first === undefined || first === last) throw new Error(`ConsumerPerformance told too little: ${said}`);
    return ((last.records - first.records) / (last.atMs - first.atMs)) * 1000;
  }

  async #run(tool, options) {
    const settings = [heap, '-Dorg.slf4j.simpleLogger.defaultLogLevel=warn', '-cp', join(this.#libs, '*')];
    const args = [...settings, `org.apache.kafka.tools.${tool}`, ...options.map(String)];
    const { stdout } = await promisify(execFile)(this.#java, args, { timeout: timeoutMs });
    return stdout;
  }
}

/** In the broker caches, newest first; then in KAFKA_HOME. */
function foldersOfJars() {
  const cached = brokerCaches().flatMap((cache) =>
    namesIn(cache)
      .filter((name) => name.startsWith('kafka-tools-'))
      .sort((a, b) => b.localeCompare(a, 'en', { numeric: true }))
      .map((name) => join(cache, name, 'libs')),
  );
  const home = process.env.KAFKA_HOME ?? '';
  return home === '' ? cached : [...cached, join(home, 'libs')];
}

function namesIn(folder) {
  return existsSync(folder) ? readdirSync(folder) : [];
}
