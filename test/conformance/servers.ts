/**
 * Real servers to compare the simulator with, from binaries in the broker cache
 * (`.cache/brokers/nats-server-<version>/nats-server`), or those that EVENTBUS_BENCH_NATS_SERVERS lists. Each is
 * started once with JetStream, a temporary store and a free port of the loopback, and stopped by its process id.
 */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const cache = fileURLToPath(new URL('../../.cache/brokers/', import.meta.url));
const startTimeoutMs = 15_000;

export interface NatsServer {
  readonly binary: string;
  /** As it says itself, `2.9.10`. */
  readonly version: string;
  readonly parsed: readonly number[];
}

/** Every server found, none of them started yet. @throws if what was found does not say its version */
export function natsServers(): readonly NatsServer[] {
  return binaries().map((binary) => {
    const version = versionOf(binary);
    return { binary, version, parsed: version.split('.').map(Number) };
  });
}

function binaries(): readonly string[] {
  const listed = process.env['EVENTBUS_BENCH_NATS_SERVERS'];
  if (listed !== undefined) return listed.split(delimiter).filter((path) => path !== '');
  if (!existsSync(cache)) return [];
  return readdirSync(cache)
    .filter((folder) => folder.startsWith('nats-server-'))
    .map((folder) => join(cache, folder, 'nats-server'))
    .filter((path) => existsSync(path))
    .sort();
}

function versionOf(binary: string): string {
  const { stdout, error } = spawnSync(binary, ['--version'], { encoding: 'utf8', timeout: startTimeoutMs });
  const version = /v(\d+\.\d+\.\d+)/.exec(stdout)?.[1];
  if (version === undefined) throw new Error(`${binary} does not say its version: ${error?.message ?? stdout}`);
  return version;
}

export interface RunningServer {
  readonly url: string;
  stop(): Promise<void>;
}

/** @throws if it does not come up, with what it printed */
export async function startNatsServer(binary: string): Promise<RunningServer> {
  const folder = mkdtempSync(join(tmpdir(), 'eventbus-bench-conformance-'));
  const args = ['-js', '-a', '127.0.0.1', '-p', '-1', '-sd', join(folder, 'store'), '--ports_file_dir', folder];
  const child = spawn(binary, args, { stdio: ['ignore', 'ignore', 'pipe'] });
  let printed = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (printed += text));
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()).once('error', () => resolve()));
  const stopAtOnce = (): void => void child.kill('SIGKILL');
  process.once('exit', stopAtOnce);

  const stop = async (): Promise<void> => {
    child.kill('SIGTERM');
    const patience = AbortSignal.timeout(5_000);
    patience.addEventListener('abort', stopAtOnce);
    await exited;
    patience.removeEventListener('abort', stopAtOnce);
    process.removeListener('exit', stopAtOnce);
    rmSync(folder, { recursive: true, force: true });
  };

  const url = await readUrl(folder, child);
  if (url !== null) return { url, stop };
  await stop();
  throw new Error(`${binary} did not start within ${startTimeoutMs / 1000} s:\n${printed}`);
}

/** The server writes its ports to a file once it listens. Null if it ended, or took too long. */
async function readUrl(folder: string, child: ChildProcess): Promise<string | null> {
  const limitMs = Date.now() + startTimeoutMs;
  while (Date.now() < limitMs && child.exitCode === null && child.signalCode === null && child.pid !== undefined) {
    const file = join(folder, `nats-server_${child.pid}.ports`);
    const url = existsSync(file) ? firstUrl(readFileSync(file, 'utf8')) : null;
    if (url !== null) return url;
    await sleep(20);
  }
  return null;
}

/** Null if the file is not written to its end yet. */
function firstUrl(text: string): string | null {
  try {
    return (JSON.parse(text) as { nats?: string[] }).nats?.[0] ?? null;
  } catch {
    return null;
  }
}
