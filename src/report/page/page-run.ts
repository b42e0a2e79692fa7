/** Makes what the page shows of one row: of its repeats the worst, with as many aggregates as fit. */
import { stages } from '../../domain/observation.js';
import type { RunTimelines } from '../../domain/report/run-picture.js';
import type { RunRow } from '../../domain/report/run-report.js';
import type { AggregateFinding } from '../../domain/report/verdict.js';
import { worstRowOf } from '../repeats/merged-rows.js';
import type { RowGroup } from '../repeats/row-order.js';
import { remedyText } from '../words/remedy-text.js';
import { evidenceText } from '../words/evidence-text.js';
import { plural } from '../../text/numbers.js';
import { extentsOf } from './extents.js';
import { incidentsOf } from './incidents.js';
import { latenciesOf } from './latencies.js';
import type { PageAggregate, PageRun } from './page-data.js';

/** Deliveries that are told of an aggregate, at most. */
const rowsMax = 120;
/** Pairs of an aggregate that are shown, at most. */
const pairsMax = 10;

export function pageRunOf(group: RowGroup, aggregatesMax: number): PageRun {
  const row = worstRowOf(group);
  return {
    id: row.id,
    label: group.label,
    repeat: group.rows.length === 1 ? null : `run ${row.repeat} of ${group.rows.length}, the worst`,
    outcome: row.outcome,
    clock: row.clock,
    regressions: row.counts.regressions,
    origins: [...stages, 'unknown' as const]
      .map((stage) => ({ stage, count: row.origins[stage] }))
      .filter(({ count }) => count > 0),
    causes: row.causes.map(({ id, confidence, latent, evidence, remedy }) => ({
      id: `${id} (${latent ? 'latent' : confidence})`,
      text: evidence.map(evidenceText).join('; '),
      fix: remedyText(remedy),
    })),
    aggregates: row.aggregates.slice(0, aggregatesMax).map(aggregateOf),
    aggregatesWithAnomalies: row.aggregatesWithAnomalies,
    latencies: latenciesOf(row.latencyHistograms),
    extents: extentsOf(row),
    ...incidentsOf(row),
    series: row.series,
    fetchMatrix: row.fetchMatrix,
    timelines: row.timelines === null ? null : shortened(row.timelines, row, aggregatesMax),
  };
}

function aggregateOf(finding: AggregateFinding): PageAggregate {
  const { aggregateId, topic, examples } = finding;
  return {
    aggregateId,
    topic,
    found: foundIn(finding),
    pairs: examples.slice(0, pairsMax).map(({ version, afterVersion, origin }) => ({ version, afterVersion, origin })),
  };
}

function foundIn(finding: AggregateFinding): string {
  const { regressions, duplicates, lost, overlaps, completionInversions, storeInversions, phantoms, gaps } = finding;
  return (
    [
      [regressions, 'regression', 'regressions'],
      [duplicates, 'duplicate', 'duplicates'],
      [lost, 'loss', 'losses'],
      [overlaps, 'overlap', 'overlaps'],
      [completionInversions, 'completion inversion', 'completion inversions'],
      [storeInversions, 'store inversion', 'store inversions'],
      [phantoms, 'phantom', 'phantoms'],
      [gaps, 'gap', 'gaps'],
    ] as const
  )
    .filter(([count]) => count > 0)
    .map(([count, one, many]) => plural(count, one, many))
    .join(', ');
}

/** The deliveries around the first pair of each aggregate that is out of order. */
function shortened(timelines: RunTimelines, row: RunRow, aggregatesMax: number): RunTimelines {
  const versionAt = timelines.columns.indexOf('version');
  const aggregates = timelines.aggregates.slice(0, aggregatesMax).map((aggregate) => {
    const { rows, earlier, later, aggregateId } = aggregate;
    if (rows.length <= rowsMax) return aggregate;
    const [pair] = row.aggregates.find((finding) => finding.aggregateId === aggregateId)?.examples ?? [];
    const middle = pair === undefined ? 0 : rows.findIndex((cells) => cells[versionAt] === pair.version);
    const from = Math.min(Math.max(0, middle - rowsMax / 2), rows.length - rowsMax);
    const left = rows.length - rowsMax - from;
    return { ...aggregate, rows: rows.slice(from, from + rowsMax), earlier: earlier + from, later: later + left };
  });
  return { ...timelines, aggregates };
}
