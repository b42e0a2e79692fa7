/**
 * How does a private server die with its run, whatever kills the run? This process stands between the two. It makes the
 * temporary folder, starts the server, and reads from a pipe whose other end the run holds. When the run ends, by
 * SIGKILL too, the system closes the pipe; this process then kills the server, removes the folder and ends.
 *
 * Started by private-server.ts in a session of its own, so that Ctrl-C and a kill of the run's process group miss it.
 * argv: path of the server, configuration to add as text. stdout: one JSON line, see {@link WatchdogMessage}.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The first line that the watchdog writes. */
export type WatchdogMessage =
  | {
      readonly kind: 'ready';
      readonly url: string;
      readonly monitoringUrl: string | null;
      readonly pid: number;
      readonly folder: string;
    }
  | { readonly kind: 'failed'; readonly reason: string };

const [serverPath = '', extraConfiguration = ''] = process.argv.slice(2);
const readyTimeoutMs = 10_000;
const portsEveryMs = 5;
const logLinesKept = 20;

const folder = makeFolder();
const configuration = join(folder, 'server.conf');

let log = '';
let isEnding = false;
process.on('SIGINT', end);
process.on('SIGTERM', end);
process.on('SIGHUP', end);
process.on('uncaughtException', end);
process.stdout.on('error', end);
process.stdin.on('error', end).on('end', end).on('close', end).resume();

const server = spawn(serverPath, ['-c', configuration], { stdio: ['ignore', 'ignore', 'pipe'], windowsHide: true });
server.stderr.setEncoding('utf8').on('data', (text: string) => {
  log = (log + text).split('\n').slice(-logLinesKept).join('\n');
});
server.on('error', (error) => failed(error.message));
server.on('exit', () => failed(`it ended at once: ${lastError(log)}`));
void waitUntilReady();

/** Holds the configuration of the server, and its store. */
function makeFolder(): string {
  try {
    const made = mkdtempSync(join(tmpdir(), 'eventbus-bench-nats-'));
    writeFileSync(join(made, 'server.conf'), configurationIn(made));
    return made;
  } catch (error) {
    tell({ kind: 'failed', reason: error instanceof Error ? error.message : String(error) });
    process.exit(1);
  }
}

/** The added text stands in for the JetStream block if it speaks of JetStream. */
function configurationIn(made: string): string {
  const jetStream = `jetstream { store_dir: ${JSON.stringify(join(made, 'store'))} }`;
  return [
    'listen: "127.0.0.1:-1"',
    'http: "127.0.0.1:-1"',
    `ports_file_dir: ${JSON.stringify(made)}`,
    ...(extraConfiguration.includes('jetstream') ? [] : [jetStream]),
    extraConfiguration,
    '',
  ].join('\n');
}

/** The server writes its addresses into a file once it listens. */
async function waitUntilReady(): Promise<void> {
  const { pid } = server;
  if (pid === undefined) return;
  for (let waitedMs = 0; waitedMs < readyTimeoutMs && !isEnding; waitedMs += portsEveryMs) {
    const ports = readPorts();
    const [url] = ports?.nats ?? [];
    if (url !== undefined) {
      tell({ kind: 'ready', url, monitoringUrl: ports?.monitoring?.[0] ?? null, pid, folder });
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, portsEveryMs));
  }
  failed(`it was not ready within ${readyTimeoutMs / 1000} s: ${lastError(log)}`);
}

/** null until the file is there and complete. */
function readPorts(): { nats?: string[]; monitoring?: string[] } | null {
  try {
    const file = readdirSync(folder).find((name) => name.endsWith('.ports')) ?? '';
    return JSON.parse(readFileSync(join(folder, file), 'utf8')) as { nats?: string[]; monitoring?: string[] };
  } catch {
    return null;
  }
}

function tell(message: WatchdogMessage): void {
  // At once: this process may end right after it.
  writeSync(process.stdout.fd, `${JSON.stringify(message)}\n`);
}

function failed(reason: string): void {
  if (isEnding) return;
  tell({ kind: 'failed', reason });
  end();
}

/** Kills the server at once: nothing in its store is wanted any more. */
function end(): void {
  if (isEnding) return;
  isEnding = true;
  if (server.pid === undefined || server.exitCode !== null || server.signalCode !== null) return leave();
  server.on('exit', leave);
  server.kill('SIGKILL');
}

function leave(): void {
  rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  process.exit(0);
}

/** The server's own words without time and process id; it prefixes grave ones with [FTL], or prints them bare. */
function lastError(text: string): string {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const line = lines.findLast((one) => /\[(?:FTL|ERR)\]|^nats-server:/.test(one)) ?? lines.at(-1) ?? 'it said nothing';
  return line.replace(/^.*\[(?:FTL|ERR)\]\s*/, '').replace(/^nats-server:\s*/, '');
}
