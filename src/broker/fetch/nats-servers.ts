/**
 * The recipes of nats-server, in two versions: a current one, on which runs and tests rely, and the old one that
 * distributions still carry, because brokers differ by version and the conformance scripts run on both.
 */
import { copyFileSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { run, Unobtainable, type FetchWork, type ServerRecipe, type Way } from './recipe.js';

const binary = process.platform === 'win32' ? 'nats-server.exe' : 'nats-server';

const waysOut = [
  'install Go and run "eventbus-bench brokers nats" again',
  'or start one with Docker, "docker compose up -d --wait nats", and name it: --nats-url nats://127.0.0.1:4222',
  'or put any nats-server 2.9 or later on the PATH',
];

export const natsServers: readonly ServerRecipe[] = [
  {
    name: 'nats-server',
    id: 'nats',
    title: 'a current nats-server, for runs on a real NATS (built with Go)',
    version: '2.15.2',
    required: true,
    isForProject: false,
    without: 'runs on a real NATS need it',
    binary,
    ways: [goInstall('2.15.2')],
    check: (folder, work) => checkVersion(folder, '2.15.2', work),
    waysOut,
  },
  {
    name: 'nats-server',
    id: 'nats-old',
    title: 'the oldest nats-server supported, the one in Debian 12, for tests',
    version: '2.9.10',
    required: false,
    isForProject: true,
    without: 'only tests on this version will be skipped',
    binary,
    ways: [debianPackage('2.9.10'), goInstall('2.9.10')],
    check: (folder, work) => checkVersion(folder, '2.9.10', work),
    waysOut,
  },
];

/** Builds a release from source; the Go checksum database vouches for it. */
function goInstall(version: string): Way {
  return {
    title: 'built with go install',
    async obtain(folder, work) {
      await run('go', ['version'], work, { timeoutMs: 30_000 });
      work.say('building it with go install, which takes up to a few minutes');
      await run('go', ['install', `github.com/nats-io/nats-server/v2@v${version}`], work, {
        // For this machine, whatever the caller usually builds for.
        env: { GOBIN: folder, CGO_ENABLED: '0', GOOS: '', GOARCH: '', GO111MODULE: 'on', GOFLAGS: '' },
      });
    },
  };
}

/** Takes the distribution's package apart without installing it; apt has checked its signature. */
function debianPackage(version: string): Way {
  return {
    title: 'unpacked from the distribution’s package',
    async obtain(folder, work) {
      const candidate = (await debianVersion(version, work)) ?? (await debianVersionAfterUpdate(version, work));
      if (candidate === null) throw new Unobtainable(`the distribution has no nats-server ${version}`);
      const unpacked = join(folder, '.deb');
      mkdirSync(unpacked);
      await run('apt-get', ['download', '-qq', `nats-server=${candidate}`], work, { cwd: unpacked });
      const archive = readdirSync(unpacked).find((name) => name.endsWith('.deb'));
      if (archive === undefined) throw new Unobtainable('apt-get download left no package');
      await run('dpkg-deb', ['--extract', join(unpacked, archive), unpacked], work);
      copyFileSync(join(unpacked, 'usr', 'sbin', binary), join(folder, binary));
      rmSync(unpacked, { recursive: true });
    },
  };
}

/** The package version, with the distribution's suffix, that carries this release; null if apt knows none. */
async function debianVersion(version: string, work: FetchWork): Promise<string | null> {
  const table = await run('apt-cache', ['madison', 'nats-server'], work, { timeoutMs: 60_000 });
  const versions = table.split('\n').flatMap((line) => line.split('|')[1]?.trim() ?? []);
  return versions.find((one) => one === version || one.startsWith(`${version}-`)) ?? null;
}

async function debianVersionAfterUpdate(version: string, work: FetchWork): Promise<string | null> {
  work.say('the package lists do not have it, updating them');
  await run('apt-get', ['update', '-qq'], work);
  return debianVersion(version, work);
}

async function checkVersion(folder: string, version: string, work: FetchWork): Promise<string | null> {
  try {
    const said = (await run(join(folder, binary), ['--version'], work, { timeoutMs: 30_000 })).trim();
    return said === `nats-server: v${version}` ? null : `it says "${said}" instead of version ${version}`;
  } catch (error) {
    if (error instanceof Unobtainable) return error.message;
    throw error;
  }
}
