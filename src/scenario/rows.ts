/**
 * Resolves which rows are run: the modes that were asked for with every strategy, or the pairs of both that were named.
 */
import { UsageError } from '../domain/errors.js';
import { modeRows } from '../domain/scenario/scenario.js';
import type { ModeRow, RowSpec, Scenario } from '../domain/scenario/scenario.js';
import type { Layers } from './layers.js';
import { rowsOf } from './mode-rows.js';
import type { DurableChoice, ModeChoice } from './mode-rows.js';
import { modeOfPair, rowSpecsOf } from './row-names.js';

/** @throws {UsageError} if mode, durable and strategy contradict each other */
export function resolveRows(layers: Layers): Pick<Scenario, 'modes' | 'strategies' | 'rows'> {
  const rows = rowSpecs(layers);
  return {
    modes: modeRows.filter((mode) => rows.some((row) => row.mode === mode)),
    strategies: [...new Set(rows.map(({ strategy }) => strategy))],
    rows,
  };
}

/** Strategies that are named with their modes are rows already; a mode beside them would be without effect. */
function rowSpecs(layers: Layers): readonly RowSpec[] {
  const named = layers.value('strategy');
  const modes = resolveModes(layers);
  if (named.some((name) => modeOfPair(name) === null)) return rowSpecsOf(named, modes);
  const idle = (['mode', 'durable'] as const).find((field) => layers.flags[field] !== undefined);
  if (idle !== undefined) {
    throw new UsageError(
      `${layers.place(idle)} is given, but ${layers.place('strategy')} names each strategy with its mode (${named[0]!})`,
      'leave the mode out, or name the strategies without one',
    );
  }
  return rowSpecsOf(named, modes);
}

/** The file's durable narrows a mode that a flag gives only if that mode is `multi`. */
function resolveModes(layers: Layers): readonly ModeRow[] {
  const named: readonly ModeChoice[] = layers.value('mode');
  const ownDurable: DurableChoice | undefined =
    layers.flags.mode === undefined ? layers.given('durable') : layers.flags.durable;
  const fileDurable = named.includes('multi') ? layers.given('durable') : undefined;
  const durable = ownDurable ?? fileDurable ?? null;
  const rows = rowsOf(named, durable);
  if (rows.length > 0) return rows;
  throw new UsageError(
    `${layers.place('durable')} is ${String(durable)} but ${layers.place('mode')} is ${named.join(', ')}, which has no such row`,
    named.join() === 'single'
      ? 'leave the durable out, or run --mode multi'
      : `run --mode multi --durable ${String(durable)}`,
  );
}
