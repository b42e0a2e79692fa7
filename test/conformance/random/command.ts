/** The commands that compare drawn scripts: print what was drawn, what differs and how to repeat it. */
import { parseArgs } from 'node:util';
import { natsTarget } from '../nats-target.js';
import { holdsFor } from '../script.js';
import { natsServers, startNatsServer, type NatsServer } from '../servers.js';
import { simulatorTarget } from '../sim-target.js';
import type { Target } from '../target.js';
import { drawScripts, type Abilities } from './draw-script.js';
import { showScript, type DrawnScript } from './drawn-script.js';
import { runScripts, type Difference } from './run-scripts.js';
import { shares } from './shares.js';

/** A settlement of what was not delivered is never answered; one that is takes far less. */
export const patienceMs = 25;

/** What a server of this version may be asked for, and which model is held to it. */
export function modelFor(version: readonly number[]): { modelled: '2.9' | 'current'; abilities: Abilities } {
  const isOld = holdsFor({ comparison: '<', version: [2, 10] }, version);
  return {
    modelled: isOld ? '2.9' : 'current',
    abilities: { severalFilters: !isOld, backoffNeedsMaxDeliver: isOld },
  };
}

/**
 * @param print takes a line, or several
 * @returns the exit code: 1 if a script differs
 */
export async function command(args: readonly string[], print: (text: string) => void): Promise<number> {
  const options = parse(args);
  const { seed, only, version } = options;
  return comparing(options, async (scripts, simulator, server) => {
    const { parallel, smallestOf } = options;
    const { differences, undecided } = await runScripts(scripts, { simulator, server, parallel, smallestOf });
    for (const difference of differences) print(described(difference, only, seed, version));
    if (only === null) for (const [what, share] of shares(scripts)) print(`${percent(share)} ${what}`);
    print(
      `${scripts.length} scripts on nats-server ${version}, seed ${seed}: ${differences.length} differ, ${undecided} undecided`,
    );
    return differences.length === 0 ? 0 : 1;
  });
}

/** How many scripts it takes until one differs; null: none of them does. */
export function scriptsUntilFound(args: readonly string[]): Promise<number | null> {
  const options = parse(args);
  const { parallel } = options;
  return comparing(options, async (scripts, simulator, server) => {
    for (let from = 0; from < scripts.length; from += parallel) {
      const some = scripts.slice(from, from + parallel);
      const { differences } = await runScripts(some, { simulator, server, parallel, smallestOf: 0 });
      const [first] = differences;
      if (first !== undefined) return from + first.index + 1;
    }
    return null;
  });
}

interface Options {
  readonly count: number;
  readonly seed: number;
  readonly only: number | null;
  readonly version: string;
  readonly parallel: number;
  readonly smallestOf: number;
}

function parse(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      scripts: { type: 'string', default: '2000' },
      seed: { type: 'string', default: '1' },
      only: { type: 'string' },
      server: { type: 'string', default: newest(natsServers()) },
      parallel: { type: 'string', default: '100' },
      smallest: { type: 'string', default: '3' },
    },
  });
  const only = values.only === undefined ? null : Number(values.only);
  return {
    count: Number(values.scripts),
    seed: Number(values.seed),
    only,
    version: values.server,
    parallel: Number(values.parallel),
    smallestOf: Number(values.smallest),
  };
}

/** Draws the scripts, and starts the server that they are compared with. @throws if it is not in the cache */
async function comparing<T>(
  { count, seed, only, version }: Options,
  take: (scripts: readonly DrawnScript[], simulator: Target, server: Target) => Promise<T>,
): Promise<T> {
  const found = natsServers().find((server) => server.version === version);
  if (found === undefined) throw new Error(`there is no nats-server ${version}; npm run brokers fetches them`);
  const { modelled, abilities } = modelFor(found.parsed);
  const drawn = drawScripts(seed, only === null ? count : only + 1, abilities);
  const running = await startNatsServer(found.binary);
  try {
    const scripts = only === null ? drawn : drawn.slice(only);
    return await take(scripts, simulatorTarget(modelled), await natsTarget(running.url, patienceMs));
  } finally {
    await running.stop();
  }
}

function newest(servers: readonly NatsServer[]): string {
  const [first] = servers.toSorted((a, b) => (holdsFor({ comparison: '>=', version: a.parsed }, b.parsed) ? 1 : -1));
  return first?.version ?? '';
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1).padStart(6)} %`;
}

export function described(
  { index, script, comparison }: Difference,
  only: number | null,
  seed: number,
  server: string,
): string {
  const repeat = `node tools/random-scripts.mjs --server ${server} --seed ${seed} --only ${only ?? index}`;
  const { simulator, server: shown } = comparison;
  return [`--- ${repeat}`, showScript(script), 'simulator:', ...simulator, `nats-server ${server}:`, ...shown, ''].join(
    '\n',
  );
}
