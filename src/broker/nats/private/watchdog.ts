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
import { endingOf, keepWatch } from '../../private/keep-watch.js';
import { fullReason, ServerLog } from '../../private/server-log.js';
import type { WatchedReady } from '../../private/watched-server.js';

export interface NatsReady extends WatchedReady {
  readonly url: string;
  readonly monitoringUrl: string | null;
}

const [serverPath = '', extraConfiguration = ''] = process.argv.slice(2);
const readyTimeoutMs = 10_000;
const portsEveryMs = 5;

const watch = keepWatch({
  prefix: 'eventbus-bench-nats-',
  prepare: (folder) => writeFileSync(configurationFile(folder), configurationIn(folder)),
});

let isReady = false;
const log = new ServerLog((line) => {
  const full = fullReason(line);
  if (full !== null) watch.tellFull(full);
});
const server = spawn(serverPath, ['-c', configurationFile(watch.folder)], {
  stdio: ['ignore', 'ignore', 'pipe'],
  windowsHide: true,
});
watch.over(server);
log.read(server.stderr);
server.on('error', (error) => watch.refuse(error.message));
// It closes once it has ended and all that it said was read.
server.on('close', (code, signal) => {
  if (isReady) watch.mourn(endingOf(code, signal), lastError(log.text), log);
  else watch.refuse(`${signal === null ? 'it ended at once' : endingOf(code, signal)}: ${lastError(log.text)}`);
});
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
  const deadlineMs = performance.now() + readyTimeoutMs;
  while (performance.now() < deadlineMs && !watch.isEnding()) {
    const ports = readPorts();
    const [url] = ports?.nats ?? [];
    if (url !== undefined) {
      isReady = true;
      const monitoringUrl = ports?.monitoring?.[0] ?? null;
      watch.tell({ kind: 'ready', url, monitoringUrl, pid, folder: watch.folder } satisfies NatsReady);
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, portsEveryMs));
  }
  watch.refuse(`it was not ready within ${readyTimeoutMs / 1000} s: ${lastError(log.text)}`);
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
  return line.replace(/^.*\[[A-Z]{3}\]\s*/, '').replace(/^nats-server:\s*/, '');
}
