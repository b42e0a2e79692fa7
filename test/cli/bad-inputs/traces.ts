/** What is neither a trace nor a record. A trace that was cut off is one, and is judged as far as it goes. */
import type { BadInput } from './bad-input.js';

const record = 'name a file that has the record';
const inLines = 'say where the fields are in its lines: --pattern';
const perLine = 'a record is NDJSON, a line for each handling';

function trace(
  inputs: readonly (readonly [content: string | Uint8Array, says: string, wayOut: string])[],
): readonly BadInput[] {
  return inputs.flatMap(([content, says, wayOut]) => [
    { args: ['check', 'trace.ndjson'], files: { 'trace.ndjson': content }, says, wayOut },
  ]);
}

const header = '{"kind":"header","format":"eventbus-bench-trace","formatVersion":4';

export const badTraces: readonly BadInput[] = [
  ...trace([
    ['', 'trace.ndjson is empty', record],
    ['\n\n', 'trace.ndjson is empty', record],
    ['no trace at all\n', 'trace.ndjson is neither JSON nor CSV with a header', inLines],
    ['{"hello":"world"}\n', 'no line of trace.ndjson has both an aggregate and a version', 'trace.ndjson has .hello'],
    ['{"a":"' + 'x'.repeat(3_000_000), 'line 1: it is not JSON', perLine],
    [`{"n":${'['.repeat(20_000)}`, 'line 1: it is not JSON', perLine],
    [header, 'line 1, breaks off within the header', 'record it again'],
    [`${header}}\n`, 'is a header that cannot be used', 'name the file that `run --trace FILE` wrote'],
    ['{\n  "schemaVersion": "2.0",\n  "runs": []\n}\n', 'objects of JSON over many lines', 'jq -c . trace.ndjson'],
    [Uint8Array.of(0x1f, 0x8b, 8, 0), 'the gzip file is cut off here', perLine],
    [Buffer.from(`\ufeff${header}}\n`, 'utf16le'), 'trace.ndjson is written in UTF-16', 'iconv -f UTF-16 -t UTF-8'],
    ['\u001b[2J\n', 'trace.ndjson is neither JSON nor CSV with a header', inLines],
  ]),
  { args: ['check', 'nowhere.ndjson'], says: 'there is no file nowhere.ndjson', wayOut: record },
  { args: ['check', 'no/trace.ndjson'], says: 'there is no file no/trace.ndjson', wayOut: record },
  { args: ['check', ''], says: 'the name of the record is empty', wayOut: record },
  { args: ['check', '.'], says: '. is a folder, not a record', wayOut: record },
  { args: ['check', '-'], says: 'standard input is empty', wayOut: record },
  { args: ['check', '-'], stdin: 'hello\n', says: 'standard input is neither JSON nor CSV', wayOut: inLines },
  {
    args: ['check', '-'],
    stdin: '{\n"schemaVersion": "2.0"\n}\n',
    says: 'objects of JSON over many lines',
    wayOut: 'jq -c .',
  },
  {
    args: ['check', 'loop'],
    files: { loop: { link: 'loop' } },
    says: 'loop cannot be read: it is a link that leads back to itself',
    wayOut: record,
  },
];
