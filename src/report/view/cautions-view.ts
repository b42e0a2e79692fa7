/**
 * Collects the cautions below a table, a clause each: settings that apply to some rows only, members that had nothing
 * to do, publishes that failed, and rows that were not run.
 */
import { traitsOf, type BrokerTraits } from '../../domain/broker/registry.js';
import type { RunReport } from '../../domain/report/run-report.js';
import { formatCount, plural } from '../../text/numbers.js';
import { singleRows } from '../repeats/merged-rows.js';
import { unpublishedText } from '../words/row-explanation.js';
import type { RowNaming } from './row-naming.js';
import { idleMembers } from './timeline-view.js';

export function cautionsView(report: RunReport, naming: RowNaming): string[] {
  if (report.sweeps.length > 0 || report.comparison !== null) return notRun(report);
  return [...membersOnly(report), ...idleRows(report, naming), ...unpublished(report, naming), ...notRun(report)];
}

/** The disturbances that apply to some of the brokers only: those whose members join and leave. */
function membersOnly({ scenario }: RunReport): string[] {
  if (scenario === null) return [];
  const { disturb, brokers } = scenario;
  const traits = brokers.map(traitsOf);
  const able = traits.filter(({ rebalances }) => rebalances);
  const unable = traits.filter(({ rebalances }) => !rebalances);
  const impossible = disturb.filter(({ kind }) => unable.some(({ disturbances }) => !disturbances.includes(kind)));
  const only = [...new Set(impossible.map(({ kind }) => kind))];
  if (able.length === 0 || unable.length === 0 || only.length === 0) return [];
  return [`for ${namesOf(able)} only, so that the ${namesOf(unable)} rows are without: ${only.join(', ')}`];
}

function namesOf(brokers: readonly BrokerTraits[]): string {
  return [...new Set(brokers.map(({ name }) => name))].join(' and ');
}

function idleRows({ runs }: RunReport, { label }: RowNaming): string[] {
  return singleRows(runs).flatMap((row) => idleMembers(row).map((sentence) => `${label(row)}: ${sentence}`));
}

/** An event that was never stored is in no count of order, so a row that holds order may have few events. */
function unpublished({ runs }: RunReport, { label }: RowNaming): string[] {
  return singleRows(runs).flatMap((row) => {
    const text = unpublishedText(row);
    return text === null ? [] : [`${label(row)}: ${text}, and order is judged of the others only`];
  });
}

function notRun({ scenario, runs }: RunReport): string[] {
  if (scenario === null) return [];
  // Repeats may have gone on beyond the scenario's number, so the last one that was run counts.
  const repeats = runs.reduce((most, row) => Math.max(most, row.repeat), scenario.repeat);
  const points = Math.max(1, scenario.sweep.length);
  const planned = scenario.rows.length * points * scenario.brokers.length * repeats;
  const missing = planned - runs.length;
  if (missing <= 0) return [];
  return [`${formatCount(missing)} of ${plural(planned, 'row')} ${missing === 1 ? 'was' : 'were'} not run.`];
}
