/**
 * Tests `eventbus-bench brokers`. The built program runs in a made-up project, with made-up `go`, `apt`, `curl`, `mvn` and `java`
 * programs on the PATH that "build" and "download" shell scripts which print a version, and jars that hold their own
 * name.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  cpSync,
  realpathSync,
  symlinkSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { projectRoot, temporaryFolder } from '../cli/cli-process.js';
import { scratchTree } from './scratch-tree.js';

const current = '2.15.2';
const old = '2.9.10';

/** A server that says its version when it is asked, and nothing else. */
const server = (version: string): string => `#!/bin/sh\necho "nats-server: v${version}"\n`;

/** `go install <module>@v<version>` writes a server of that version to GOBIN, and a line to the log. */
const go = `#!/bin/sh
[ "$1" = version ] && exit 0
echo "go $2" >> "$LOG"
version=\${2##*@v}
printf '#!/bin/sh\\necho "nats-server: v%s"\\n' "\${GO_BUILDS:-$version}" > "$GOBIN/nats-server"
chmod +x "$GOBIN/nats-server"
`;

const failingGo = `#!/bin/sh
[ "$1" = version ] && exit 0
echo "half" > "$GOBIN/nats-server"
echo "go: module lookup disabled" >&2
exit 1
`;

const aptCache = `#!/bin/sh\necho " nats-server | ${old}-1+b3 | main amd64 Packages"\n`;
const emptyAptCache = '#!/bin/sh\n';
const aptGet = `#!/bin/sh
echo "apt-get $1" >> "$LOG"
[ "$1" = download ] && touch nats-server_${old}.deb
exit 0
`;
const dpkgDeb = `#!/bin/sh
mkdir -p "$3/usr/sbin"
printf '#!/bin/sh\\necho "nats-server: v${old}"\\n' > "$3/usr/sbin/nats-server"
chmod +x "$3/usr/sbin/nats-server"
`;

const repository = 'https://maven.invalid/m2';
const kafka = '4.4.0';
const kafkaTools = '4.3.1';

/** Writes the name of each file that it is told to write, and a line to the log. */
const curl = `#!/bin/sh
[ "$1" = --version ] && exit 0
echo curl >> "$LOG"
while [ $# -gt 0 ]; do
  if [ "$1" = --output ]; then printf '%s' "\${2##*/}\${CURL_ADDS:-}" > "$2"; shift; fi
  shift
done
`;
/** Copies what the pom names, as `printf` of its artifact and version. */
const mvn = `#!/bin/sh
[ "$1" = --version ] && exit 0
echo mvn >> "$LOG"
for last; do :; done
folder=\${last#-DoutputDirectory=}
mkdir -p "$folder"
while read -r line; do
  case $line in
    '<dependency>'*)
      artifact=\${line#*<artifactId>}; artifact=\${artifact%%<*}
      version=\${line#*<version>}; version=\${version%%<*}
      printf '%s' "$artifact-$version.jar" > "$folder/$artifact-$version.jar" ;;
  esac
done < pom.xml
`;
/** Says the version of the class path that it is given, and its own on standard error. */
const java = `#!/bin/sh
echo "openjdk version \\"\${JAVA_SAYS:-17}\\"" >&2
case "$*" in -version) exit 0;; *kafka-tools*) echo ${kafkaTools};; *) echo "\${KAFKA_SAYS:-${kafka}}";; esac
`;
const jvm = { curl, java };

/** Jars that stand in for those that are pinned: a file of the same form, with the checksums of their names. */
const jars: Readonly<Record<string, readonly string[]>> = {
  [`kafka-${kafka}.jars`]: [`org.apache.kafka:kafka_2.13:${kafka}`, 'org.slf4j:slf4j-api:1.7.36'],
  [`kafka-tools-${kafkaTools}.jars`]: [`org.apache.kafka:kafka-tools:${kafkaTools}`],
};

function pins(coordinates: readonly string[]): string {
  const lines = coordinates.map((one) => {
    const [, artifact, version] = one.split(':');
    return `${createHash('sha256').update(`${artifact}-${version}.jar`).digest('hex')}  ${one}\n`;
  });
  return lines.join('');
}

const debian = { 'apt-cache': aptCache, 'apt-get': aptGet, 'dpkg-deb': dpkgDeb };

interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

interface Project {
  readonly root: string;
  readonly cache: string;
  readonly fetch: (args?: readonly string[], env?: Readonly<Record<string, string>>) => Ended;
  readonly log: () => string[];
}

