/**
 * The process between a run and its private nats-server, which dies with the run (broker/private/keep-watch.ts). It
 * writes the server's configuration, starts the server, and tells the run where it listens.
 *
 * Started by private-server.ts. argv: path of the server, text to add to its configuration. stdout: one JSON line,
 * either a {@link NatsReady} or a failure.
 */
import { spawn } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { keepWatch } from '../../private/keep-watch.js';
import type { WatchedReady } from '../../private/watched-server.js';

export interface NatsReady extends WatchedReady {
  readonly url: string;
  readonly monitoringUrl: string | null;
}

const [serverPath = '', extraConfiguration = ''] = process.argv.slice(2);
const readyTimeoutMs = 10_000;
const portsEveryMs = 5;
const logLinesKept = 20;

const watch = keepWatch({
  prefix: 'eventbus-bench-nats-',
  prepare: (folder) => writeFileSync(configurationFile(folder), configurationIn(folder)),
});

let log = '';
const server = spawn(serverPath, ['-c', configurationFile(watch.folder)], {
  stdio: ['ignore', 'ignore', 'pipe'],
  windowsHide: true,
});
watch.over(server);
server.stderr.setEncoding('utf8').on('data', (text: string) => {
  log = (log + text).split('\n').slice(-logLinesKept).join('\n');
});
server.on('error', (error) => watch.fail(error.message));
server.on('exit', () => watch.fail(`it ended at once: ${lastError(log)}`));
void waitUntilReady();

function configurationFile(folder: string): string {
  return join(folder, 'server.conf');
}

/** The server's configuration. An added text that contains `jetstream` replaces the usual JetStream block. */
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
  for (let waitedMs = 0; waitedMs < readyTimeoutMs && !watch.isEnding(); waitedMs += portsEveryMs) {
    const ports = readPorts();
    const [url] = ports?.nats ?? [];
    if (url !== undefined) {
      const monitoringUrl = ports?.monitoring?.[0] ?? null;
      watch.tell({ kind: 'ready', url, monitoringUrl, pid, folder: watch.folder } satisfies NatsReady);
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, portsEveryMs));
  }
  watch.fail(`it was not ready within ${readyTimeoutMs / 1000} s: ${lastError(log)}`);
}

/** The addresses in the server's ports file; null until the file is complete. */
function readPorts(): { nats?: string[]; monitoring?: string[] } | null {
  try {
    const file = readdirSync(watch.folder).find((name) => name.endsWith('.ports')) ?? '';
    return JSON.parse(readFileSync(join(watch.folder, file), 'utf8')) as { nats?: string[]; monitoring?: string[] };
  } catch {
    return null;
  }
}

/** The last error in the server's output, without time and process id. Severe ones have the prefix [FTL], or none. */
function lastError(text: string): string {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const line = lines.findLast((one) => /\[(?:FTL|ERR)\]|^nats-server:/.test(one)) ?? lines.at(-1) ?? 'it said nothing';
  return line.replace(/^.*\[(?:FTL|ERR)\]\s*/, '').replace(/^nats-server:\s*/, '');
}
