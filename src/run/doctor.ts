/**
 * Finds out, for the command `doctor`, what this machine can run. Every part is tried: the simulator by a small run, a
 * named server by a round trip, Docker by a call of its daemon.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { KafkaProbe, PrivateKafkaState, SecondClientState } from '../broker/kafka/probe.js';
import type { NatsProbe } from '../broker/nats/probe.js';
import type { ServerBinary } from '../broker/nats/private/server-binary.js';
import { brokersThat } from '../domain/broker/registry.js';
import { resolveScenario } from '../scenario/resolve.js';
import type { Connections } from './connection.js';
import { runScenario } from './run-scenario.js';
import { strategyIds } from './strategy-list.js';
import { readToolInfo } from './tool-info.js';

export type { JavaState } from '../broker/kafka/private/kafka-files.js';

export interface NodeState {
  readonly version: string;
  /** First version that this tool runs on. */
  readonly since: string;
}

export type SimulatorState = { readonly kind: 'usable' } | { readonly kind: 'broken'; readonly message: string };

export type DockerState =
  | { readonly kind: 'running'; readonly version: string }
  | { readonly kind: 'no-daemon' }
  | { readonly kind: 'missing' };

export interface Diagnosis {
  readonly tool: { readonly name: string; readonly version: string };
  readonly node: NodeState;
  readonly simulator: SimulatorState;
  /** Binaries that a private server can be started from; the first one is used. */
  readonly natsBinaries: readonly ServerBinary[];
  /** null: none was named. */
  readonly natsServer: NatsProbe | null;
  readonly privateKafka: PrivateKafkaState;
  /** null: none was named. */
  readonly kafkaCluster: KafkaProbe | null;
  readonly secondKafkaClient: SecondClientState;
  readonly docker: DockerState;
}

const nodeSince = '20.19.0';
const dockerTimeoutMs = 5_000;

/** @param connections the servers that were named */
export async function examine({ nats, kafka }: Connections): Promise<Diagnosis> {
  const { probeNats, probeServerBinaries } = await import('../broker/nats/probe.js');
  const { probeKafka, probePrivateKafka, probeSecondClient } = await import('../broker/kafka/probe.js');
  const [simulator, docker, natsServer, kafkaCluster, secondKafkaClient] = await Promise.all([
    trySimulator(),
    askDocker(),
    nats === null ? null : probeNats(nats),
    kafka === null ? null : probeKafka(kafka),
    probeSecondClient(),
  ]);
  const { name, version } = readToolInfo();
  return {
    tool: { name, version },
    node: { version: process.versions.node, since: nodeSince },
    simulator,
    natsBinaries: probeServerBinaries(),
    natsServer,
    privateKafka: probePrivateKafka(),
    kafkaCluster,
    secondKafkaClient,
    docker,
  };
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
