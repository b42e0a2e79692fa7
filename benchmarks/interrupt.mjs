// Measures how long commands take to end after Ctrl-C: 60 random moments of runs of 10 to a million aggregates,
// comparisons, checks and other commands on the simulator, and 24 each of runs on NATS and Kafka, named and private. Exits
// 1 if one took two seconds or longer. A server that is not here is left out.
//
//   npm run build && node benchmarks/interrupt.mjs [seed]
import { mkdtempSync, rmSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startPrivateBroker } from '../dist/broker/kafka/private/private-broker.js';
import { startPrivateServer } from '../dist/broker/nats/private/private-server.js';
import {
  distributionOf,
  emptied,
  interrupted,
  repeatedBy,
  serverMoment,
  simulatedMoment,
} from '../tools/lib/interrupted-moments.mjs';

const simulatedMoments = 60;
const serverMoments = 24;
const limitMs = 2_000;

const seed = Number(process.argv[2] ?? 1);
const folder = mkdtempSync(join(tmpdir(), 'eventbus-bench-interrupt-'));
const work = join(folder, 'work');
const late = [];

async function measure(title, count, momentOf) {
  const tookMs = [];
  for (let nth = 0; nth < count; nth++) {
    const moment = momentOf(nth);
    const ended = await interrupted(moment, emptied(work));
    if (ended === null) continue;
    tookMs.push(ended.tookMs);
    if (ended.tookMs >= limitMs) late.push(`${(ended.tookMs / 1000).toFixed(2)} s: ${repeatedBy(moment)}`);
  }
  console.log(`${title.padEnd(12)} ${distributionOf(tookMs)}`);
}

async function onServer(kind, flag, start, addressOf) {
  let server;
  try {
    server = await start();
  } catch (error) {
    console.log(`${kind.padEnd(12)} left out: ${error.message}`);
    return;
  }
  const named = [flag, addressOf(server)];
  await measure(`${kind}, named`, serverMoments, (nth) => serverMoment(seed, nth, kind, named));
  await server.stop();
  await measure(`${kind}, own`, serverMoments, (nth) => serverMoment(seed, nth, kind, []));
}

try {
  const cli = fileURLToPath(new URL('../dist/cli/main.js', import.meta.url));
  const files = { trace: join(folder, 'trace.ndjson'), report: join(folder, 'reports', 'latest.json') };
  const size = ['--aggregates', '2000', '--versions', '50', '--mode', 'multi'];
  spawnSync(process.execPath, [cli, 'run', ...size, '--trace', files.trace, '--quiet'], { cwd: folder });
  await measure('simulator', simulatedMoments, (nth) => simulatedMoment(seed, nth, files));
  await onServer('nats', '--nats-url', startPrivateServer, ({ url }) => url);
  await onServer('kafka', '--kafka-brokers', startPrivateBroker, ({ brokers }) => brokers.join(','));
} finally {
  rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
}
for (const line of late) console.log(`later than ${limitMs / 1000} s: ${line}`);
process.exit(late.length > 0 ? 1 : 0);
