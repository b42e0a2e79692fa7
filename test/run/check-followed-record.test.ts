/** What a file had that was truncated while it was followed is not known, so nothing is claimed of it. */
import { Readable } from 'node:stream';
import { expect, it } from 'vitest';
import type { RecordReport } from '../../src/domain/record/record-report.js';
import { streamOpener } from '../../src/record/input/stream-opener.js';
import { NdjsonReader } from '../../src/record/ndjson/ndjson-reader.js';
import { pathTree } from '../../src/record/ndjson/path-tree.js';
import { checkRecord } from '../../src/run/check-record.js';

const published = '{"ev":"publish","aggregate":"a","version":1}\n{"ev":"publish","aggregate":"a","version":2}\n';

function checked(truncations: number): Promise<RecordReport> {
  const text = `${published}{"aggregate":"a","version":1}\n{"aggregate":"a","version":3}\n`;
  return checkRecord({
    sources: [streamOpener(Readable.from([Buffer.from(text)]), 'app.log')],
    readerOf: (_, sink) => new NdjsonReader(pathTree(new Map(), { only: false }), new Map(), sink),
    ...{ map: new Map(), filter: null, versions: 'dense', firstVersion: null, timeUnit: 'ms', complete: true },
    ...{ allow: [], minAtRisk: 1, badLines: 'skip', events: null, redact: null, truncations: () => truncations },
  });
}

it('has losses and phantoms where the file was read whole', async () => {
  expect(await checked(0)).toMatchObject({ outcome: 'violated', complete: true, counts: { lost: 1, phantoms: 1 } });
});

it('claims neither a loss nor a phantom where the file was truncated', async () => {
  const report = await checked(2);
  expect(report).toMatchObject({ outcome: 'inconclusive', complete: false, counts: { lost: null, phantoms: null } });
  expect(report.reasons).toContainEqual({ kind: 'truncated', count: 2 });
});
