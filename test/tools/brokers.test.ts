/**
 * Does `npm run brokers` keep its word? The script runs in a made-up project, with made-up `go` and `apt` programs on
 * the PATH that "build" and "download" shell scripts which print a version.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
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

function project(programs: Readonly<Record<string, string>>): Project {
  const root = scratchTree({ log: '' });
  cpSync('tools/brokers', join(root, 'tools/brokers'), { recursive: true });
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
      const ended = spawnSync(process.execPath, [join(root, 'tools/brokers/fetch.mjs'), ...args], {
        cwd: root,
        encoding: 'utf8',
        env: { PATH: join(root, 'bin'), LOG: join(root, 'log'), ...env },
      });
      return { code: ended.status ?? -1, out: ended.stdout, err: ended.stderr };
    },
    log: () => readFileSync(join(root, 'log'), 'utf8').split('\n').filter(Boolean),
  };
}

describe('npm run brokers', () => {
  it('builds the current server and takes the old one from the distribution', () => {
    const { fetch, cache, log } = project({ go, ...debian });
    const { code, out, err } = fetch();
    expect(err).toBe('');
    expect(code).toBe(0);
    expect(readdirSync(cache).sort()).toEqual([`nats-server-${current}`, `nats-server-${old}`]);
    expect(readdirSync(join(cache, `nats-server-${old}`))).toEqual(['nats-server']);
    expect(log()).toEqual([`go github.com/nats-io/nats-server/v2@v${current}`, 'apt-get download']);
    expect(out).toContain(`nats-server ${current}: built with go install, checked, .cache/brokers/`);
    expect(out).toContain(`nats-server ${old}: unpacked from the distribution’s package, checked, .cache/brokers/`);
  });

  it('leaves alone what is there and still good', () => {
    const { fetch, log } = project({ go, ...debian });
    fetch();
    const before = log();
    const { code, out } = fetch();
    expect(code).toBe(0);
    expect(out.match(/there already/g)).toHaveLength(2);
    expect(log()).toEqual(before);
  });

  it('fetches again what is there but does not say its version', () => {
    const { fetch, cache } = project({ go });
    mkdirSync(join(cache, `nats-server-${current}`), { recursive: true });
    writeFileSync(join(cache, `nats-server-${current}`, 'nats-server'), server('2.12.0'), { mode: 0o755 });
    const { code, out } = fetch(['--only', 'current']);
    expect(code).toBe(0);
    expect(out).toContain(`what is there is no good (it says "nats-server: v2.12.0" instead of version ${current})`);
    expect(readFileSync(join(cache, `nats-server-${current}`, 'nats-server'), 'utf8')).toContain(current);
  });

  it('fetches again what is there when it is forced to', () => {
    const { fetch, log } = project({ go });
    fetch(['--only', 'current']);
    expect(fetch(['--only', 'current', '--force']).code).toBe(0);
    expect(log()).toHaveLength(2);
  });

  it('builds the old server where the distribution has another version, after updating the package lists', () => {
    const { fetch, log } = project({ go, ...debian, 'apt-cache': emptyAptCache });
    expect(fetch(['--only', 'old']).code).toBe(0);
    expect(log()).toEqual(['apt-get update', `go github.com/nats-io/nats-server/v2@v${old}`]);
  });

  it('is content without the old server, and says what that means', () => {
    const { fetch } = project({ go: go.replace('version=', 'case $2 in *v2.9.10) exit 1;; esac; version=') });
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

  it('leaves nothing behind when a build breaks in the middle, and repeats its last words', () => {
    const { fetch, cache } = project({ go: failingGo });
    const { code, err } = fetch(['--only', 'current']);
    expect(code).toBe(69);
    expect(err).toContain('go install failed (exit 1): go: module lookup disabled');
    expect(readdirSync(cache)).toEqual([]);
  });

  it('refuses a server of another version than it asked for, and keeps the one it had', () => {
    const { fetch, cache } = project({ go });
    fetch(['--only', 'current']);
    const { code, err } = fetch(['--only', 'current', '--force'], { GO_BUILDS: '2.14.0' });
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
    expect(fetch(['--only', 'current']).code).toBe(0);
    expect(readdirSync(cache).sort()).toEqual([alive, `nats-server-${current}`]);
  });

  it.each([[['--only', 'new']], [['--fast']], [['current']]])('exits with 64 on %j', (args) => {
    const { fetch, cache } = project({ go });
    const { code, err } = fetch(args);
    expect(code).toBe(64);
    expect(err).toContain('npm run brokers -- --help');
    expect(err).not.toContain('    at ');
    expect(existsSync(dirname(cache))).toBe(false);
  });

  it('says in one line that its cache cannot be used', () => {
    const { fetch, root } = project({ go });
    writeFileSync(join(root, '.cache'), 'a file where the folder should be');
    const { code, err } = fetch();
    expect(code).toBe(69);
    expect(err).toMatch(/^The broker cache cannot be used: .*\n$/);
  });
});
