/** The command that compares drawn scripts: prints what was drawn, what differs and how to repeat it. */
import { parseArgs } from 'node:util';
import { natsTarget } from '../nats-target.js';
import { holdsFor } from '../script.js';
import { natsServers, startNatsServer, type NatsServer } from '../servers.js';
import { simulatorTarget } from '../sim-target.js';
import { drawScripts, type Abilities } from './draw-script.js';
import { showScript } from './drawn-script.js';
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

function newest(servers: readonly NatsServer[]): string {
  const [first] = servers.toSorted((a, b) => (holdsFor({ comparison: '>=', version: a.parsed }, b.parsed) ? 1 : -1));
  return first?.version ?? '';
}

/**
 * @param print takes a line, or several
 * @returns the exit code: 1 if a script differs
 */
export async function command(args: readonly string[], print: (text: string) => void): Promise<number> {
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
  const server = natsServers().find(({ version }) => version === values.server);
  if (server === undefined) throw new Error(`there is no nats-server ${values.server}; npm run brokers fetches them`);
  const { modelled, abilities } = modelFor(server.parsed);
  const seed = Number(values.seed);
  const only = values.only === undefined ? null : Number(values.only);
  const count = only === null ? Number(values.scripts) : only + 1;
  const drawn = drawScripts(seed, count, abilities);
  const scripts = only === null ? drawn : drawn.slice(only);
  const running = await startNatsServer(server.binary);
  try {
    const { differences, undecided } = await runScripts(scripts, {
      simulator: simulatorTarget(modelled),
      server: await natsTarget(running.url, patienceMs),
      parallel: Number(values.parallel),
      smallestOf: Number(values.smallest),
    });
    for (const difference of differences) print(described(difference, only, seed, values.server));
    if (only === null)
      for (const [what, share] of shares(scripts)) print(`${(share * 100).toFixed(1).padStart(6)} % ${what}`);
    print(
      `${scripts.length} scripts on nats-server ${values.server}, seed ${seed}: ${differences.length} differ, ${undecided} undecided`,
    );
    return differences.length === 0 ? 0 : 1;
  } finally {
    await running.stop();
  }
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
