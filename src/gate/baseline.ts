/**
 * Compares a report with an older one, row by row: counts exactly, speed by confidence intervals. If the workload
 * differs, nothing is compared; if the machine differs, only the counts are. A comparison that is not possible is
 * undecided, never a pass; a remark that decides nothing is a note.
 */
import type { GateFinding } from '../domain/report/gate.js';
import type { RunReport, RunRow } from '../domain/report/run-report.js';
import type { SweepPoint } from '../domain/report/sweep-point.js';
import type { BrokerKind } from '../domain/broker/registry.js';
import type { BaselineReport, BaselineRow } from '../report/contract/parse-baseline.js';
import { compareCounts } from './baseline-counts.js';
import { compareSpeed } from './baseline-speed.js';
import { inconclusiveText, isDecidedOverRepeats } from './at-risk.js';
import { isGated, rowKeysOf, type NamedRow } from './gated-rows.js';
import { formatDifference, workloadDifferences } from './workload-differences.js';

export interface BaselineOptions {
  /** Share by which a row may be slower, more than 0 and less than 1; null: speed is not compared. */
  readonly threshold: number | null;
  /** Rows to compare, by name; empty: all. */
  readonly gateRows: readonly string[];
}

export interface BaselineFindings {
  readonly findings: readonly GateFinding[];
  /** Sentences on what was compared and held. */
  readonly evidence: readonly string[];
  /** Sentences that decide nothing. */
  readonly notes: readonly string[];
}

/** Sentences by kind, collected while comparing. */
interface Found {
  readonly breaches: string[];
  readonly inconclusive: string[];
  readonly evidence: string[];
  readonly notes: string[];
}

/** A row that both reports have, with the repeats that each of them has. */
interface Pair {
  readonly label: string;
  readonly now: readonly RunRow[];
  readonly before: readonly BaselineRow[];
}

export function compareWithBaseline(
  report: RunReport,
  baseline: BaselineReport,
  options: BaselineOptions,
): BaselineFindings {
  const { breaches, inconclusive, evidence, notes } = compare(report, baseline, options);
  const findings: GateFinding[] = [
    ...breaches.map((text) => ({ kind: 'breach', rowId: null, text }) as const),
    ...inconclusive.map((text) => ({ kind: 'inconclusive', rowId: null, text }) as const),
  ];
  return { findings, evidence, notes };
}

function compare(report: RunReport, baseline: BaselineReport, { threshold, gateRows }: BaselineOptions): Found {
  const found: Found = { breaches: [], inconclusive: [], evidence: [], notes: [] };
  if (baseline.schemaVersion !== report.schemaVersion) {
    found.notes.push(
      `the baseline has schema version ${baseline.schemaVersion}, and this report ${report.schemaVersion}`,
    );
  }
  const now = groupByName(report.runs, gateRows);
  const before = groupByName(baseline.runs, gateRows);
  const different = differentWorkload(report, baseline, [...now.values()].flat());
  if (different !== null) {
    found.inconclusive.push(different);
    return found;
  }
  for (const [name, rows] of before) {
    if (!now.has(name)) found.inconclusive.push(`${labelOf(rows[0]!)} is in the baseline, and was not run now`);
  }
  const pairs: Pair[] = [];
  for (const [name, rows] of now) {
    const earlier = before.get(name);
    if (earlier === undefined) found.notes.push(`${labelOf(rows[0]!)} is not in the baseline, so it is not compared`);
    else pairs.push({ label: labelOf(rows[0]!), now: rows, before: earlier });
  }
  if (pairs.length === 0) found.inconclusive.push('the baseline has no row in common with this report');
  const terms = report.scenario ?? { untilAtRisk: null, confidence: null };
  found.inconclusive.push(
    ...[...now.values()]
      .flat()
      .filter((row) => row.outcome === 'inconclusive' && !isDecidedOverRepeats(row, terms))
      .map(inconclusiveText),
  );
  const speed = speedOf(report, baseline, threshold);
  const hindrances = pairs.map(({ now }) => (threshold === null ? null : hindranceOf(speed, now[0]!)));
  found.inconclusive.push(...new Set(hindrances.filter((hindrance) => hindrance !== null)));
  for (const pair of pairs) comparePair(pair, speed, found);
  return found;
}

