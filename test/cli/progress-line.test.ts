/** One line that says how far the reading of a trace is, if it takes a while, and leaves nothing behind. */
import { Writable } from 'node:stream';
import fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { createProgressLine, renderProgress } from '../../src/cli/progress-line.js';
import type { Progress } from '../../src/domain/progress.js';

const running: Progress = {
  round: 'rows',
  rowId: 'multi/per-topic#1',
  rowIndex: 1,
  rowsTotal: 3,
  published: 12_612,
  publishTotal: 20_000,
  handled: 12_600,
  regressions: 428,
  inFlight: 8,
  lag: 12,
  elapsedMs: 3000,
  phase: 'running',
};

const wide = { earlierRowsMs: 5000, width: 200 };

describe('renderProgress', () => {
  it('shows row, share, published, handled, regressions, rate and time left', () => {
    expect(renderProgress(running, wide)).toBe(
      '2/3 multi/per-topic#1  ████████████░░░░░░░░ 63 %  published 12,612  handled 12,600  regressions 428  4,200/s  ETA 7 s',
    );
  });

  it('says the same in the 79 columns that a terminal of 80 leaves it', () => {
    expect(renderProgress({ ...running, rowId: 'single#1' }, { ...wide, width: 79 })).toBe(
      '2/3 single#1  63 %  publ 12.6k  handled 12.6k  regr 428  4.2k/s  ETA 7 s',
    );
    expect(renderProgress(running, { ...wide, width: 79 })).toBe(
      '2/3  63 %  publ 12.6k  handled 12.6k  regr 428  4.2k/s  ETA 7 s',
    );
  });

  it('never takes more than the width, and always says which row', () => {
    const count = fc.oneof(fc.nat(100), fc.nat());
    const any = fc.record({
      round: fc.constant('rows' as const),
      ...{ inFlight: fc.nat(), lag: fc.nat() },
      rowId: fc.stringMatching(/^[a-z/#0-9+-]{1,60}$/),
      rowIndex: fc.nat(99),
      rowsTotal: fc.constant(100),
      published: count,
      publishTotal: count,
      handled: count,
      regressions: count,
      elapsedMs: fc.double({ min: 0, max: 1e9, noNaN: true }),
      phase: fc.constantFrom('starting' as const, 'running' as const, 'draining' as const, 'done' as const),
    });
    fc.assert(
      fc.property(any, fc.integer({ min: 12, max: 200 }), (progress, width) => {
        const line = renderProgress(progress, { earlierRowsMs: 0, width });
        expect(stringWidth(line)).toBeLessThanOrEqual(width);
        expect(line.startsWith(`${progress.rowIndex + 1}/100`)).toBe(true);
      }),
    );
  });

  it('says what it is at while there is nothing to estimate', () => {
    expect(renderProgress({ ...running, phase: 'starting', published: 0, handled: 0 }, wide)).toMatch(/starting$/);
    expect(renderProgress({ ...running, phase: 'draining' }, wide)).toMatch(/draining$/);
    expect(renderProgress({ ...running, handled: 100 }, wide)).toMatch(/\/s$/);
    expect(renderProgress({ ...running, publishTotal: 0 }, wide)).not.toMatch(/%|ETA|█/);
  });

  it('is at most at 100 %, though redeliveries are handled too', () => {
    expect(renderProgress({ ...running, handled: 30_000 }, wide)).toContain('100 %');
  });
});

/** A terminal that keeps what is written to it. */
function terminal(columns = 120): { stream: NodeJS.WriteStream; written: string[] } {
  const written: string[] = [];
  const stream = new Writable({
    write(chunk: Buffer, _encoding, callback) {
      written.push(chunk.toString());
      callback();
    },
  });
  return {
    stream: Object.assign(stream, { columns, rows: 24, isTTY: true }) as unknown as NodeJS.WriteStream,
    written,
  };
}

function at(elapsedMs: number, overrides: Partial<Progress> = {}): Progress {
  return { ...running, elapsedMs, ...overrides };
}

describe('createProgressLine', () => {
  it('shows nothing of a trace that is read in less than a second', () => {
    const { stream, written } = terminal();
    const line = createProgressLine({ stream, enabled: true, color: false });
    line.update(at(500));
    line.update(at(999));
    line.done();
    expect(written).toEqual([]);
  });

  it('counts the second over all rows', () => {
    const { stream, written } = terminal();
    const line = createProgressLine({ stream, enabled: true, color: false });
    line.update(at(700, { rowIndex: 0 }));
    line.update(at(400, { rowIndex: 1 }));
    expect(written).toHaveLength(1);
    expect(written[0]).toContain('2/3 multi/per-topic#1');
  });

  it('draws at most ten times a second', () => {
    const { stream, written } = terminal();
    const line = createProgressLine({ stream, enabled: true, color: false });
    for (let elapsedMs = 1000; elapsedMs < 2000; elapsedMs++) line.update(at(elapsedMs));
    expect(written).toHaveLength(10);
  });

  it('clears the line at the end and stays silent after it', () => {
    const { stream, written } = terminal();
    const line = createProgressLine({ stream, enabled: true, color: false });
    line.update(at(1500));
    line.done();
    const erased = written.at(-1)!;
    expect(erased).toContain('\u001b[2K');
    expect(erased).not.toContain('multi');
    line.update(at(3000));
    line.done();
    expect(written.at(-1)).toBe(erased);
  });

  it('shows regressions in red where colour is wanted, and only then', () => {
    for (const color of [true, false]) {
      const { stream, written } = terminal();
      createProgressLine({ stream, enabled: true, color }).update(at(1500));
      expect(written.join('').includes('\u001b[31mregressions 428\u001b[39m')).toBe(color);
    }
  });

  it('never hides the cursor, so that none is lost with a killed process', () => {
    const { stream, written } = terminal();
    const line = createProgressLine({ stream, enabled: true, color: true });
    line.update(at(1500));
    line.done();
    expect(written.join('')).not.toContain('?25l');
  });

  it('does nothing where it is not enabled', () => {
    const { stream, written } = terminal();
    const line = createProgressLine({ stream, enabled: false, color: true });
    line.update(at(5000));
    line.done();
    expect(written).toEqual([]);
  });
});
