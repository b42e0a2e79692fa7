/**
 * Finds out, for the command `doctor`, what this machine can run. Every part is tried: the simulator by a small run, a
 * named server by a round trip, Docker by a call of its daemon.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { KafkaProbe, SecondClientState } from '../broker/kafka/probe.js';
import type { NatsProbe } from '../broker/nats/probe.js';
import { brokersThat } from '../domain/broker/registry.js';
import { resolveScenario } from '../scenario/resolve.js';
import { brokersHere, type BrokersHere } from './brokers-here.js';
import type { Connections } from './connection.js';
import { runScenario } from './run-scenario.js';
import { strategyIds } from './strategy-list.js';
import { readToolInfo } from './tool-info.js';

export type { JavaState } from '../broker/private/java.js';

export interface NodeState {
  readonly version: string;
  /** First version that this tool runs on. */
  readonly since: string;
  readonly isSupported: boolean;
}

export type SimulatorState = { readonly kind: 'usable' } | { readonly kind: 'broken'; readonly message: string };

export type DockerState =
  | { readonly kind: 'running'; readonly version: string }
  | { readonly kind: 'no-daemon' }
  | { readonly kind: 'missing' };

export interface Diagnosis extends BrokersHere {
  readonly tool: { readonly name: string; readonly version: string };
  readonly node: NodeState;
  readonly simulator: SimulatorState;
  /** null: none was named. */
  readonly natsServer: NatsProbe | null;
  /** null: none was named. */
  readonly kafkaCluster: KafkaProbe | null;
  readonly secondKafkaClient: SecondClientState;
  readonly docker: DockerState;
}

const nodeSince = '20.19.0';
const dockerTimeoutMs = 5_000;

/** @param connections the servers that were named */
export async function examine({ nats, kafka }: Connections): Promise<Diagnosis> {
  const { probeNats } = await import('../broker/nats/probe.js');
  const { probeKafka, probeSecondClient } = await import('../broker/kafka/probe.js');
  const [simulator, docker, natsServer, kafkaCluster, secondKafkaClient] = await Promise.all([
    trySimulator(),
    askDocker(),
    nats === null ? null : probeNats(nats),
    kafka === null ? null : probeKafka(kafka),
    probeSecondClient(),
  ]);
  const { name, version } = readToolInfo();
  const { natsBinaries, privateKafka } = await brokersHere();
  return {
    tool: { name, version },
    node: nodeState(process.versions.node),
    simulator,
    natsBinaries,
    natsServer,
    privateKafka,
    kafkaCluster,
    secondKafkaClient,
    docker,
  };
}

/** @param version as Node.js tells it: `20.19.0` */
export function nodeState(version: string): NodeState {
  const isSupported = version.localeCompare(nodeSince, 'en', { numeric: true }) >= 0;
  return { version, since: nodeSince, isSupported };
}

async function trySimulator(): Promise<SimulatorState> {
  const flags = {
    broker: brokersThat(({ isSimulated }) => isSimulated).join(','),
    topics: '2',
    aggregates: '4',
    versions: '3',
    mode: 'multi/per-topic',
  };
  try {
    const { runs } = await runScenario(resolveScenario({ flags, strategies: strategyIds }), {
      connections: { nats: null, kafka: null },
      signal: new AbortController().signal,
      onProgress: () => {},
      tracePath: null,
      command: [],
    });
    const failed = runs.find((row) => row.error !== null || row.counts.handled !== row.counts.published);
    if (failed === undefined) return { kind: 'usable' };
    return { kind: 'broken', message: failed.error?.message ?? 'a small run did not handle all of its events' };
  } catch (error) {
    return { kind: 'broken', message: error instanceof Error ? error.message : String(error) };
  }
}

async function askDocker(): Promise<DockerState> {
  const docker = spawn('docker', ['version', '--format', '{{.Server.Version}}'], {
    stdio: ['ignore', 'pipe', 'ignore'],
    timeout: dockerTimeoutMs,
    windowsHide: true,
  });
  let version = '';
  docker.stdout.setEncoding('utf8').on('data', (text: string) => (version += text));
  try {
    const [code] = (await once(docker, 'close')) as [number | null];
    return code === 0 && version.trim() !== '' ? { kind: 'running', version: version.trim() } : { kind: 'no-daemon' };
  } catch {
    return { kind: 'missing' };
  }
}
