/** CSV with a header: whatever its quotes, its line ends and its delimiter, it says the same. */
import { describe, expect, it } from 'vitest';
import { checked, turned, turnedCounts } from '../fixtures.js';

const plain = `aggregate,version\n${turned.map((row) => row.join(',')).join('\n')}\n`;

describe('the reader of CSV', () => {
  it.each([
    ['commas', plain],
    ['semicolons', plain.replaceAll(',', ';')],
    ['tabs', plain.replaceAll(',', '\t')],
    ['CRLF', plain.replaceAll('\n', '\r\n')],
    ['no end of the last line', plain.trimEnd()],
    ['a mark of UTF-8', `\uFEFF${plain}`],
    ['cells in quotes', plain.replaceAll(/\w+/g, '"$&"')],
    ['cells in quotes and CRLF', plain.replaceAll(/\w+/g, '"$&"').replaceAll('\n', '\r\n')],
    ['empty lines', plain.replaceAll('\n', '\n\n')],
  ])('finds the same in a file with %s', async (_, content) => {
    const report = await checked(content);
    expect(report.sources[0]!.format).toBe('csv');
    expect(report.counts).toMatchObject(turnedCounts);
    expect(report.lines).toMatchObject({ record: 6, bad: 0, other: 0 });
  });

  it.each([1, 2, 3, 7, 64])('finds the same where it gets %i bytes at a time', async (blockBytes) => {
    const content = `Note,Order,Seq\r\n${turned.map(([a, v]) => `"x, ""y""\r\n;","${a}""s",${v}`).join('\r\n')}\r\n`;
    const report = await checked(content, { map: 'aggregate=Order,version=Seq', blockBytes });
    expect(report.counts).toMatchObject(turnedCounts);
    expect(report.lines).toMatchObject({ record: 6, bad: 0 });
    // A row begins at its first line, as an editor counts them.
    expect(report.aggregates[0]).toMatchObject({ aggregate: 'a"s', examples: [{ line: 10, afterLine: 6 }] });
  });

  it('counts a row with too few or too many cells as bad, and reads on', async () => {
    const report = await checked('aggregate,version,note\na,1,x\na,2\na,3,y,z\na,4,\n');
    expect(report.lines).toMatchObject({ record: 2, bad: 2 });
    expect(report.badLines.map(({ line, problem }) => [line, problem])).toEqual([
      [3, 'it has 2 cells, and the header has 3'],
      [4, 'it has 4 cells, and the header has 3'],
    ]);
  });

  it('loses one line to a quote that does not end, and no other', async () => {
    const report = await checked('aggregate,version\na,1\n"a,2\na,3\na,4\n');
    expect(report.lines).toMatchObject({ record: 3, bad: 1 });
    expect(report.badLines[0]!.line).toBe(3);
  });

  it('counts a line with NUL bytes as bad', async () => {
    const report = await checked('aggregate,version\na,1\na\0,2\na,3\n');
    expect(report.lines).toMatchObject({ record: 2, bad: 1 });
    expect(report.badLines[0]).toMatchObject({ line: 3, problem: 'it has NUL bytes' });
  });

  it('takes an empty cell for a field that the line does not have', async () => {
    const report = await checked('aggregate,version,lane\na,1,\n,,\n,2,w\n');
    expect(report.lines).toMatchObject({ record: 1, other: 1, bad: 1 });
    expect(report.fields.lane).toBe(0);
  });

  it('names the columns that there are where one that is asked for is not', async () => {
    await expect(checked(plain, { map: 'aggregate=Aggregate,version=version' })).rejects.toMatchObject({
      message: '--map aggregate=Aggregate: made-up has no such column',
      wayOut: 'did you mean aggregate? Its columns are aggregate and version',
    });
    await expect(checked('order_id,seq\na,1\n')).rejects.toMatchObject({
      wayOut: "by the names they may be these: --map 'aggregate=order_id,version=seq'",
    });
    await expect(checked('aggregate,version,version\na,1,2\n')).rejects.toThrow('several columns version');
  });

  it('tells cells with doubled quotes apart that are no UTF-8', async () => {
    const content = Buffer.from('aggregate,version\n"a""\xfe",2\n"a""\xff",1\n"a""\xfe",3\n', 'latin1');
    const report = await checked(content);
    expect(report.aggregatesTotal).toBe(2);
    expect(report.counts.regressions).toBe(0);
  });

  it.each(['  ', '\t', '\r', ' \r\n', '\n\n'])('passes over an empty last line, which is %j', async (end) => {
    const { lines, counts } = await checked(`aggregate,version\na,1\na,2\n${end}`, { format: 'csv', blockBytes: 27 });
    expect(lines).toMatchObject({ record: 2, bad: 0 });
    expect(counts.handled).toBe(2);
  });

  it('takes a row of NUL bytes for bad, which a crash may have left', async () => {
    const { badLines } = await checked('aggregate,version\na,1\n\0\0\0\n', { format: 'csv' });
    expect(badLines[0]).toMatchObject({ line: 3, problem: 'it has 1 cells, and the header has 2' });
  });
});
