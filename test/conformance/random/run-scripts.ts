/**
 * Compares many drawn scripts between a server and the simulator, several at a time, since a script is mostly waits;
 * and cuts each that differs down to a smallest script that still does.
 */
import type { Target } from '../target.js';
import { compareOn, type Comparison } from './differ.js';
import type { DrawnScript } from './drawn-script.js';
import { smallest } from './smallest.js';

export interface Difference {
  /** Which of the drawn scripts it is. */
  readonly index: number;
  readonly script: DrawnScript;
  readonly comparison: Comparison & { kind: 'differs' };
}

export interface Outcome {
  readonly compared: number;
  /** Of which the machine was too busy to say anything. */
  readonly undecided: number;
  readonly differences: readonly Difference[];
}

export interface RunOptions {
  readonly simulator: Target;
  readonly server: Target;
  /** Scripts that are performed at the same time. */
  readonly parallel: number;
  /** So many of those that differ are cut down. */
  readonly smallestOf: number;
  readonly onDifference?: (difference: Difference) => void;
}

export async function runScripts(scripts: readonly DrawnScript[], options: RunOptions): Promise<Outcome> {
  const { simulator, server, parallel, onDifference } = options;
  const differences: Difference[] = [];
  let undecided = 0;
  await inParallel(scripts, parallel, async (script, index) => {
    const comparison = await compareOn(script, simulator, server);
    if (comparison.kind === 'undecided') undecided++;
    if (comparison.kind !== 'differs') return;
    const difference = { index, script, comparison };
    differences.push(difference);
    onDifference?.(difference);
  });
  const sorted = differences.sort((a, b) => a.index - b.index);
  const cut: Difference[] = [];
  for (const difference of sorted.slice(0, options.smallestOf)) cut.push(await cutDown(difference, options));
  return { compared: scripts.length, undecided, differences: [...cut, ...sorted.slice(options.smallestOf)] };
}

async function cutDown(difference: Difference, { simulator, server }: RunOptions): Promise<Difference> {
  let { comparison } = difference;
  const script = await smallest(difference.script, async (candidates) => {
    const results = await Promise.all(candidates.map((candidate) => compareOn(candidate, simulator, server)));
    const at = results.findIndex(({ kind }) => kind === 'differs');
    const found = results[at];
    if (found?.kind === 'differs') comparison = found;
    return at;
  });
  return { ...difference, script, comparison };
}

async function inParallel<T>(
  items: readonly T[],
  parallel: number,
  take: (item: T, index: number) => Promise<void>,
): Promise<void> {
  const queue = items.entries();
  const workers = Array.from({ length: Math.min(parallel, items.length) }, async () => {
    for (const [index, item] of queue) await take(item, index);
  });
  await Promise.all(workers);
}
