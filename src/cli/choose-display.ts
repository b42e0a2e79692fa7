/**
 * Chooses how the progress of a run is shown: as a live view on a terminal, in lines that stay elsewhere, or not at all.
 */
import { traitsOf } from '../domain/broker/registry.js';
import type { Scenario } from '../domain/scenario/scenario.js';
import { plannedRows } from '../scenario/planned-rows.js';
import type { Console } from './console.js';
import { createLiveDisplay } from './live/live-display.js';
import { createProgressLog } from './progress-log.js';
import type { RunDisplay } from './run-display.js';

export interface DisplayOptions {
  /** False: nothing is shown. */
  readonly enabled: boolean;
  /** False if --no-color was given. */
  readonly color: boolean;
}

const none: RunDisplay = { starting: () => {}, update: () => {}, updateRuns: () => {}, done: () => {} };

export function createRunDisplay(console: Console, scenario: Scenario, options: DisplayOptions): RunDisplay {
  if (!options.enabled) return none;
  const nowMs = (): number => performance.now();
  if (!console.interactive) return createProgressLog({ write: (line) => void console.err(line), nowMs });
  return createLiveDisplay({
    stream: console.stderr,
    names: plannedRows({ ...scenario, repeat: 1 }).map(({ id }) => id.slice(0, id.lastIndexOf('#'))),
    isVirtual: scenario.brokers.some((broker) => traitsOf(broker).isSimulated),
    color: console.color('stderr', options.color),
    ascii: console.ascii,
    nowMs,
    cpuMs,
  });
}

function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
