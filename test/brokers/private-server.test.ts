import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { probeNats } from '../../src/broker/nats/probe.js';
import { startPrivateServer } from '../../src/broker/nats/private/private-server.js';
import type { PrivateServer } from '../../src/broker/nats/private/private-server.js';
import { packageRoot } from '../../src/broker/private/package-root.js';
import type { ServerBinary } from '../../src/broker/nats/private/server-binary.js';
import { BrokerError } from '../../src/domain/errors.js';
import { eventually } from './nats-fixture.js';
import { describeOnNats, describeOnNewestNats } from './servers.js';

const isWindows = process.platform === 'win32';
const folder = mkdtempSync(join(tmpdir(), 'eventbus-bench-test-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describeOnNats('a private server', (binary) => {
  it('is ready when it is handed over: JetStream on, on the loopback, of the version that was asked for', async () => {
    const server = await start(binary);
    expect(new URL(server.url).hostname).toBe('127.0.0.1');
    expect(server).toMatchObject({ version: binary.version, source: binary.source });
    expect(await probeNats(server.connection)).toMatchObject({ kind: 'usable', version: binary.version });
    const response = await fetch(`${server.monitoringUrl ?? ''}/jsz`);
    expect(await response.json()).toMatchObject({
      config: { store_dir: expect.stringContaining(server.folder) as string },
    });
  });

  it('stands beside others, each on ports of its own', async () => {
    const servers = await Promise.all([start(binary), start(binary)]);
    expect(new Set(servers.map(({ url }) => url)).size).toBe(2);
    await servers[0].stop();
    expect((await probeNats(servers[1].connection)).kind).toBe('usable');
  });

  it('is gone with its folder when it is stopped, which may be asked twice', async () => {
    const server = await start(binary);
    await Promise.all([server.stop(), server.stop()]);
    await server.stop();
    expect(isAlive(server.pid)).toBe(false);
    expect(existsSync(server.folder)).toBe(false);
  });

  it('leaves its log alone when it dies by itself, and says where', async () => {
    const server = await start(binary);
    process.kill(server.pid, 'SIGKILL');
    const { message, wayOut } = await server.failed();
    expect(message).toContain('ended in the middle of the run: it was killed by SIGKILL');
    expect(wayOut).toContain(`its log was kept in ${server.folder}.log`);
    await isGone(server);
    rmSync(`${server.folder}.log`);
    await server.stop();
  });
});

describeOnNewestNats('a private server whose user', (binary) => {
  it.each<[string, string, NodeJS.Signals | null]>([
    ['is killed with SIGKILL', 'setInterval(() => {}, 1000)', 'SIGKILL'],
    ['is ended with SIGTERM', 'setInterval(() => {}, 1000)', 'SIGTERM'],
    ['is interrupted with SIGINT', 'setInterval(() => {}, 1000)', 'SIGINT'],
    ['exits without stopping it', 'process.exit(3)', null],
    ['throws', 'throw new Error("a bug")', null],
    ['has nothing else to do, and so ends', '', null],
  ])('%s is gone with its folder', async (_, thenDo, signal) => {
    const user = startUser(binary, thenDo);
    const server = await serverOf(user);
    if (signal !== null) user.kill(signal);
    await isGone(server);
  });

  it.skipIf(isWindows)('is killed with its whole process group is gone with its folder', async () => {
    const user = startUser(binary, 'setInterval(() => {}, 1000)', { detached: true });
    const server = await serverOf(user);
    process.kill(-user.pid!, 'SIGKILL');
    await isGone(server);
  });

  it.skipIf(isWindows)('stays while its watchdog is killed is gone with its folder', async () => {
    const server = await start(binary);
    process.kill(parentOf(server.pid), 'SIGKILL');
    await isGone(server);
    await server.stop();
  });
});

describe('a private server that cannot be had', () => {
  it('is refused with three ways to get one where there is no binary', async () => {
    const error: unknown = await startPrivateServer({ binary: null }).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(BrokerError);
    const { wayOut } = error as BrokerError;
    for (const way of ['eventbus-bench brokers nats', 'PATH', '--nats-url', 'NATS_URL', 'docker compose up']) {
      expect(wayOut).toContain(way);
    }
  });

  it.skipIf(isWindows)('is refused with its own last words when it ends at once, and leaves nothing', async () => {
    const path = join(folder, 'nats-server');
    writeFileSync(
      path,
      `#!/bin/sh\necho "$2" > ${join(folder, 'seen')}\necho "nats-server: no luck today" >&2\nexit 1\n`,
    );
    chmodSync(path, 0o755);
    const starting = startPrivateServer({ binary: { path, version: '2.0.0', source: 'path' } });
    await expect(starting).rejects.toThrow(BrokerError);
    await expect(starting).rejects.toThrow(/could not be started from .*: it ended at once: no luck today$/);
    const seen = readFileSync(join(folder, 'seen'), 'utf8').trim();
    await eventually(
      () => existsSync(seen),
      (exists) => !exists,
    );
  });

  it.skipIf(isWindows)('is refused when there is no place for its folder', async () => {
    vi.stubEnv('TMPDIR', join(folder, 'nowhere'));
    onTestFinished(() => void vi.unstubAllEnvs());
    const binary = { path: process.execPath, version: '2.0.0', source: 'path' } as const;
    await expect(startPrivateServer({ binary })).rejects.toThrow(
      /could not be started: its folder cannot be made in .*nowhere \(ENOENT/,
    );
  });

  it('is refused when the binary cannot be run', async () => {
    const binary = { path: join(folder, 'nowhere'), version: '2.0.0', source: 'path' } as const;
    await expect(startPrivateServer({ binary })).rejects.toThrow(/could not be started from .*nowhere/);
  });
});

async function start(binary: ServerBinary): Promise<PrivateServer> {
  const server = await startPrivateServer({ binary });
  onTestFinished(() => server.stop());
  return server;
}

/** A process of its own that starts a private server, tells of it on its standard output, and goes on as it is told. */
function startUser(binary: ServerBinary, thenDo: string, options: { detached?: boolean } = {}): ChildProcess {
  const module = pathToFileURL(join(packageRoot, 'dist', 'broker', 'nats', 'private', 'private-server.js')).href;
  const script = `
    import { startPrivateServer } from ${JSON.stringify(module)};
    const { pid, folder } = await startPrivateServer({ binary: ${JSON.stringify(binary)} });
    await new Promise((resolve) => process.stdout.write(JSON.stringify({ pid, folder }) + '\\n', resolve));
    ${thenDo}`;
  const user = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'ignore'],
    ...options,
  });
  onTestFinished(() => void user.kill('SIGKILL'));
  return user;
}

async function serverOf(user: ChildProcess): Promise<Pick<PrivateServer, 'pid' | 'folder'>> {
  let text = '';
  for await (const chunk of user.stdout!) {
    text += String(chunk);
    if (text.includes('\n')) break;
  }
  const server = JSON.parse(text) as Pick<PrivateServer, 'pid' | 'folder'>;
  return server;
}

async function isGone({ pid, folder: store }: Pick<PrivateServer, 'pid' | 'folder'>): Promise<void> {
  await eventually(
    () => isAlive(pid) || existsSync(store),
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
