/** What a run says of its progress where nobody could see a line rewrite itself: in a build log, or in a file. */
import { describe, expect, it } from 'vitest';
import { createProgressLog, progressText, runsText } from '../../src/cli/progress-log.js';
import type { Progress } from '../../src/domain/progress.js';

const running: Progress = {
  round: 'rows',
  rowId: 'multi/shared#1',
  rowIndex: 1,
  rowsTotal: 6,
  published: 5_000,
  publishTotal: 12_000,
  handled: 4_800,
  regressions: 3,
  inFlight: 8,
  lag: 12,
  elapsedMs: 4_000,
  phase: 'running',
};

describe('createProgressLog', () => {
  it('says at once that a server is started, then a line every ten seconds at most', () => {
    let nowMs = 0;
    const lines: string[] = [];
    const log = createProgressLog({ write: (line) => lines.push(line), nowMs: () => nowMs });
    log.starting('a private Kafka 4.4.0');
    expect(lines).toEqual(['starting a private Kafka 4.4.0 …']);
    for (nowMs = 0; nowMs <= 25_000; nowMs += 100) log.update(running);
    log.done();
    expect(lines.slice(1)).toEqual([progressText(running), progressText(running)]);
  });

  it('says nothing of a run that is over sooner', () => {
    const lines: string[] = [];
    const log = createProgressLog({ write: (line) => lines.push(line), nowMs: () => 9_999 });
    log.update(running);
    log.done();
    expect(lines).toEqual([]);
  });
});

describe('the text of a line', () => {
  it('has the row, its share, what was handled, regressions and the rate', () => {
    expect(progressText(running)).toBe(
      'row 2 of 6, multi/shared#1: 40 %, 4,800 of 12,000 handled, 3 regressions, 1,200/s',
    );
    expect(progressText({ ...running, phase: 'starting' })).toBe('row 2 of 6, multi/shared#1: starting');
  });

  it('has the runs where several go on at once', () => {
    const runs = {
      row: running,
      runsDone: 3,
      runsTotal: 20,
      atOnce: 2,
      handled: 10,
      events: 100,
      regressions: 0,
      elapsedMs: 1,
    };
    expect(runsText(runs)).toBe('3 of 20 runs, 2 at once: 10 %, 0 regressions');
  });
});
