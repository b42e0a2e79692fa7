// The recipe of nats-server, in two versions: a current one, on which runs and tests rely, and the old one that
// distributions still carry, because brokers differ by version and the conformance scripts run on both.
import { copyFileSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { run, Unobtainable } from './recipe.mjs';

const binary = 'nats-server';

const waysOut = [
  'install Go and run "npm run brokers" again',
  'or start one with Docker, "docker compose up -d --wait nats", and name it: --nats-url nats://127.0.0.1:4222',
  'or put any nats-server 2.9 or later on the PATH',
];

export const natsServers = [
  {
    name: 'nats-server',
    id: 'current',
    title: 'the nats-server that runs and tests use',
    version: '2.15.2',
    required: true,
    binary,
    ways: [goInstall('2.15.2')],
    check: (folder) => checkVersion(folder, '2.15.2'),
    waysOut,
  },
  {
    name: 'nats-server',
    id: 'old',
    title: 'the oldest nats-server supported, the one in Debian 12',
    version: '2.9.10',
    required: false,
    binary,
    ways: [debianPackage('2.9.10'), goInstall('2.9.10')],
    check: (folder) => checkVersion(folder, '2.9.10'),
    waysOut,
  },
];

/** Builds a release from source; the Go checksum database vouches for it. */
function goInstall(version) {
  return {
    title: 'built with go install',
    obtain(folder, say) {
      run('go', ['version'], { timeoutMs: 30_000 });
      say('building it with go install, which takes up to a few minutes');
      run('go', ['install', `github.com/nats-io/nats-server/v2@v${version}`], {
        // For this machine, whatever the caller usually builds for.
        env: { GOBIN: folder, CGO_ENABLED: '0', GOOS: '', GOARCH: '', GO111MODULE: 'on', GOFLAGS: '' },
      });
    },
  };
}

/** Takes the distribution's package apart without installing it; apt has checked its signature. */
function debianPackage(version) {
  return {
    title: 'unpacked from the distribution’s package',
    obtain(folder, say) {
      const candidate = debianVersion(version) ?? debianVersionAfterUpdate(version, say);
      if (candidate === null) throw new Unobtainable(`the distribution has no nats-server ${version}`);
      const unpacked = join(folder, '.deb');
      mkdirSync(unpacked);
      run('apt-get', ['download', '-qq', `nats-server=${candidate}`], { cwd: unpacked });
      const archive = readdirSync(unpacked).find((name) => name.endsWith('.deb'));
      if (archive === undefined) throw new Unobtainable('apt-get download left no package');
      run('dpkg-deb', ['--extract', join(unpacked, archive), unpacked]);
      copyFileSync(join(unpacked, 'usr', 'sbin', binary), join(folder, binary));
      rmSync(unpacked, { recursive: true });
    },
  };
}

/** The package version, with the distribution's suffix, that carries this release; null if apt knows none. */
function debianVersion(version) {
  const table = run('apt-cache', ['madison', 'nats-server'], { timeoutMs: 60_000 });
  const versions = table.split('\n').flatMap((line) => line.split('|')[1]?.trim() ?? []);
  return versions.find((one) => one === version || one.startsWith(`${version}-`)) ?? null;
}

function debianVersionAfterUpdate(version, say) {
  say('the package lists do not have it, updating them');
  run('apt-get', ['update', '-qq']);
  return debianVersion(version);
}

/** @returns {string | null} what is wrong with the server in this folder; null if nothing is */
function checkVersion(folder, version) {
  try {
    const said = run(join(folder, binary), ['--version'], { timeoutMs: 30_000 }).trim();
    return said === `nats-server: v${version}` ? null : `it says "${said}" instead of version ${version}`;
  } catch (error) {
    if (error instanceof Unobtainable) return error.message;
    throw error;
  }
}
