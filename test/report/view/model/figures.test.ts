import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anomalyCell, countCell, msCell, rateCell } from '../../../../src/report/view/model/figures.js';

describe('the cell of a figure', () => {
  it('is short, too, where it has four digits or more', () => {
    expect(countCell(999)).toEqual({ text: '999' });
    expect(countCell(1_234_567)).toEqual({ text: '1,234,567', short: '1.2M' });
    expect(rateCell(4950.1)).toEqual({ text: '4,950', short: '5k' });
    expect(msCell(0.5)).toEqual({ text: '0.50' });
  });

  it('takes six characters at most where it is short', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, noNaN: true }), (value) => {
        for (const { text, short = text } of [countCell(value), rateCell(value), msCell(value)])
          expect(short.length).toBeLessThanOrEqual(6);
      }),
    );
  });

  it('is a dash where the figure is not known', () => {
    expect([countCell(null), rateCell(null), msCell(null)]).toEqual([{ text: '–' }, { text: '–' }, { text: '–' }]);
  });

  it('is bad where there are anomalies, and stands back where there are none', () => {
    expect([anomalyCell(0).tone, anomalyCell(1).tone, anomalyCell(3, 'unsure').tone]).toEqual([
      'aside',
      'bad',
      'unsure',
    ]);
  });
});
