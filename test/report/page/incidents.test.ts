/** What happened to a row beside its events, as the page draws it. */
import { describe, expect, it } from 'vitest';
import { incidentsOf } from '../../../src/report/page/incidents.js';
import { violatedRow } from '../fixtures.js';

describe('the incidents of a row', () => {
  it('are its rebalances and disturbances in the order of time, at most 60, and all are counted', () => {
    const rebalances = Array.from({ length: 70 }, (_, index) => ({ group: 'g', epoch: index, atMs: index * 10, members: {} })); // prettier-ignore
    const row = violatedRow('single#1', { rebalances, disturbances: [{ atMs: 15, what: 'join' }] });
    const { incidents, incidentsTotal } = incidentsOf(row);
    expect(incidents).toHaveLength(60);
    expect(incidentsTotal).toBe(71);
    expect(incidents.slice(0, 4).map(({ text }) => text)).toEqual([
      'rebalance 0 of g',
      'rebalance 1 of g',
      'join',
      'rebalance 2 of g',
    ]);
  });
});
