/** The charts of a run: where order was lost, how far, who fetched what, what went on over time, how long it took. */
import type { PageRun } from '../../src/report/page/page-data.js';
import { extentsChart } from './extents.js';
import { fetchChart } from './fetches.js';
import { latencyChart } from './latencies.js';
import { originsChart } from './origins.js';
import { timeChart } from './over-time.js';

/** @param width pixels of each */
export function chartsOf(run: PageRun, width: number): HTMLElement[] {
  return [originsChart, extentsChart, fetchChart, timeChart, latencyChart]
    .map((chart) => chart(run, width))
    .filter((chart) => chart !== null);
}
