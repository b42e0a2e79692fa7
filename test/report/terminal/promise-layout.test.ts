import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { drawPromises } from '../../../src/report/terminal/promise-layout.js';
import { createTheme } from '../../../src/report/terminal/theme.js';
import { promiseTable } from '../../../src/report/view/comparison/promises-view.js';
import { candidatesOn } from '../../comparison/candidates.js';

const theme = createTheme({ color: false, ascii: false });

describe('the table of promises', () => {
  it('has a line a candidate below its heading', () => {
    const lines = drawPromises(promiseTable(candidatesOn('nats')), { width: 80, theme });
    expect(lines[0]).toMatch(/^promises +order of +redelivery +crash +resize$/);
    expect(lines[2]).toMatch(/^multi\/shared\+plain +first deliveries +no +no +no$/);
    expect(lines[3]).toMatch(/^single\+retry +each aggregate +yes +no +yes$/);
  });

  it('fits 80 columns with all that a group of Kafka may meet', () => {
    const lines = drawPromises(promiseTable(candidatesOn('kafka')), { width: 80, theme });
    expect(lines[0]).toMatch(/redelivery +crash +resize +rebalance +partitions$/);
    expect(Math.max(...lines.map((line) => stringWidth(line)))).toBeLessThanOrEqual(80);
  });
});
