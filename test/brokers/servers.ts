/**
 * Real NATS servers for tests, from the binaries that EVENTBUS_BENCH_NATS_SERVERS lists (as a PATH does), else those of
 * the broker cache. Each is started as a private server is, so nothing is left behind even if the tests are killed.
 * Without a binary the tests are skipped and say why; with EVENTBUS_BENCH_REQUIRE_BROKERS=1 they fail.
 */
import { delimiter } from 'node:path';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { startPrivateServer } from '../../src/broker/nats/private/private-server.js';
import type { PrivateServer } from '../../src/broker/nats/private/private-server.js';
import { cachedServerBinaries, serverVersion } from '../../src/broker/nats/private/server-binary.js';
import type { ServerBinary } from '../../src/broker/nats/private/server-binary.js';

const isRequired = process.env['EVENTBUS_BENCH_REQUIRE_BROKERS'] === '1';

/** Newest first. */
export const natsServers: readonly ServerBinary[] = findServers();

function findServers(): readonly ServerBinary[] {
  const listed = process.env['EVENTBUS_BENCH_NATS_SERVERS'];
  if (listed === undefined) return cachedServerBinaries();
  return listed
    .split(delimiter)
    .filter((path) => path !== '')
    .map((path) => {
      const version = serverVersion(path);
      if (version === null) throw new Error(`${path}, of EVENTBUS_BENCH_NATS_SERVERS, does not tell its version`);
      return { path, version, source: 'path' };
    });
}

/** Runs the suite on every server found. */
export function describeOnNats(title: string, suite: (binary: ServerBinary) => void): void {
  describeOn(natsServers, title, suite);
}

/** Runs the suite on the newest server found: for what does not depend on the server's version. */
export function describeOnNewestNats(title: string, suite: (binary: ServerBinary) => void): void {
  describeOn(natsServers.slice(0, 1), title, suite);
}

function describeOn(binaries: readonly ServerBinary[], title: string, suite: (binary: ServerBinary) => void): void {
  for (const binary of binaries) describe(`${title} (nats-server ${binary.version})`, () => suite(binary));
  if (binaries.length > 0) return;
  const reason =
    'no nats-server in .cache/brokers (eventbus-bench brokers fetches it) or in EVENTBUS_BENCH_NATS_SERVERS';
  it.skipIf(!isRequired)(`${title}: ${reason}`, () => {
    throw new Error(reason);
  });
}

/** A server for the tests of the surrounding suite. The function returns it once they run. */
export function useServer(binary: ServerBinary, configuration = ''): () => PrivateServer {
  let server: PrivateServer | undefined;
  beforeAll(async () => void (server = await startPrivateServer({ binary, configuration })));
  afterAll(async () => server?.stop());
  return () => {
    if (server === undefined) throw new Error('the server is started when the tests run');
    return server;
  };
}

/** Runs the test against a server of its own. */
export async function withServer(
  binary: ServerBinary,
  configuration: string,
  test: (server: PrivateServer) => Promise<void>,
): Promise<void> {
  const server = await startPrivateServer({ binary, configuration });
  try {
    await test(server);
  } finally {
    await server.stop();
  }
}
