/** Lines that do not stand in the order of their counter get no verdict, since each would look like an event too late. */
import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import type { RecordReport } from '../../../src/domain/record/record-report.js';
import { streamOpener } from '../../../src/record/input/stream-opener.js';
import { NdjsonReader } from '../../../src/record/ndjson/ndjson-reader.js';
import { pathTree } from '../../../src/record/ndjson/path-tree.js';
import { heldToOrder } from '../../../src/record/order/held-to-order.js';
import { checkRecord } from '../../../src/run/check-record.js';

function checked(...orders: readonly (number | string)[]): Promise<RecordReport> {
  const lines = orders.map((order, index) => JSON.stringify({ order, aggregate: 'a', version: index + 1 }));
  return checkRecord({
    sources: [streamOpener(Readable.from([Buffer.from(lines.join('\n'))]), 'app.log')],
    readerOf: ({ name }, sink) =>
      new NdjsonReader(pathTree(new Map(), { only: false }), new Map(), heldToOrder(name, sink)),
    ...{ map: new Map(), filter: null, versions: 'dense', firstVersion: null, timeUnit: 'ms', complete: false },
    ...{ allow: [], minAtRisk: 1, badLines: 'skip', events: null, redact: null },
  });
}

describe('a mapped order', () => {
  it('may leave numbers out, and be beyond 2^53', async () => {
    expect((await checked(1, 7, '9007199254740993', '9007199254740994')).lines).toMatchObject({ record: 4, bad: 0 });
  });

  it.each([[[2, 1]], [[2, 2]], [['9007199254740993', '9007199254740993']]])('is refused as %j', async (orders) => {
    await expect(checked(...orders)).rejects.toThrow('app.log, line 2: its order is');
  });

  it('that is no integer makes the line bad', async () => {
    expect((await checked(1, 'two', 3)).lines).toMatchObject({ record: 2, bad: 1 });
  });
});
