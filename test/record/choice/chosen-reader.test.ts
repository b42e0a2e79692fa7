/** The reader of a source is chosen by what its beginning is, and what none reads is named with the way out. */
import { describe, expect, it } from 'vitest';
import { checked, ndjson, turned, turnedCounts } from '../fixtures.js';

const content = `${ndjson.join('\n')}\n`;

describe('the choice of a reader', () => {
  it.each([
    ['NDJSON', content],
    ['NDJSON with a mark of UTF-8', `\uFEFF${content}`],
    ['NDJSON behind empty lines', `\n\n${content}`],
    ['NDJSON without an end of its last line', content.trimEnd()],
  ])('takes %s for NDJSON', async (_, text) => {
    for (const blockBytes of [1, 10_000]) {
      const report = await checked(text, { blockBytes });
      expect(report.sources[0]!.format).toBe('ndjson');
      expect(report.counts).toMatchObject(turnedCounts);
      expect(report.lines).toMatchObject({ record: 6, bad: 0 });
    }
  });

  it('takes lines of text before the first object for bad lines of NDJSON', async () => {
    const report = await checked(`starting, now\n${content}`);
    expect(report.sources[0]!.format).toBe('ndjson');
    expect(report.lines).toMatchObject({ record: 6, bad: 1 });
  });

  it.each([
    ['with a mark', Buffer.from(`\uFEFF${content}`, 'utf16le'), 'UTF-16'],
    ['without a mark', Buffer.from(content, 'utf16le'), 'UTF-16LE'],
    ['the other way round', Buffer.from(content, 'utf16le').swap16(), 'UTF-16BE'],
  ])('refuses UTF-16 %s, and says how it is converted', async (_, bytes, encoding) => {
    await expect(checked(bytes)).rejects.toMatchObject({
      message: 'made-up is written in UTF-16, and a record is read as UTF-8',
      wayOut: `iconv -f ${encoding} -t UTF-8 made-up | eventbus-bench check -`,
    });
  });

  it('counts a line with NUL bytes as bad, and reads the others', async () => {
    const report = await checked(`\0\0\0\n${content}{"aggregate":"a\0","version":4}\n`);
    expect(report.lines).toMatchObject({ record: 6, bad: 2 });
  });

  it.each([
    [
      '[{"aggregate":"a","version":1}]',
      'made-up is a JSON array, and a record has a line for each thing that happened',
    ],
    ['{\n  "aggregate": "a",\n  "version": 1\n}\n', 'made-up has objects of JSON over many lines each'],
    ['INFO handled 17\n', 'made-up is neither JSON nor CSV with a header'],
    ['{"kind":"header","formatVersion":9}\n', 'made-up is a trace of this tool, which is checked alone'],
    ['', 'made-up is empty'],
    ['\n\n', 'made-up is empty'],
  ])('refuses what no reader reads', async (text, message) => {
    await expect(checked(text)).rejects.toThrow(message);
  });

  it('refuses a map that does not fit how the record is written', async () => {
    await expect(checked('a,b\n1,2\n', { map: 'aggregate=.a.b,version=b' })).rejects.toMatchObject({
      message: '--map aggregate=.a.b does not fit: this is read as csv',
      wayOut: 'CSV has columns, such as --map aggregate=Order,version=Seq',
    });
    await expect(checked(content, { map: 'aggregate=attr:a' })).rejects.toThrow('this is read as ndjson');
  });
});

describe('a map', () => {
  it('that names what no line has is refused, and the path is named', async () => {
    await expect(checked(content, { map: 'lane=.worker.id' })).rejects.toThrow(
      '--map lane=.worker.id: no line of made-up has that',
    );
    await expect(checked(content, { map: 'aggregate=.order.id' })).rejects.toThrow(
      '--map aggregate=.order.id: no line of made-up has that',
    );
    await expect(checked(content, { map: 'aggregate=.order.id,version=.seq' })).rejects.toThrow(
      'no line of made-up has both an aggregate (.order.id) and a version (.seq)',
    );
  });

  it('may give the aggregate as a constant, where all lines are of one', async () => {
    const report = await checked('{"version":1}\n{"note":"x"}\n{"version":3}\n{"version":2}\n', {
      map: "aggregate='a'",
    });
    expect(report.counts).toMatchObject({ handled: 3, regressions: 1 });
    expect(report.lines).toMatchObject({ record: 3, other: 1, bad: 0 });
  });

  it('finds the same from CSV with the same names', async () => {
    const csv = `aggregate,version\n${turned.map((row) => row.join(',')).join('\n')}`;
    expect((await checked(csv)).counts).toEqual((await checked(content)).counts);
  });
});