function comparePair({ label, now, before }: Pair, speed: Speed, found: Found): void {
  const failed = before.find(({ error }) => error !== null && error !== undefined);
  if (failed !== undefined) {
    found.inconclusive.push(`${failed.id} failed in the baseline, so there is nothing to compare ${label} with`);
    return;
  }
  const nowShared = now.filter(({ repeat }) => before.some((row) => row.repeat === repeat));
  const beforeShared = before.filter(({ repeat }) => now.some((row) => row.repeat === repeat));
  if (nowShared.length === 0) {
    found.inconclusive.push(`${label} has no repeat in common with the baseline`);
    return;
  }
  if (nowShared.length < Math.max(now.length, before.length)) {
    found.notes.push(
      `${label}: counts are those of the ${String(nowShared.length)} repeats that both have, of ${String(now.length)} now and ${String(before.length)} in the baseline`,
    );
  }
  const counts = compareCounts(nowShared, beforeShared);
  found.breaches.push(...counts.worse.map((text) => `${label}: ${text}`));
  found.inconclusive.push(...counts.unknown.map((path) => `${label}: the baseline does not know ${path}`));
  if (counts.worse.length === 0) found.evidence.push(`${label}: no count is worse than in the baseline`);
  const exact = now[0]!.clock === 'virtual';
  if (speed.threshold === null || hindranceOf(speed, now[0]!) !== null) return;
  const [after, earlier] = exact ? [nowShared, beforeShared] : [now, before];
  for (const { result, text } of compareSpeed(after, earlier, { threshold: speed.threshold, exact })) {
    const place = { held: found.evidence, slower: found.breaches, inconclusive: found.inconclusive }[result];
    place.push(`${label}: ${text}`);
  }
}

/** Why nothing can be compared; null if the workload is the same. */
function differentWorkload(report: RunReport, baseline: BaselineReport, rows: readonly RunRow[]): string | null {
  if (report.scenario === null) return 'this report does not know its workload, so nothing is compared';
  if (!baseline.scenario) return 'the baseline does not know its workload, so nothing is compared';
  const brokers = [...new Set(rows.map(({ broker }) => broker.kind as BrokerKind))];
  const differences = workloadDifferences(report.scenario, baseline.scenario, brokers);
  if (differences.length === 0) return null;
  return `the baseline is of another workload, so nothing is compared: ${differences.map(formatDifference).join('; ')}`;
}

/** Whether and why not speed is compared. */
interface Speed {
  /** Null: speed is not compared. */
  readonly threshold: number | null;
  /** Why speed cannot be compared in any row; null: it can. */
  readonly anyHindrance: string | null;
  /** Why speed cannot be compared in rows on the wall clock; null: it can. */
  readonly wallHindrance: string | null;
}

const measureAnew = 'measure the baseline anew here, or leave speed out with --threshold none';

function speedOf(report: RunReport, baseline: BaselineReport, threshold: number | null): Speed {
  const [now, before] = [measuredAs(report.schemaVersion), measuredAs(baseline.schemaVersion)];
  const differences = Object.entries(report.environment).flatMap(([field, value]) => {
    const earlier = baseline.environment?.[field] ?? null;
    return earlier === value ? [] : [formatDifference({ field, now: value, before: earlier })];
  });
  return {
    threshold,
    anyHindrance:
      now === before
        ? null
        : `speed is not compared, since the baseline has schema version ${baseline.schemaVersion}: ${measureAnew}`,
    wallHindrance:
      differences.length === 0
        ? null
        : `speed is not compared, since the machine is another (${differences.join('; ')}): ${measureAnew}`,
  };
}

/** Why the speed of a row cannot be compared; virtual time does not depend on the machine. */
function hindranceOf({ anyHindrance, wallHindrance }: Speed, { clock }: RunRow): string | null {
  return anyHindrance ?? (clock === 'virtual' ? null : wallHindrance);
}

/**
 * Schema versions with equal results have comparable speeds: version 2 measures rates and latencies as version 1 did.
 */
function measuredAs(version: string): string {
  const [major = version] = version.split('.');
  return major === '1' ? '2' : major;
}

type SweptRow = NamedRow & { readonly point?: SweepPoint | null | undefined };

/**
 * Groups rows by their most specific name, which does not depend on the other rows of the report, and by their point of
 * the sweep: a point is compared with the same point only.
 */
function groupByName<Row extends SweptRow>(rows: readonly Row[], gateRows: readonly string[]): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const keys = rowKeysOf(row);
    if (!isGated(gateRows, keys)) continue;
    const { point = null } = row;
    const name = point === null ? keys[0]! : `${keys[0]!}@${point.field}=${point.value}`;
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [row]);
    else group.push(row);
  }
  return groups;
}

function labelOf({ id }: { readonly id: string }): string {
  return id.replace(/#\d+$/, '');
}
