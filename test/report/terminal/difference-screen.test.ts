/** What holds of the screen of two reports, whatever they say. */
import fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { renderDifference } from '../../../src/report/terminal/difference-screen.js';
import { between } from '../../gate/difference/difference-fixtures.js';
import { anyReport } from '../arbitraries.js';
import { report, row, threeModes, violatedRow } from '../fixtures.js';

describe('the screen of two reports', () => {
  it('is no wider than the terminal, and lets nothing through that one would act on', () => {
    const look = fc.record({ width: fc.integer({ min: 40, max: 200 }), color: fc.boolean(), ascii: fc.boolean() });
    fc.assert(
      fc.property(anyReport, anyReport, look, (a, b, asked) => {
        const text = renderDifference(between(a, b), { look: asked });
        const own = text.replaceAll(/\u001b\[(?:1|2|22|31|32|33|39)m/g, '');
        expect(own.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
        for (const line of own.split('\n')) {
          expect(stringWidth(line), JSON.stringify(line)).toBeLessThanOrEqual(asked.width);
        }
      }),
      { numRuns: 12 },
    );
  }, 60_000);

  it('has a line a row, in plain letters if asked for', () => {
    const b = report([violatedRow(), row('multi/per-topic#1'), violatedRow('single#1')]);
    const text = renderDifference(between(threeModes(), b), { look: { width: 80, color: false, ascii: true } });
    expect(text).toMatch(/^single +\+ ordered +x violated +0 -> 428 +1\.60x +1\.26x$/m);
    expect(text).not.toMatch(/[^\n\x20-\x7e]/);
  });
});