/** The built package with other pins: a copy for all tests. A checkout has its sources, an installed package has none. */
function packageCopy(kind: 'checkout' | 'installed'): string {
  const root = realpathSync(temporaryFolder());
  cpSync('package.json', join(root, 'package.json'));
  cpSync('dist', join(root, 'dist'), { recursive: true, filter: (path) => !/\.(?:map|d\.ts)$/.test(path) });
  symlinkSync(join(projectRoot, 'node_modules'), join(root, 'node_modules'), 'junction');
  if (kind === 'checkout') mkdirSync(join(root, 'src'));
  for (const [file, coordinates] of Object.entries(jars)) {
    writeFileSync(join(root, 'dist/broker/fetch', file), pins(coordinates));
  }
  return root;
}

const copies = { checkout: '', installed: '' };
beforeAll(() => {
  copies.checkout = packageCopy('checkout');
  copies.installed = packageCopy('installed');
});

function project(programs: Readonly<Record<string, string>>, kind: 'checkout' | 'installed' = 'checkout'): Project {
  const root = scratchTree({ log: '' });
  mkdirSync(join(root, 'bin'));
  for (const [name, text] of Object.entries(programs)) writeFileSync(join(root, 'bin', name), text, { mode: 0o755 });
  // The programs themselves need a few that every system has.
  for (const name of ['chmod', 'mkdir', 'touch']) {
    const real = ['/bin', '/usr/bin'].map((folder) => join(folder, name)).find(existsSync)!;
    writeFileSync(join(root, 'bin', name), `#!/bin/sh\nexec ${real} "$@"\n`, { mode: 0o755 });
  }
  return {
    root,
    cache: join(root, '.cache/brokers'),
    fetch(args = [], env = {}) {
      const ended = spawnSync(process.execPath, [join(copies[kind], 'dist/cli/main.js'), 'brokers', ...args], {
        cwd: root,
        encoding: 'utf8',
        env: {
          ...{ PATH: join(root, 'bin'), HOME: join(root, 'home'), LOG: join(root, 'log') },
          EVENTBUS_BENCH_MAVEN_REPOSITORY: repository,
          ...(kind === 'checkout' ? { EVENTBUS_BENCH_BROKERS: join(root, '.cache/brokers') } : {}),
          ...env,
        },
      });
      return { code: ended.status ?? -1, out: ended.stdout, err: ended.stderr };
    },
    log: () => readFileSync(join(root, 'log'), 'utf8').split('\n').filter(Boolean),
  };
}

