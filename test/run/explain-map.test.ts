/** The first lines of a source become fields before anything is checked, each with its value and where it was found. */
import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import type { ExplainedMap } from '../../src/domain/record/explained-map.js';
import { streamOpener } from '../../src/record/input/stream-opener.js';
import type { RecordField } from '../../src/domain/record/record-fields.js';
import { parseMap, type FieldMap } from '../../src/record/map/parse-map.js';
import { NdjsonReader } from '../../src/record/ndjson/ndjson-reader.js';
import { pathTree } from '../../src/record/ndjson/path-tree.js';
import { renderExplained } from '../../src/report/terminal/explained-screen.js';
import { explainMap } from '../../src/run/explain-map.js';

function constantsOf(map: FieldMap): ReadonlyMap<RecordField, string> {
  return new Map([...map].flatMap(([field, from]) => (from.kind === 'constant' ? [[field, from.text] as const] : [])));
}

function explained(lines: readonly unknown[], mapText = ''): Promise<ExplainedMap> {
  const map = parseMap(mapText);
  const text = lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n');
  return explainMap({
    source: streamOpener(Readable.from([Buffer.from(text)]), 'app.log'),
    map,
    readerOf: (_, sink) => new NdjsonReader(pathTree(map, { only: false }), constantsOf(map), sink),
  });
}

const order = { order: { id: 'order-7', 'a.b': 3 }, topic: 'orders' };

describe('explainMap', () => {
  it('gives each field its value and its source, as the map writes it', async () => {
    const { lines } = await explained([order], `aggregate=.order.id,version=.order.["a.b"],lane='w'`);
    expect(lines).toEqual([
      {
        kind: 'record',
        line: 1,
        fields: [
          { field: 'aggregate', value: 'order-7', from: '.order.id' },
          { field: 'version', value: '3', from: '.order.["a.b"]' },
          { field: 'topic', value: 'orders', from: 'topic' },
          { field: 'lane', value: 'w', from: "'w'" },
        ],
      },
    ]);
  });

  it('keeps bad lines and lines of something else, each as that', async () => {
    const { lines } = await explained(['{', { msg: 'hi' }, { aggregate: 'a', version: 1.5 }]);
    expect(lines.map(({ kind, line }) => [line, kind])).toEqual([
      [1, 'bad'],
      [2, 'other'],
      [3, 'bad'],
    ]);
  });

  it('stops after ten lines, and proposes a map where none was one of a record', async () => {
    const log = Array.from({ length: 30 }, () => ({ orderId: 'o-1', seq: 4 }));
    const { lines, proposed } = await explained(log);
    expect(lines).toHaveLength(10);
    expect(proposed).toBe('aggregate=.orderId,version=.seq');
    expect((await explained(log, proposed!)).proposed).toBeNull();
  });

  it('is shown with what is missing, within the width', async () => {
    const text = renderExplained(await explained([{ aggregate: 'a', version: 1 }, { msg: 'x'.repeat(500) }]), {
      width: 60,
      color: false,
    });
    expect(text).toContain('In none of these lines: topic, ev,');
    expect(text).toContain('line 2, which is passed over');
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(60);
  });
});
