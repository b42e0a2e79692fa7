/**
 * Compares two reports: what of load, tool and machine differs, and what came of each row that both have. It decides
 * nothing; the gate with a baseline does.
 */
import type { BrokerKind } from '../../domain/broker/registry.js';
import {
  comparedCounts,
  type CauseSeen,
  type ComparedCount,
  type FieldDifference,
  type OnlyIn,
  type ReportDifference,
  type ReportSide,
  type RowDifference,
} from '../../domain/report/report-difference.js';
import type { Reason } from '../../domain/report/reason.js';
import type { RunReport, RunRow } from '../../domain/report/run-report.js';
import { rowNumberAt } from '../row-paths.js';
import { workloadDifferences } from '../workload-differences.js';
import { matchedRows } from './matched-rows.js';
import { outcomeDifference } from './outcome-difference.js';
import { speedDifferences } from './speed-difference.js';

/** A report and the name of its file. */
export interface NamedReport {
  readonly source: string;
  readonly report: RunReport;
}

export function differenceOf(a: NamedReport, b: NamedReport): ReportDifference {
  const { pairs, onlyA, onlyB } = matchedRows(a.report.runs, b.report.runs);
  const load = loadDifferences(a.report, b.report);
  const isSameLoad = load !== null && load.length === 0;
  return {
    kind: 'difference',
    schemaVersion: '1.0',
    a: sideOf(a),
    b: sideOf(b),
    differs: [...(load ?? []), ...toolDifferences(a.report, b.report), ...machineDifferences(a.report, b.report)],
    isLoadKnown: load !== null,
    rows: pairs.map((pair) =>
      rowDifference({ name: pair.a.label, rows: pair.a.rows }, { name: pair.b.label, rows: pair.b.rows }, isSameLoad),
    ),
    onlyA: onlyA.map(({ label }) => label),
    onlyB: onlyB.map(({ label }) => label),
  };
}

function sideOf({ source, report }: NamedReport): ReportSide {
  const { scenario, startedAt, tool, runs } = report;
  return { source, scenario: scenario?.name ?? null, startedAt, toolVersion: tool.version, rows: runs.length };
}

/** null: one of the two does not know its load. */
function loadDifferences(a: RunReport, b: RunReport): FieldDifference[] | null {
  if (a.scenario === null || b.scenario === null) return null;
  const brokers = [...new Set([...a.runs, ...b.runs].map(({ broker }) => broker.kind as BrokerKind))];
  return workloadDifferences(b.scenario, { ...a.scenario }, brokers).map(({ field, now, before }) => ({
    of: 'load',
    field,
    a: before,
    b: now,
  }));
}

function toolDifferences({ tool: a }: RunReport, { tool: b }: RunReport): FieldDifference[] {
  return unequal('tool', [
    ['version', a.version, b.version],
    ['gitCommit', a.gitCommit, b.gitCommit],
  ]);
}

function machineDifferences({ environment: a }: RunReport, { environment: b }: RunReport): FieldDifference[] {
  return unequal('machine', [
    ['node', a.node, b.node],
    ['os', a.os, b.os],
    ['cpu', a.cpu, b.cpu],
    ['cores', a.cores, b.cores],
  ]);
}

interface NamedRows {
  readonly name: string;
  readonly rows: readonly RunRow[];
}

function rowDifference(a: NamedRows, b: NamedRows, isSameLoad: boolean): RowDifference {
  const differs = configDifferences(a.rows[0]!, b.rows[0]!);
  const basis = isSameLoad && differs.length === 0 && areSameRepeats(a.rows, b.rows) ? 'exact' : 'sampled';
  return {
    name: b.name,
    nameInA: a.name,
    differs,
    basis,
    outcome: outcomeDifference(a.rows, b.rows, basis),
    counts: comparedCounts.map((count) => ({ count, a: sumOf(a.rows, count), b: sumOf(b.rows, count) })),
    causes: onlyIn(causesOf(a.rows), causesOf(b.rows), ({ id, latent }) => `${id} ${String(latent)}`),
    reasons: onlyIn(reasonsOf(a.rows), reasonsOf(b.rows), ({ kind, of, detail }) =>
      JSON.stringify([kind, of, kind === 'drain-incomplete' ? null : detail]),
    ),
    speed: speedDifferences(a.rows, b.rows, basis),
  };
}

/** A simulator has the tool's own version, which is compared already. */
function configDifferences(a: RunRow, b: RunRow): FieldDifference[] {
  const isSimulated = a.clock === 'virtual' && b.clock === 'virtual';
  return unequal('row', [
    ['broker.kind', a.broker.kind, b.broker.kind],
    ...(isSimulated
      ? []
      : ([
          ['broker.version', a.broker.version, b.broker.version],
          ['client.name', a.client.name, b.client.name],
          ['client.version', a.client.version, b.client.version],
        ] as const)),
    ['clock', a.clock, b.clock],
    ['mode', a.mode, b.mode],
    ['durable', a.durable, b.durable],
    ['strategy', a.strategy, b.strategy],
  ]);
}

function unequal(
  of: FieldDifference['of'],
  fields: readonly (readonly [field: string, a: unknown, b: unknown])[],
): FieldDifference[] {
  return fields.filter(([, a, b]) => a !== b).map(([field, a, b]) => ({ of, field, a, b }));
}

/** Whether the same repeats ran to their end in virtual time, where the seed alone says what happens. */
function areSameRepeats(a: readonly RunRow[], b: readonly RunRow[]): boolean {
  return (
    a.length === b.length &&
    [...a, ...b].every(({ clock, error }) => clock === 'virtual' && error === null) &&
    a.every(({ repeat }, at) => repeat === b[at]!.repeat)
  );
}

function sumOf(rows: readonly RunRow[], count: ComparedCount): number | null {
  const values = rows.map((row) => rowNumberAt(row, count) ?? null);
  return values.every((value) => value !== null) ? values.reduce((sum, value) => sum + value, 0) : null;
}

/** Each cause once, as the first run that names it has it. */
function causesOf(rows: readonly RunRow[]): CauseSeen[] {
  const seen = new Map<string, CauseSeen>();
  for (const { id, latent, confidence } of rows.flatMap(({ causes }) => causes)) {
    const key = `${id} ${String(latent)}`;
    const before = seen.get(key);
    seen.set(key, before === undefined ? { id, latent, confidence, runs: 1 } : { ...before, runs: before.runs + 1 });
  }
  return [...seen.values()];
}

/** Anomalies are compared as counts. */
function reasonsOf(rows: readonly RunRow[]): Reason[] {
  return rows.flatMap(({ reasons }) => reasons).filter(({ kind }) => kind !== 'anomaly');
}

/** The items of each side whose key the other does not have, each once. */
function onlyIn<Item>(a: readonly Item[], b: readonly Item[], keyOf: (item: Item) => string): OnlyIn<Item> {
  return { a: without(b, a, keyOf), b: without(a, b, keyOf) };
}

function without<Item>(others: readonly Item[], items: readonly Item[], keyOf: (item: Item) => string): Item[] {
  const seen = new Set(others.map(keyOf));
  const left: Item[] = [];
  for (const item of items) {
    const key = keyOf(item);
    if (!seen.has(key)) left.push(item);
    seen.add(key);
  }
  return left;
}
