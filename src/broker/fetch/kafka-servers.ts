/**
 * The recipes of Kafka, which is a folder of jars, each pinned by coordinates and SHA-256 in a file beside this one:
 * whoever delivers them, the bits are those that were checked. There are two sets of jars: the broker that runs and
 * tests use, and Kafka's own performance tools, which only the benchmark compares with. To pin another version, resolve
 * its dependencies with Maven, leave out what a broker alone does not load, and write `sha256sum` of each jar and its
 * coordinates into a file of the same form; slf4j-simple is added because Kafka logs nothing without it.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { javaPath, javaSince, javaVersionArguments, javaVersionIn } from '../private/java.js';
import { run, Unobtainable, type FetchWork, type ServerRecipe, type Way } from './recipe.js';

/** Names the root of a Maven repository to download from directly; else Maven itself knows where to go. */
const repositoryVariable = 'EVENTBUS_BENCH_MAVEN_REPOSITORY';
const libs = 'libs';

interface Pin {
  readonly sha256: string;
  readonly group: string;
  readonly artifact: string;
  readonly version: string;
  readonly file: string;
  /** In a Maven repository. */
  readonly path: string;
}

export const kafkaServers: readonly ServerRecipe[] = [
  {
    name: 'kafka',
    id: 'kafka',
    title: 'a Kafka broker, for runs on a real Kafka (needs Java 17)',
    version: '4.4.0',
    // Who has no Java can run everything on NATS and on the simulators all the same.
    required: false,
    isForProject: false,
    without: 'only runs and tests on a real Kafka need it',
    binary: libs,
    needs: javaMissing,
    ...recipe('kafka', '4.4.0', 'kafka.Kafka'),
    waysOut: [
      'install Java 17 or later (on Debian: apt-get install openjdk-17-jre-headless) and Maven, and run "eventbus-bench brokers kafka" again; without Maven, name a Maven repository that curl can download from: EVENTBUS_BENCH_MAVEN_REPOSITORY=https://host/path',
      'or unpack a Kafka 4 yourself and name its folder: KAFKA_HOME=/path/to/kafka',
      'or name a cluster: --kafka-brokers host:port',
    ],
  },
  {
    name: 'kafka-tools',
    id: 'kafka-tools',
    title: 'Kafka’s own performance tools, for the benchmarks (needs Java 17)',
    version: '4.3.1',
    required: false,
    isForProject: true,
    without: 'only the comparison with Kafka’s own tools will be skipped',
    binary: libs,
    needs: javaMissing,
    ...recipe('kafka-tools', '4.3.1', 'org.apache.kafka.tools.ConsumerPerformance'),
    waysOut: ['install Java 17 or later and Maven, and run "eventbus-bench brokers kafka-tools" again'],
  },
];

/** @param main class that tells the version */
function recipe(name: string, version: string, main: string): Pick<ServerRecipe, 'ways' | 'check'> {
  const pinned = (): readonly Pin[] => readPins(new URL(`${name}-${version}.jars`, import.meta.url));
  return {
    ways: [download(pinned), resolveWithMaven(pinned)],
    check: async (folder, work) => checkJars(folder, pinned()) ?? checkVersion(folder, main, version, work),
  };
}

/** Straight from a repository that the user named, several at a time; curl follows HTTPS_PROXY. */
function download(pinned: () => readonly Pin[]): Way {
  return {
    title: 'downloaded from the Maven repository',
    async obtain(folder, work) {
      const repository = process.env[repositoryVariable]?.replace(/\/+$/, '');
      if (repository === undefined || repository === '') throw new Unobtainable(`${repositoryVariable} names none`);
      const jars = pinned();
      await run('curl', ['--version'], work, { timeoutMs: 30_000 });
      work.say(`downloading ${jars.length} jars from ${hostOf(repository)}`);
      mkdirSync(join(folder, libs));
      const files = jars.flatMap(({ path, file }) => ['--output', join(folder, libs, file), `${repository}/${path}`]);
      const flags = [
        ...['--fail', '--silent', '--show-error', '--location', '--proto', '=https'],
        ...['--connect-timeout', '15', '--max-time', '300', '--retry', '2', '--parallel', '--parallel-max', '8'],
      ];
      await run('curl', [...flags, ...files], work);
    },
  };
}