describe('eventbus-bench brokers', () => {
  it('builds the current server, takes the old one from the distribution, and downloads Kafka', () => {
    const { fetch, cache, log } = project({ go, ...debian, ...jvm });
    const { code, out, err } = fetch();
    expect(err).toBe('');
    expect(code).toBe(0);
    const natsServers = [`nats-server-${current}`, `nats-server-${old}`];
    expect(readdirSync(cache).sort()).toEqual([`kafka-${kafka}`, `kafka-tools-${kafkaTools}`, ...natsServers]);
    expect(readdirSync(join(cache, `nats-server-${old}`))).toEqual(['nats-server']);
    expect(log()).toEqual([`go github.com/nats-io/nats-server/v2@v${current}`, 'apt-get download', 'curl', 'curl']);
    expect(out).toContain(`nats-server ${current}: built with go install, checked, .cache/brokers/`);
    expect(out).toContain(`nats-server ${old}: unpacked from the distribution’s package, checked, .cache/brokers/`);
    expect(out).toContain(
      `kafka ${kafka}: downloaded from the Maven repository, checked, .cache/brokers/kafka-${kafka}/libs`,
    );
  });

  it('leaves alone what is there and still good', () => {
    const { fetch, log } = project({ go, ...debian, ...jvm });
    fetch();
    const before = log();
    const { code, out } = fetch();
    expect(code).toBe(0);
    expect(out.match(/there already/g)).toHaveLength(4);
    expect(log()).toEqual(before);
  });

  it('fetches again what is there but does not say its version', () => {
    const { fetch, cache } = project({ go });
    mkdirSync(join(cache, `nats-server-${current}`), { recursive: true });
    writeFileSync(join(cache, `nats-server-${current}`, 'nats-server'), server('2.12.0'), { mode: 0o755 });
    const { code, out } = fetch(['nats']);
    expect(code).toBe(0);
    expect(out).toContain(`what is there is no good (it says "nats-server: v2.12.0" instead of version ${current})`);
    expect(readFileSync(join(cache, `nats-server-${current}`, 'nats-server'), 'utf8')).toContain(current);
  });

  it('fetches again what is there when it is forced to', () => {
    const { fetch, log } = project({ go });
    fetch(['nats']);
    expect(fetch(['nats', '--force']).code).toBe(0);
    expect(log()).toHaveLength(2);
  });

  it('builds the old server where the distribution has another version, after updating the package lists', () => {
    const { fetch, log } = project({ go, ...debian, 'apt-cache': emptyAptCache });
    expect(fetch(['nats-old']).code).toBe(0);
    expect(log()).toEqual(['apt-get update', `go github.com/nats-io/nats-server/v2@v${old}`]);
  });

  it('is content without the old server, and says what that means', () => {
    const { fetch } = project({ go: go.replace('version=', 'case $2 in *v2.9.10) exit 1;; esac; version='), ...jvm });
    const { code, err } = fetch();
    expect(code).toBe(0);
    expect(err).toContain(`nats-server ${old}: not to be had here; only tests on this version will be skipped`);
    expect(err).toContain('apt-cache is not installed');
  });

  it('exits with 69 and the ways out where no current server can be had, and leaves nothing behind', () => {
    const { fetch, cache } = project({});
    const { code, err } = fetch();
    expect(code).toBe(69);
    expect(err).toContain('built with go install: go is not installed');
    expect(err).toContain('docker compose up -d --wait nats');
    expect(readdirSync(cache)).toEqual([]);
  });

  it('resolves Kafka with Maven where no repository is named', () => {
    const { fetch, log } = project({ ...jvm, mvn });
    expect(fetch(['kafka'], { EVENTBUS_BENCH_MAVEN_REPOSITORY: '' }).code).toBe(0);
    expect(log()).toEqual(['mvn']);
  });

  it('resolves Kafka with Maven where curl is not installed', () => {
    const { fetch, cache, log } = project({ java, mvn });
    const { code, out } = fetch(['kafka']);
    expect(code).toBe(0);
    expect(log()).toEqual(['mvn']);
    expect(out).toContain(`kafka ${kafka}: resolved with Maven, checked`);
    expect(readdirSync(join(cache, `kafka-${kafka}`))).toEqual(['libs']);
    expect(readdirSync(join(cache, `kafka-${kafka}`, 'libs'))).toEqual([
      `kafka_2.13-${kafka}.jar`,
      'slf4j-api-1.7.36.jar',
    ]);
  });

  it('refuses jars that are not those that are pinned, and resolves them in the next way', () => {
    const { fetch, log } = project({ ...jvm, mvn });
    expect(fetch(['kafka'], { CURL_ADDS: ' and more' }).code).toBe(0);
    expect(log()).toEqual(['curl', 'mvn']);
  });

  it('exits with 69 where nobody delivers the pinned jars, and leaves nothing behind', () => {
    const { fetch, cache } = project(jvm);
    const { code, err } = fetch(['kafka'], { CURL_ADDS: ' and more' });
    expect(code).toBe(69);
    expect(err).toMatch(
      /downloaded from the Maven repository: kafka_2\.13-.*\.jar has the SHA-256 \w+… instead of \w+…/,
    );
    expect(err).toContain('resolved with Maven: mvn is not installed');
    expect(err).toContain('KAFKA_HOME');
    expect(readdirSync(cache)).toEqual([]);
  });

  it.each(['a jar that was changed', 'a jar that is missing', 'a jar too many'])(
    'fetches Kafka again after %s',
    (what) => {
      const { fetch, cache, log } = project(jvm);
      fetch(['kafka']);
      const libs = join(cache, `kafka-${kafka}`, 'libs');
      if (what.endsWith('missing')) rmSync(join(libs, 'slf4j-api-1.7.36.jar'));
      else writeFileSync(join(libs, what.endsWith('many') ? 'other.jar' : 'slf4j-api-1.7.36.jar'), 'changed');
      const { code, out } = fetch(['kafka']);
      expect(code).toBe(0);
      expect(out).toMatch(/what is there is no good \((?:slf4j-api-1\.7\.36|other)\.jar /);
      expect(log()).toEqual(['curl', 'curl']);
    },
  );

  it('refuses a Kafka that says another version', () => {
    const { fetch } = project(jvm);
    const { code, err } = fetch(['kafka'], { KAFKA_SAYS: '3.9.0' });
    expect(code).toBe(69);
    expect(err).toContain('it says "3.9.0" instead of version 4.4.0');
  });

  it.each([
    [{ curl }, {}, 'it needs Java 17 or later: java is not installed'],
    [jvm, { JAVA_SAYS: '11' }, 'it needs Java 17 or later, and java is Java 11'],
    [jvm, { JAVA_HOME: '/no/such' }, 'it needs Java 17 or later: /no/such/bin/java is not installed'],
  ])('downloads no Kafka where no Java could run it: %j %j', (programs, env, why) => {
    const { fetch, log } = project(programs);
    const { code, err } = fetch(['kafka'], env);
    expect(code).toBe(69);
    expect(err).toContain(why);
    expect(err).toContain('install Java 17');
    expect(log()).toEqual([]);
  });

  it('is content without Kafka’s own tools, and says what that means', () => {
    const { fetch } = project({ go, ...debian, ...jvm, java: java.replace(`echo ${kafkaTools}`, 'exit 1') });
    const { code, err } = fetch();
    expect(code).toBe(0);
    expect(err).toContain('not to be had here; only the comparison with Kafka’s own tools will be skipped');
  });

  it('leaves nothing behind when a build breaks in the middle, and repeats its last words', () => {
    const { fetch, cache } = project({ go: failingGo });
    const { code, err } = fetch(['nats']);
    expect(code).toBe(69);
    expect(err).toContain('go install failed (exit 1): go: module lookup disabled');
    expect(readdirSync(cache)).toEqual([]);
  });

  it('refuses a server of another version than it asked for, and keeps the one it had', () => {
    const { fetch, cache } = project({ go });
    fetch(['nats']);
    const { code, err } = fetch(['nats', '--force'], { GO_BUILDS: '2.14.0' });
    expect(code).toBe(69);
    expect(err).toContain('it says "nats-server: v2.14.0"');
    expect(readFileSync(join(cache, `nats-server-${current}`, 'nats-server'), 'utf8')).toContain(current);
  });

  it('clears away what a killed fetch left, and only that', () => {
    const { fetch, cache } = project({ go });
    const dead = spawnSync(process.execPath, ['-p', 'process.pid'], { encoding: 'utf8' }).stdout.trim();
    const alive = `.tmp-${process.pid}-nats-server-${current}`;
    mkdirSync(join(cache, `.tmp-${dead}-nats-server-${current}`), { recursive: true });
    mkdirSync(join(cache, alive));
    expect(fetch(['nats']).code).toBe(0);
    expect(readdirSync(cache).sort()).toEqual([alive, `nats-server-${current}`]);
  });

  it.each([[['new']], [['--fast']], [['current']]])('exits with 64 on %j', (args) => {
    const { fetch, cache } = project({ go });
    const { code, err } = fetch(args);
    expect(code).toBe(64);
    expect(err).toMatch(/possible are nats, nats-old, kafka, kafka-tools|--help/);
    expect(err).not.toContain('    at ');
    expect(existsSync(dirname(cache))).toBe(false);
  });

  it('says in one line that its cache cannot be used', () => {
    const { fetch, root } = project({ go });
    writeFileSync(join(root, '.cache'), 'a file where the folder should be');
    const { code, err } = fetch();
    expect(code).toBe(69);
    expect(err).toMatch(
      /^error: the broker cache .* cannot be used: .*\n {2}free space there, or name another .*--dir/,
    );
  });

  it('fetches what runs need, into the cache of the user, where it is installed', () => {
    const { fetch, root, cache } = project({ go, ...debian, ...jvm }, 'installed');
    expect(fetch()).toMatchObject({ code: 0, err: '' });
    const ofUser = join(root, 'home', '.cache', 'eventbus-bench', 'brokers');
    expect(readdirSync(ofUser).sort()).toEqual([`kafka-${kafka}`, `nats-server-${current}`]);
    expect(existsSync(cache)).toBe(false);
    const elsewhere = { XDG_CACHE_HOME: join(root, 'xdg') };
    fetch(['nats'], elsewhere);
    expect(readdirSync(join(root, 'xdg', 'eventbus-bench', 'brokers'))).toEqual([`nats-server-${current}`]);
  });

  it.each([
    ['--dir', ['--dir', 'here'], {}],
    ['EVENTBUS_BENCH_BROKERS', [], { EVENTBUS_BENCH_BROKERS: 'here' }],
  ])('fetches into the folder that %s names', (_, args, env) => {
    const { fetch, root } = project({ go });
    expect(fetch(['nats', ...args], env).code).toBe(0);
    expect(readdirSync(join(root, 'here'))).toEqual([`nats-server-${current}`]);
  });
});
