/** One line says how far the reading of a record is, and what was found until now. */
import fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { renderFollowing, renderRecordProgress } from '../../src/cli/record-progress.js';
import type { RecordProgress } from '../../src/run/check-record-options.js';

const reading: RecordProgress = {
  ...{ source: 'app.log', bytes: 250, totalBytes: 1_000, lines: 12_345, regressions: 3 },
  ...{ duplicates: 4, aggregates: 17, elapsedMs: 2_000 },
};

describe('the line of a record that is read', () => {
  it('shows source, share, lines, regressions and time left', () => {
    expect(renderRecordProgress(reading, { width: 120 })).toBe(
      'app.log  █████░░░░░░░░░░░░░░░ 25 %  12,345 lines  regressions 3  ETA 6 s',
    );
  });

  it('shows what was read of a pipe, whose length is not known', () => {
    const line = renderRecordProgress({ ...reading, totalBytes: null }, { width: 120 });
    expect(line).toBe('app.log  250B  12,345 lines  regressions 3');
  });

  it('shows of a file that is followed what was found, and for how long nothing came', () => {
    expect(renderFollowing(reading, { idleMs: 4_000, width: 120 })).toBe(
      'following app.log  12,345 lines  17 aggregates  regressions 3  duplicates 4  last line 4 s ago',
    );
  });

  it('never takes more than the width', () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(), fc.integer({ min: 12, max: 200 }), (lines, bytes, width) => {
        const progress = { ...reading, lines, bytes, totalBytes: bytes + 1, source: 'a/long/path/to/a/file.log' };
        expect(stringWidth(renderRecordProgress(progress, { width }))).toBeLessThanOrEqual(width);
        expect(stringWidth(renderFollowing(progress, { idleMs: 0, width }))).toBeLessThanOrEqual(width);
      }),
    );
  });
});