function hostOf(repository: string): string {
  try {
    return new URL(repository).host;
  } catch {
    throw new Unobtainable(`${repositoryVariable} is not a URL`);
  }
}

/** For machines whose Maven knows a mirror or has the jars already. It copies exactly the pinned ones. */
function resolveWithMaven(pinned: () => readonly Pin[]): Way {
  return {
    title: 'resolved with Maven',
    async obtain(folder, work) {
      const jars = pinned();
      await run('mvn', ['--version'], work, { timeoutMs: 60_000 });
      work.say(`resolving ${jars.length} jars with Maven`);
      const project = join(folder, '.maven');
      mkdirSync(project);
      writeFileSync(join(project, 'pom.xml'), pom(jars));
      const output = `-DoutputDirectory=${join(folder, libs)}`;
      const args = ['-q', '-B', 'dependency:copy-dependencies', '-DexcludeTransitive=true', output];
      await run('mvn', args, work, { cwd: project });
      rmSync(project, { recursive: true });
    },
  };
}

function pom(jars: readonly Pin[]): string {
  const dependencies = jars.map(
    ({ group, artifact, version }) =>
      `    <dependency><groupId>${group}</groupId><artifactId>${artifact}</artifactId><version>${version}</version></dependency>`,
  );
  return `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>eventbus-bench</groupId>
  <artifactId>broker</artifactId>
  <version>1</version>
  <dependencies>
${dependencies.join('\n')}
  </dependencies>
</project>
`;
}

/** A line each: SHA-256 in hex, then group:artifact:version. */
function readPins(url: URL): readonly Pin[] {
  const lines = readFileSync(url, 'utf8').split('\n').filter(Boolean);
  return lines.map((line) => {
    const [sha256 = '', coordinates = ''] = line.split(/\s+/);
    const [group = '', artifact = '', version = ''] = coordinates.split(':');
    const file = `${artifact}-${version}.jar`;
    const path = `${group.replaceAll('.', '/')}/${artifact}/${version}/${file}`;
    return { sha256, group, artifact, version, file, path };
  });
}

function checkJars(folder: string, pins: readonly Pin[]): string | null {
  const there = new Set(listed(join(folder, libs)));
  for (const { file, sha256 } of pins) {
    if (!there.delete(file)) return `${file} is missing`;
    const sum = createHash('sha256')
      .update(readFileSync(join(folder, libs, file)))
      .digest('hex');
    if (sum !== sha256) return `${file} has the SHA-256 ${sum.slice(0, 12)}… instead of ${sha256.slice(0, 12)}…`;
  }
  const [other] = there;
  return other === undefined ? null : `${other} does not belong there`;
}

function listed(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

async function checkVersion(folder: string, main: string, version: string, work: FetchWork): Promise<string | null> {
  try {
    const classPath = join(folder, libs, '*');
    const args = ['-XX:TieredStopAtLevel=1', '-cp', classPath, main, '--version'];
    const said = await run(javaPath(), args, work, { timeoutMs: 60_000 });
    return said.split(/\s/)[0] === version ? null : `it says "${said.trim()}" instead of version ${version}`;
  } catch (error) {
    if (error instanceof Unobtainable) return error.message;
    throw error;
  }
}

/** What is wrong with this machine's Java; null if nothing is. */
async function javaMissing(work: FetchWork): Promise<string | null> {
  try {
    const version = javaVersionIn(
      await run(javaPath(), javaVersionArguments, work, { timeoutMs: 30_000, output: 'stderr' }),
    );
    if (version !== null && version >= javaSince) return null;
    return `it needs Java ${javaSince} or later, and ${javaPath()} is Java ${version ?? 'of unknown version'}`;
  } catch (error) {
    if (error instanceof Unobtainable) return `it needs Java ${javaSince} or later: ${error.message}`;
    throw error;
  }
}
