/** Lines of text, read by a pattern with named groups. */
import { describe, expect, it } from 'vitest';
import { LinePattern } from '../../../src/record/text/line-pattern.js';
import { checked, turned, turnedCounts } from '../fixtures.js';

const pattern = 'order=(?<aggregate>\\S+) seq=(?<version>\\d+)';
const log = `starting\n${turned.map(([a, v]) => `INFO order=${a} seq=${v} in 3 ms`).join('\r\n')}\nbye`;

describe('the reader of text', () => {
  it.each([1, 5, 1_000])(
    'finds the fields in lines that match, %i bytes at a time, and counts the others',
    async (blockBytes) => {
      const report = await checked(log, { pattern, blockBytes });
      expect(report.sources[0]!.format).toBe('text');
      expect(report.counts).toMatchObject(turnedCounts);
      expect(report.lines).toMatchObject({ record: 6, other: 2, bad: 0 });
      expect(report.aggregates[0]!.examples[0]).toMatchObject({ line: 6, afterLine: 4 });
    },
  );

  it('reads groups with names of their own by the map, and constants', async () => {
    const map = "aggregate=who,version=n,topic='orders'";
    const report = await checked(log, { pattern: 'order=(?<who>\\S+) seq=(?<n>\\d+)', map });
    expect(report.counts).toMatchObject(turnedCounts);
    expect(report.aggregates[0]!.topic).toBe('orders');
  });

  it('says what no line matches', async () => {
    await expect(checked(log, { pattern: `^${pattern}` })).rejects.toMatchObject({
      message: 'no line of made-up matches --pattern',
      wayOut: 'the first one is: starting',
    });
  });

  it('takes time in proportion to the line for a pattern that backtracks for ever', async () => {
    const line = `order=${'a'.repeat(5_000)}! seq=1`;
    const report = await checked(line, { pattern: '(?<aggregate>(?:a+)+)(?:b|! seq=(?<version>\\d))' });
    expect(report.lines.record).toBe(1);
    await expect(checked('a'.repeat(2_000), { pattern: '^(?<aggregate>(a+)+)(?<version>\\d)$' })).rejects.toThrow();
  });

  it('counts lines with NUL bytes and lines without a version as bad', async () => {
    const optional = 'order=(?<aggregate>\\S+)(?: seq=(?<version>\\d+))?';
    const report = await checked('order=a seq=1\norder=a\norder=a\0 seq=2\n', { pattern: optional });
    expect(report.lines).toMatchObject({ record: 1, bad: 2 });
    expect(report.badLines.map(({ problem }) => problem)).toEqual(['it has no version', 'it has NUL bytes']);
  });
});

describe('a pattern', () => {
  const made = (source: string): LinePattern => new LinePattern(source, new Map());

  it.each([
    ['(?<aggregate>a)(?=b)', 'a look-ahead'],
    ['(?<aggregate>a)(?!b)', 'a look-ahead'],
    ['(?<=b)(?<aggregate>a)', 'a look-behind'],
    ['(?<aggregate>a)\\1', 'a back-reference'],
    ['(?<aggregate>a)\\k<aggregate>', 'a back-reference'],
  ])('that needs what RE2 lacks is refused: %s', (source, what) => {
    expect(() => made(source)).toThrow(`--pattern has ${what}, which RE2 does not have`);
  });

  it('without a group for what is needed is refused, with what is missing', () => {
    expect(() => made('order=(\\S+)')).toThrow('--pattern has no group aggregate and version');
    expect(() => made('order=(?<aggregate>\\S+)')).toThrow('--pattern has no group version');
    expect(() => made('(')).toThrow('--pattern cannot be read: missing closing )');
  });

  it('may escape what looks like a look-ahead', () => {
    expect(() => made('\\(?=(?<aggregate>a)(?<version>\\d)\\\\1')).not.toThrow();
  });

  it('takes a line for bad in which a field is no UTF-8, since other names would look the same', async () => {
    const latin1 = Buffer.from('order=\xfcber seq=2\norder=\xf6ber seq=1\nin order=a seq=1 f\xfcr\n', 'latin1');
    const report = await checked(latin1, { pattern });
    expect(report.lines).toMatchObject({ record: 1, bad: 2 });
    expect(report.badLines[0]).toMatchObject({ line: 1, problem: 'it has a field that is not UTF-8' });
    const written = await checked('order=\ufffd seq=2\norder=\ufffd seq=1\n', { pattern });
    expect(written.counts.regressions).toBe(1);
  });
});
