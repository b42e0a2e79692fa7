/** What the repeats of each row come to, in the report and on the screen. */
import { describe, expect, it } from 'vitest';
import type { RunRow } from '../../../src/domain/report/run-report.js';
import { allRunsText } from '../../../src/report/view/all-runs-view.js';
import { runGroups } from '../../../src/report/repeats/repeat-groups.js';
import { renderJson } from '../../../src/report/contract/json.js';
import { repeatsShown, singleRows } from '../../../src/report/repeats/merged-rows.js';
import { parseReport } from '../../../src/report/contract/parse-report.js';
import { groupRepeats, groupRows } from '../../../src/report/repeats/row-order.js';
import { counts, exposure, report, row, violatedRow } from '../fixtures.js';

function repeats(label: string, outcomes: readonly RunRow['outcome'][], overrides: Partial<RunRow> = {}): RunRow[] {
  return outcomes.map((outcome, at) => row(`${label}#${at + 1}`, { repeat: at + 1, outcome, ...overrides }));
}

const ordered = (times: number): RunRow['outcome'][] => Array.from({ length: times }, () => 'ordered');

describe('the rows of one name', () => {
  const namesOf = (...rows: RunRow[]): string[] => groupRows(rows).map(({ label }) => label);

  it('are those at all points of a sweep', () => {
    const at = (value: string): RunRow => row(`single@topics=${value}#1`, { point: { field: 'topics', value } });
    expect(namesOf(at('1'), at('2'))).toEqual(['single']);
  });

  it('are not those whose name merely has an @ in it', () => {
    expect(namesOf(row('mine@here#1'), row('mine@there#1'))).toEqual(['mine@here', 'mine@there']);
  });

  it('are those before the point, whatever the value that is swept', () => {
    const point = { field: 'disturb', value: 'join@50%' };
    expect(namesOf(row('a@b@disturb=join@50%#2', { point }))).toEqual(['a@b']);
  });
});

describe('a group', () => {
  it('counts the runs of one row by outcome, each point of a sweep by itself', () => {
    const rows = [
      ...repeats('single@topics=1', ordered(2)),
      ...repeats('single@topics=2', ['ordered', 'violated', 'inconclusive']),
    ];
    expect(runGroups(rows)).toMatchObject([
      { id: 'single@topics=1', runs: 2, ordered: 2, violated: 0, inconclusive: 0 },
      { id: 'single@topics=2', runs: 3, ordered: 1, violated: 1, inconclusive: 1 },
    ]);
  });

  it('bounds the share of runs that lose order by the ordered ones alone', () => {
    const most = (outcomes: readonly RunRow['outcome'][]) => runGroups(repeats('single', outcomes))[0]!.atMost;
    expect(most(ordered(59))).toBeCloseTo(0.0495, 4);
    expect(most([...ordered(5), 'inconclusive'])).toBeCloseTo(0.4507, 4);
    expect(most(['ordered'])).toBeCloseTo(0.95, 10);
    expect(most(['inconclusive'])).toBeNull();
    expect(most([...ordered(59), 'violated'])).toBeNull();
  });

  it('has the rate over all of its runs, not the mean of their rates', () => {
    const rows = [
      row('single#1', { exposure: exposure(30, 100) }),
      row('single#2', { repeat: 2, exposure: exposure(0, 900) }),
    ];
    expect(runGroups(rows)[0]!.regressionRate.value).toBeCloseTo(0.03, 10);
    expect(runGroups([row('single#1', { exposure: exposure(0, 0) })])[0]!.regressionRate.value).toBeNull();
  });

  it('is computed again when a report is read, whatever the report says', () => {
    const one = report(repeats('single', ['ordered', 'violated']));
    const text = renderJson(one).replace('"violated": 1', '"violated": 0').replace('"ordered": 1', '"ordered": 2');
    expect(parseReport(text).groups).toEqual(one.groups);
    const older = JSON.parse(renderJson(one)) as Record<string, unknown>;
    delete older['groups'];
    expect(parseReport(JSON.stringify(older)).groups).toEqual(one.groups);
  });
});

describe('the line of a group', () => {
  const text = (rows: RunRow[]): string => allRunsText(groupRepeats(rows)[0]!);

  it('says what ordered runs bound', () => {
    expect(text(repeats('single', ordered(59)))).toBe(
      '59 of 59 ordered: at most 5 % of runs lose order, 95 % confidence',
    );
    expect(text(repeats('single', ['inconclusive', 'inconclusive']))).toBe('0 of 2 ordered, 2 inconclusive');
  });

  it('names the worst of violated runs', () => {
    const rows = [1, 2, 3].map((repeat) =>
      violatedRow(`multi/shared#${repeat}`, { repeat, counts: counts({ violations: repeat === 2 ? 9 : 4 }) }),
    );
    expect(text(rows)).toBe('0 of 3 ordered, 3 violated; the worst is #2 with 9 violations');
  });
});

describe('many repeats', () => {
  const few = repeats('single', ordered(repeatsShown));
  const many = repeats('single', [...ordered(repeatsShown), 'inconclusive']);

  it('leave the worst of them to be told of by itself', () => {
    expect(
      singleRows([...many, ...few.map((one) => ({ ...one, id: one.id.replace('single', 'multi/shared') }))]),
    ).toHaveLength(1 + repeatsShown);
    expect(singleRows(many)[0]!.id).toBe('single#6');
  });
});
