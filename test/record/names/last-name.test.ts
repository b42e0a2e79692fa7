/** What a source is read into is used again for its next bytes, so nothing that is remembered may lie in it. */
import { describe, expect, it } from 'vitest';
import { fieldIndex } from '../../../src/domain/record/record-fields.js';
import { Fields } from '../../../src/record/fields.js';
import { LastName } from '../../../src/record/names/last-name.js';
import { NameTable } from '../../../src/record/names/name-table.js';
import { checked } from '../fixtures.js';

describe('a name that is remembered', () => {
  it('stays what it was when its bytes are overwritten', () => {
    const block = Buffer.from('t1');
    const fields = new Fields();
    fields.set(fieldIndex.topic, block, 0, 2);
    const last = new LastName(new NameTable());
    const first = last.number(fields, fieldIndex.topic);
    block.write('t2');
    const second = last.number(fields, fieldIndex.topic);
    expect(second).not.toBe(first);
  });

  it.each(['topic', 'source'])('keeps lines of another %s apart that lie where the last ones lay', async (field) => {
    const line = (version: number, name: string): string =>
      `${JSON.stringify({ aggregate: 'a', version, [field]: name })}\n`;
    const content = [line(7, 'x1'), line(8, 'x1'), line(3, 'x2'), line(4, 'x2'), line(9, 'x1')].join('');
    const report = await checked(content, { blockBytes: line(7, 'x1').length });
    expect(report.counts).toMatchObject({ handled: 5, regressions: 0, duplicates: 0 });
    expect(report.aggregatesTotal).toBe(2);
  });

  it('keeps keys apart that lie where others of the same length lay', async () => {
    const lines = ['{"aggregate":"a","version":1}\n', '{"timestamp":"z","version":2}\n'];
    const report = await checked(lines.join(''), { blockBytes: lines[0]!.length });
    expect(report.lines).toMatchObject({ record: 1, bad: 1 });
  });
});
