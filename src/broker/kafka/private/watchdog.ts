/**
 * The process between a run and its private Kafka broker, which dies with the run (broker/private/keep-watch.ts). It
 * formats the log directory, starts the broker, tells the run its address once it answers, and kills or restarts it on
 * command.
 *
 * Started by private-broker.ts. argv: a {@link WatchdogPlan} as JSON. stdout: JSON lines, each a {@link KafkaReady}, a
 * {@link KafkaKilled} or a failure. stdin: `kill` (SIGKILL; the log is kept) or `restart` (same ports, same log), each
 * answered by one line.
 */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { endingOf, keepWatch } from '../../private/keep-watch.js';
import { fullReason, ServerLog } from '../../private/server-log.js';
import type { WatchedReady } from '../../private/watched-server.js';
import { brokerProperties, keystoreFile, plaintextPort, scramArguments } from './broker-properties.js';
import type { BrokerPlan, BrokerPorts } from './broker-properties.js';
import { lastError } from './broker-log.js';
import { freePorts } from './free-ports.js';
import { greet } from '../connecting/greeting.js';

export interface WatchdogPlan extends BrokerPlan {
  readonly java: string;
  /** Folder of jars. */
  readonly libs: string;
}

export interface KafkaReady extends WatchedReady {
  /** `127.0.0.1:port`. */
  readonly broker: string;
}

export interface KafkaKilled {
  readonly kind: 'killed';
}

const plan = JSON.parse(process.argv[2] ?? '') as WatchdogPlan;
const readyTimeoutMs = 60_000;
const askEveryMs = 20;
const answerTimeoutMs = 2_000;
/** Number of attempts to start: another process may take a port between the search for a free one and the start. */
const startsMax = 3;
/** Any id will do, since the cluster has no other node. */
const clusterId = Buffer.from('eventbus-bench-1').toString('base64url');

const watch = keepWatch({ prefix: 'eventbus-bench-kafka-', prepare, onCommand });
const log = new ServerLog((line) => {
  const full = fullReason(line);
  if (full !== null && broker !== null) watch.tellFull(full);
});
const takenPorts = new Set<number>();
let ports: BrokerPorts;
let broker: ChildProcess | null = null;
let isKillWanted = false;
void begin();

function prepare(folder: string): void {
  mkdirSync(join(folder, 'tmp'));
  if (plan.tls === null) return;
  const pem = [plan.tls.keyFile, plan.tls.certFile].map((file) => readFileSync(file, 'utf8'));
  writeFileSync(keystoreFile(folder), pem.join('\n'), { mode: 0o600 });
}

async function begin(): Promise<void> {
  try {
    await choosePorts();
    await format();
    await startOnFreePorts();
  } catch (error) {
    watch.refuse(error instanceof Error ? error.message : String(error));
  }
}

async function startOnFreePorts(): Promise<void> {
  for (let starts = 1; ; starts++) {
    const outcome = await start();
    if (outcome.kind === 'ready') {
      watch.tell(outcome);
      return;
    }
    if (starts === startsMax || !/already in use/i.test(outcome.reason)) {
      watch.refuse(outcome.reason);
      return;
    }
    await choosePorts();
  }
}

async function choosePorts(): Promise<void> {
  const [client, controller, internal] = await freePorts(3, takenPorts);
  ports = { client: client!, controller: controller!, internal: internal! };
  for (const port of Object.values(ports)) takenPorts.add(port as number);
  writeFileSync(propertiesFile(), brokerProperties(plan, watch.folder, ports), { mode: 0o600 });
}

/** Writes the metadata that a log directory must begin with. */
async function format(): Promise<void> {
  const args = ['format', '-t', clusterId, '-c', propertiesFile(), ...scramArguments(plan)];
  const formatter = java('kafka.tools.StorageTool', args);
  const { code } = await exitOf(formatter);
  if (code !== 0 && !watch.isEnding()) throw new Error(`its log directory could not be formatted: ${lastWords()}`);
}

/** Starts the broker and waits until it answers. */
async function start(): Promise<KafkaReady | { readonly kind: 'failed'; readonly reason: string }> {
  const started = java('kafka.Kafka', [propertiesFile()]);
  const reasons: string[] = [];
  started.once('error', (error) => reasons.push(error.message));
  started.once('close', (code, signal) => {
    reasons.push(`${signal === null ? 'it ended at once' : endingOf(code, signal)}: ${lastWords()}`);
  });
  const deadlineMs = performance.now() + readyTimeoutMs;
  while (performance.now() < deadlineMs && !watch.isEnding()) {
    const isUp = await isAnswering();
    const [reason] = reasons;
    if (reason !== undefined) return { kind: 'failed', reason };
    if (isUp) return ready(started);
    await new Promise((resolve) => setTimeout(resolve, askEveryMs));
  }
  return { kind: 'failed', reason: `it was not ready within ${readyTimeoutMs / 1000} s: ${lastWords()}` };
}

function ready(started: ChildProcess): KafkaReady {
  broker = started;
  isKillWanted = false;
  started.once('close', (code, signal) => {
    if (!isKillWanted) watch.mourn(endingOf(code, signal), lastWords(), log);
  });
  return { kind: 'ready', broker: `127.0.0.1:${ports.client}`, pid: started.pid!, folder: watch.folder };
}

/** Whether the broker answers. Its listener opens only once it has caught up with the metadata and takes requests. */
async function isAnswering(): Promise<boolean> {
  const address = `127.0.0.1:${plaintextPort(plan.listener, ports)}`;
  return greet(address, { tls: null, mechanism: null, timeoutMs: answerTimeoutMs }).then(
    () => true,
    () => false,
  );
}

function onCommand(command: string): void {
  if (command === 'kill') void killBroker();
  else void restartBroker();
}

async function killBroker(): Promise<void> {
  if (broker?.exitCode === null && broker.signalCode === null) {
    isKillWanted = true;
    const exit = exitOf(broker);
    broker.kill('SIGKILL');
    await exit;
  }
  watch.tell({ kind: 'killed' } satisfies KafkaKilled);
}

async function restartBroker(): Promise<void> {
  const outcome = await start();
  if (outcome.kind === 'ready') watch.tell(outcome);
  else watch.refuse(outcome.reason, 'not started again');
}

/** Starts a Java program, and reads what it says. Native libraries are unpacked into the temporary folder. */
function java(main: string, args: readonly string[]): ChildProcess {
  const options = [
    ...['-Xmx512m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-XX:-UsePerfData', '-Xshare:auto'],
    `-Djava.io.tmpdir=${join(watch.folder, 'tmp')}`,
    ...['-Dorg.slf4j.simpleLogger.defaultLogLevel=warn', '-Dorg.slf4j.simpleLogger.showThreadName=false'],
  ];
  const started = spawn(plan.java, [...options, '-cp', join(plan.libs, '*'), main, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    cwd: watch.folder,
    windowsHide: true,
  });
  log.read(started.stdout);
  log.read(started.stderr);
  watch.over(started);
  return started;
}

/**
 * Waits until the process has ended and all that it said was read.
 * @throws {Error} if it cannot start
 */
async function exitOf(child: ChildProcess): Promise<{ readonly code: number | null }> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code }));
  });
}

function propertiesFile(): string {
  return join(watch.folder, 'server.properties');
}

function lastWords(): string {
  return lastError(log.text);
}
