/** What is no trace. A trace that was cut off is one, and is judged as far as it goes. */
import type { BadInput } from './bad-input.js';

const record = 'name the file that `run --trace FILE` wrote, or - for standard input';

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
    ['no trace at all\n', 'line 1, should be the header of a trace, but it is no trace at all', record],
    ['{"hello":"world"}\n', 'should be the header of a trace, but it is {"hello":"world"}', record],
    ['{"a":"' + 'x'.repeat(3_000_000), 'should be the header of a trace', record],
    [`{"n":${'['.repeat(20_000)}`, 'should be the header of a trace', record],
    [header, 'line 1, breaks off within the header', 'record it again'],
    [`${header}}\n`, 'is a header that cannot be used', record],
    [
      '{\n  "schemaVersion": "2.0",\n  "runs": []\n}\n',
      'trace.ndjson is a report, not a trace',
      'eventbus-bench report',
    ],
    [Uint8Array.of(0x1f, 0x8b, 8, 0), 'line 1, is compressed, not text', 'gunzip'],
    [Buffer.from(`\ufeff${header}}\n`, 'utf16le'), 'trace.ndjson is not text in UTF-8', record],
    ['\u001b[2J\n', 'should be the header of a trace', record],
  ]),
  { args: ['check', 'nowhere.ndjson'], says: 'there is no trace nowhere.ndjson', wayOut: record },
  { args: ['check', 'no/trace.ndjson'], says: 'there is no trace no/trace.ndjson', wayOut: record },
  { args: ['check', ''], says: 'the name of the trace is empty', wayOut: record },
  { args: ['check', '.'], says: '. is a folder, not a trace', wayOut: record },
  { args: ['check', '-'], says: 'standard input is empty', wayOut: record },
  { args: ['check', '-'], stdin: 'hello\n', says: 'standard input, line 1, should be the header', wayOut: record },
  {
    args: ['check', '-'],
    stdin: '{\n"schemaVersion": "2.0"\n}\n',
    says: 'standard input is a report, not a trace',
    wayOut: 'eventbus-bench report shows it',
  },
  {
    args: ['check', 'loop'],
    files: { loop: { link: 'loop' } },
    says: 'the trace loop cannot be read: it is a link that leads back to itself',
    wayOut: record,
  },
];
