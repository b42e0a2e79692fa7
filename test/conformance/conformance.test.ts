/**
 * Holds the simulator and real servers to the same conformance scripts: every script of JetStream's folder, on the
 * simulator and on each server found. All runs on a server are started together and each has its own names, so that the
 * suite takes hardly longer than its slowest script.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { natsTarget } from './nats-target.js';
import { runScript } from './run-script.js';
import { holdsFor, parseScript, type Condition, type Script } from './script.js';
import { natsServers, startNatsServer, type NatsServer, type RunningServer } from './servers.js';
import { simulatorTarget } from './sim-target.js';

const jetStreamScripts = readScripts('jetstream');

describe.each(['current', '2.9'] as const)('JetStream scripts on the simulator as %s', (modelled) => {
  const target = simulatorTarget(modelled);
  it.each(titled(jetStreamScripts, target.version))('%s', async (_title, script) => {
    await runScript(script, target);
  });
});

/** The servers that the model claims to be; one of each is to be had. */
const modelled: readonly { readonly title: string; readonly condition: Condition }[] = [
  { title: 'nats-server of today', condition: { comparison: '>=', version: [2, 12, 2] } },
  { title: 'nats-server 2.9', condition: { comparison: '<', version: [2, 10] } },
];

const servers = natsServers();

describe.each(servers)('JetStream scripts on nats-server $version', (server: NatsServer) => {
  let running: RunningServer | undefined;
  const runs = new Map<Script, Promise<Error | null>>();

  beforeAll(async () => {
    running = await startNatsServer(server.binary);
    const target = await natsTarget(running.url);
    for (const [, script] of titled(jetStreamScripts, server.parsed)) {
      runs.set(script, settled(runScript(script, target)));
    }
  });
  afterAll(async () => {
    await Promise.all(runs.values());
    await running?.stop();
  });

  it.each(titled(jetStreamScripts, server.parsed))('%s', async (_title, script) => {
    const error = await runs.get(script);
    if (error instanceof Error) throw error;
  });
});

for (const { title, condition } of modelled) {
  if (servers.some(({ parsed }) => holdsFor(condition, parsed))) continue;
  const reason = `no ${title} in .cache/brokers (npm run brokers) or in EVENTBUS_BENCH_NATS_SERVERS`;
  it.skipIf(process.env['EVENTBUS_BENCH_REQUIRE_BROKERS'] !== '1')(`JetStream scripts: ${reason}`, () => {
    throw new Error(reason);
  });
}

function readScripts(broker: string): readonly Script[] {
  const folder = new URL(`${broker}/`, import.meta.url);
  return readdirSync(folder)
    .filter((file) => file.endsWith('.txt'))
    .sort()
    .map((file) => parseScript(file.slice(0, -'.txt'.length), readFileSync(new URL(file, folder), 'utf8')));
}

/** The scripts that are for a server of this version, each behind its name as a test. */
function titled(scripts: readonly Script[], version: readonly number[]): [string, Script][] {
  return scripts
    .filter((script) => holdsFor(script.condition, version))
    .map((script) => [`rule ${script.rules.join(', ')}, ${script.name}: ${script.sentence}`, script]);
}

/** What it was rejected with; null if it was not. */
function settled(run: Promise<unknown>): Promise<Error | null> {
  return run.then(
    () => null,
    (error: unknown) => (error instanceof Error ? error : new Error(String(error))),
  );
}
