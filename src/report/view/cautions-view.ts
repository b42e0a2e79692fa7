/**
 * Collects what a reader of the table should know and the table does not show: settings that hold for some rows only,
 * members that had nothing to do, failures that count as violations, and rows that were not run. A clause each.
 */
import { traitsOf, type BrokerTraits } from '../../domain/broker/registry.js';
import type { RunReport } from '../../domain/report/run-report.js';
import { formatCount, plural } from '../../text/numbers.js';
import { singleRows } from '../repeats/merged-rows.js';
import type { RowNaming } from './row-naming.js';
import { idleMembers } from './timeline-view.js';

export function cautionsView(report: RunReport, naming: RowNaming): string[] {
  if (report.sweeps.length > 0) return notRun(report);
  if (report.comparison !== null) return [...redeliveryCounts(report), ...notRun(report)];
  return [...membersOnly(report), ...idleRows(report, naming), ...notRun(report)];
}

/** Most disturbances, and replicas, are for brokers whose members come and go: where not all are, that has to be said. */
function membersOnly({ scenario }: RunReport): string[] {
  if (scenario === null) return [];
  const { disturb, kafka, brokers } = scenario;
  const traits = brokers.map(traitsOf);
  const able = traits.filter(({ rebalances }) => rebalances);
  const unable = traits.filter(({ rebalances }) => !rebalances);
  const impossible = disturb.filter(({ kind }) => unable.some(({ disturbances }) => !disturbances.includes(kind)));
  const only = [...new Set(impossible.map(({ kind }) => kind)), ...(kafka.members > 1 ? ['members'] : [])];
  if (able.length === 0 || unable.length === 0 || only.length === 0) return [];
  return [`for ${namesOf(able)} only, so that the ${namesOf(unable)} rows are without: ${only.join(', ')}`];
}

function namesOf(brokers: readonly BrokerTraits[]): string {
  return [...new Set(brokers.map(({ name }) => name))].join(' and ');
}

function idleRows({ runs }: RunReport, { label }: RowNaming): string[] {
  return singleRows(runs).flatMap((row) => idleMembers(row).map((sentence) => `${label(row)}: ${sentence}`));
}

/** What fails is delivered again, and that counts unless the scenario allows it. */
function redeliveryCounts({ scenario }: RunReport): string[] {
  if (scenario === null || scenario.handlerFailShare === 0 || scenario.allow.includes('duplicate')) return [];
  return ['handlings fail, and what is delivered again for that counts as a violation: --allow duplicate accepts it'];
}

function notRun({ scenario, runs }: RunReport): string[] {
  if (scenario === null) return [];
  // Repeats that went on for more pairs are known by the last of them.
  const repeats = runs.reduce((most, row) => Math.max(most, row.repeat), scenario.repeat);
  const points = Math.max(1, scenario.sweep.length);
  const planned = scenario.rows.length * points * scenario.brokers.length * repeats;
  const missing = planned - runs.length;
  if (missing <= 0) return [];
  return [`${formatCount(missing)} of ${plural(planned, 'row')} ${missing === 1 ? 'was' : 'were'} not run.`];
}
