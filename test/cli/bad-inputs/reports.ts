/** What is no report, for `report` and for `gate`, and gates that no report has. */
import type { BadInput } from './bad-input.js';

const latest = 'for example reports/latest.json';
const trace = '{"kind":"header","format":"eventbus-bench-trace"}\n{"kind":"end"}\n';
const noRows = '{"schemaVersion": "2.0", "runs": []}';

/** `report r.json` and `gate r.json` with this content. */
function report(
  inputs: readonly (readonly [content: string | Uint8Array, says: string, wayOut: string])[],
): readonly BadInput[] {
  return inputs.map(([content, says, wayOut], at) => ({
    args: at % 3 === 0 ? ['gate', 'r.json', '--max-violations', '0'] : ['report', 'r.json'],
    files: { 'r.json': content },
    says,
    wayOut,
  }));
}

export const badReports: readonly BadInput[] = [
  ...report([
    ['', 'r.json is empty', latest],
    [' \n', 'r.json is empty', latest],
    ['{"schemaVersion": "2.0", "ru', 'r.json is not JSON: it breaks off in the middle', latest],
    ['{"a": [1, {', 'r.json is not JSON: it breaks off in the middle', latest],
    [`${noRows}\n${noRows}\n`, 'r.json is not JSON: something follows it in line 2', latest],
    ['{\n"a": 1,\n}', 'r.json is not JSON: line 3 is wrong', latest],
    ['<html></html>', 'r.json is not JSON', latest],
    ['topics: 5\n', 'r.json is not JSON', latest],
    [`{"a":${'['.repeat(20_000)}`, 'r.json is not JSON: it breaks off', latest],
    ['null', 'r.json is not a report: it has no schemaVersion', latest],
    ['{}', 'r.json is not a report: it has no schemaVersion', latest],
    ['[]', 'r.json is an empty list: it has no report', latest],
    ['[1]', 'r.json, report 1 is not a report: it has no schemaVersion', latest],
    [
      '{"schemaVersion": "9.0"}',
      'r.json has schema version 9.0, and this eventbus-bench reads 1.x and 2.x',
      'run again',
    ],
    ['{"schemaVersion": 2}', 'r.json is not a report: it has no schemaVersion', latest],
    [noRows, 'r.json is not a valid report: tool is missing, and 8 more fields are wrong', latest],
    ['{"schemaVersion": "1.0", "runs": [null]}', 'r.json is not a valid report', latest],
    ['{"schemaVersion": "2.0", "runs": 5}', 'r.json is not a valid report', latest],
    [trace, 'r.json is a trace, not a report', 'eventbus-bench check TRACE --json > report.json'],
    [Buffer.from('\ufeff{}', 'utf16le'), 'r.json is not text in UTF-8', latest],
    ['{"a": "\0"}', 'r.json is not text in UTF-8', latest],
    [Uint8Array.of(0x1f, 0x8b, 8, 8), 'r.json is not JSON', latest],
  ]),
  { args: ['report', 'nowhere.json'], says: 'there is no report nowhere.json', wayOut: latest },
  { args: ['report', 'r.json/x'], files: { 'r.json': '{}' }, says: 'there is no report r.json/x', wayOut: latest },
  { args: ['report', ''], says: 'the name of the report is empty', wayOut: latest },
  { args: ['report', '.'], says: '. is a folder, not a report', wayOut: latest },
  { args: ['report'], says: 'standard input is empty', wayOut: latest },
  { args: ['report', '-'], stdin: '{"a"', says: 'standard input is not JSON: it breaks off', wayOut: latest },
  { args: ['report', '-'], stdin: trace, says: 'standard input is a trace', wayOut: 'eventbus-bench check' },
  { args: ['gate', 'nowhere.json'], says: 'there is no report nowhere.json', wayOut: latest },
  { args: ['gate', '-'], stdin: '', says: 'standard input is empty', wayOut: latest },
  { args: ['gate', 'r', '--fail-on', 'x>1'], files: { r: noRows }, says: 'r is not a valid report', wayOut: latest },
];
