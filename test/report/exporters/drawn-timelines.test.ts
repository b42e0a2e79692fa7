/**
 * Runs of the simulator that are drawn at random, each small enough for its timelines to tell all of it: what a query
 * over its trace events finds, and what `check` counts in its spans, is what the report counts.
 */
import { describe, expect, it } from 'vitest';
import type { RunRow } from '../../../src/domain/report/run-report.js';
import { render as renderSpans } from '../../../src/report/exporters/otlp.js';
import { render as renderTrace } from '../../../src/report/exporters/perfetto.js';
import { checked } from '../../record/fixtures.js';
import { Chance, commandOf, drawSeed } from '../../run/drawn-runs.js';
import type { ScenarioFlags } from '../../../src/scenario/flags.js';
import { simulate } from '../../run/simulate.js';
import { report } from '../fixtures.js';
import { readSpans } from './otlp-spans.js';
import { readTrace, regressionsIn } from './trace-events.js';

const runs = 30;

function drawn(chance: Chance): ScenarioFlags {
  const broker = chance.oneOf(['sim:jetstream', 'sim:kafka']);
  return {
    broker,
    mode: chance.oneOf(['multi/shared', 'multi/shared', 'single']),
    strategy: chance.oneOf(['keyed-pool', 'unkeyed-pool', 'actor', 'version-gate', 'retry-in-place']),
    topics: String(chance.int(1, 3)),
    aggregates: String(chance.int(3, 8)),
    versions: String(chance.int(2, 20)),
    workers: String(chance.int(1, 4)),
    members: String(chance.int(1, 3)),
    handlerTime: chance.oneOf(['1ms', '1-20ms']),
    handlerFail: chance.oneOf(['0%', '5%', '20%']),
    ...(broker === 'sim:kafka' && { key: chance.oneOf(['aggregate', 'none']) }),
    ...chance.oneOf<ScenarioFlags>([{}, { disturb: ['crash:50ms@50%'] }, { disturb: ['workers:2@30%'] }]),
  };
}

/** Whether the timelines tell everything that could have come out of order. */
function isWhole({ timelines, aggregatesWithAnomalies }: RunRow): boolean {
  if (timelines === null) return false;
  const { aggregates } = timelines;
  return (
    aggregates.length >= aggregatesWithAnomalies && aggregates.every(({ earlier, later }) => earlier + later === 0)
  );
}

describe('the timelines of a drawn run', () => {
  it(`show the regressions that the report counts, in trace events and in spans sound in form, draw seed ${drawSeed}`, async () => {
    let [whole, regressions] = [0, 0];
    for (let seed = 1; seed <= runs; seed++) {
      const flags = drawn(new Chance(`timelines ${seed}`));
      const rows = await simulate(flags, seed);
      const { problems, slices } = readTrace(renderTrace([{ report: report(rows), gate: null }]));
      expect(problems, commandOf({ flags, seed })).toEqual([]);
      const spans = renderSpans([{ report: report(rows), gate: null }]);
      expect(readSpans(spans).problems, commandOf({ flags, seed })).toEqual([]);
      const { counts, lines } = await checked(spans);
      expect(lines.bad, commandOf({ flags, seed })).toBe(0);
      for (const row of rows.filter(isWhole)) {
        expect(regressionsIn(slices, row.id), `${row.id} of ${commandOf({ flags, seed })}`).toBe(
          row.counts.regressions,
        );
        expect(counts.regressions, `check of ${commandOf({ flags, seed })}`).toBe(row.counts.regressions);
        whole++;
        regressions += row.counts.regressions;
      }
    }
    expect(whole).toBeGreaterThan(runs / 2);
    expect(regressions).toBeGreaterThan(runs);
  });
});
