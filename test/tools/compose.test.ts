/**
 * Tests that docker-compose.yml is safe and repeatable. Nothing in it is reachable from another machine, nothing
 * changes under a moving tag, nothing stays behind, and every service says when it is ready. Where the docker compose
 * plugin is there, its own parser reads the file as well.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';

interface Service {
  readonly image?: string;
  readonly command?: readonly string[];
  readonly ports?: readonly unknown[];
  readonly volumes?: readonly unknown[];
  readonly tmpfs?: readonly string[];
  readonly network_mode?: string;
  readonly environment?: Readonly<Record<string, string | number>>;
  readonly healthcheck?: { readonly test?: readonly string[]; readonly interval?: string; readonly retries?: number };
}

interface ComposeFile {
  readonly services: Readonly<Record<string, Service>>;
  readonly volumes?: unknown;
}

const compose = parse(readFileSync('docker-compose.yml', 'utf8'), { strict: true, uniqueKeys: true }) as ComposeFile;
const services = Object.entries(compose.services);

describe('docker-compose.yml', () => {
  it('has NATS and Kafka', () => {
    expect(Object.keys(compose.services).sort()).toEqual(['kafka', 'nats']);
  });

  it.each(services)('binds every port of %s to the loopback address', (_name, service) => {
    expect(service.ports?.length).toBeGreaterThan(0);
    for (const port of service.ports ?? []) expect(port).toMatch(/^127\.0\.0\.1:\d+:\d+$/);
    expect(service.network_mode).toBeUndefined();
  });

  it.each(services)('pins the image of %s to a full version', (_name, service) => {
    expect(service.image).toMatch(/^[a-z/]+:\d+\.\d+\.\d+(?:-alpine)?$/);
  });

  it.each(services)('knows when %s is ready', (_name, service) => {
    expect(service.healthcheck?.test?.[0]).toMatch(/^CMD(?:-SHELL)?$/);
    expect(service.healthcheck?.interval).toMatch(/^\d+s$/);
    expect(service.healthcheck?.retries).toBeGreaterThan(0);
  });

  it.each(services)('keeps what %s stores in memory', (_name, service) => {
    expect(service.volumes).toBeUndefined();
    expect(service.tmpfs?.length).toBeGreaterThan(0);
    expect(compose.volumes).toBeUndefined();
  });

  it('switches JetStream on, with its store on the memory file system', () => {
    const nats = compose.services['nats']!;
    expect(nats.command).toContain('--jetstream');
    expect(nats.command).toContain(`--store_dir=${nats.tmpfs![0]!}`);
  });

  it('runs a NATS server of the release line that `eventbus-bench brokers` fetches', () => {
    const fetched = /version: '(\d+\.\d+)\.\d+',\s+required: true/.exec(
      readFileSync('src/broker/fetch/nats-servers.ts', 'utf8'),
    );
    expect(compose.services['nats']!.image).toContain(`nats:${fetched![1]!}.`);
  });

  it('runs Kafka as its own controller, without ZooKeeper, under an address that clients on this machine reach', () => {
    const { environment } = compose.services['kafka']!;
    expect(environment?.['KAFKA_PROCESS_ROLES']).toBe('broker,controller');
    expect(environment?.['KAFKA_ADVERTISED_LISTENERS']).toBe('PLAINTEXT://127.0.0.1:9092');
    expect(Object.keys(environment ?? {}).filter((name) => name.includes('ZOOKEEPER'))).toEqual([]);
    // Kafka wants 16 bytes in base64url, and writes them back the same.
    const id = String(environment?.['CLUSTER_ID']);
    expect(Buffer.from(id, 'base64url').toString('base64url')).toBe(id);
    expect(Buffer.from(id, 'base64url')).toHaveLength(16);
  });

  it('is a compose file to docker compose too, where that is installed', () => {
    if (spawnSync('docker', ['compose', 'version']).status !== 0) return;
    const checked = spawnSync('docker', ['compose', '-f', 'docker-compose.yml', 'config', '-q'], { encoding: 'utf8' });
    expect(checked.stderr).toBe('');
    expect(checked.status).toBe(0);
  });
});
