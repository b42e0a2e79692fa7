/** Records of which nothing can be read, or that are named in a way that cannot be meant. */
import type { BadInput } from './bad-input.js';

const line = '{"aggregate":"a","version":1}\n';
const once = 'name each source once';
const pattern = 'order=(?<aggregate>\\S+) seq=(?<version>\\d+)';
const perLine = 'a record is NDJSON, a line for each handling';

export const badRecords: readonly BadInput[] = [
  { args: ['check', 'a.log', 'a.log'], files: { 'a.log': line }, says: 'a.log is named twice', wayOut: once },
  {
    args: ['check', 'a.log', 'link'],
    files: { 'a.log': line, link: { link: 'a.log' } },
    says: 'a.log and link are the same file',
    wayOut: once,
  },
  { args: ['check', '-', '-'], stdin: line, says: 'standard input is named twice', wayOut: once },
  { args: ['check', '/dev/null'], says: '/dev/null is empty', wayOut: 'name a file that has the record' },
  {
    args: ['check', 'a.log', '--pattern', 'order=(\\S+) seq=(\\d+)'],
    files: { 'a.log': line },
    says: '--pattern has no group aggregate and version',
    wayOut: 'such as --pattern',
  },
  {
    args: ['check', 'a.log', '--pattern', pattern],
    files: { 'a.log': 'started\nready\n' },
    says: 'no line of a.log matches --pattern',
    wayOut: 'the first one is: started',
  },
  {
    args: ['check', 'a.log'],
    files: { 'a.log': '{"aggregate":"a","version":"v1"}\n{"aggregate":"a","version":1e400}\n' },
    says: 'line 1: its version is no integer of up to 64 bits',
    wayOut: perLine,
  },
  {
    args: ['check', 'a.log'],
    files: { 'a.log': '{"aggregate":"a","version":9223372036854775808}\n' },
    says: 'its version is no integer of up to 64 bits: {"aggregate":"a","version":"9223372036854775808"}',
    wayOut: perLine,
  },
  {
    args: ['check', 'a.log', '--bad-lines', 'stop'],
    files: { 'a.log': `${line}oops\n` },
    says: 'a.log, line 2: it is not JSON: oops',
    wayOut: 'leave --bad-lines at skip',
  },
  {
    args: ['check', 'a.log'],
    files: { 'a.log': Buffer.from(line.repeat(3), 'utf16le') },
    says: 'a.log is written in UTF-16',
    wayOut: 'iconv -f UTF-16LE -t UTF-8 a.log',
  },
  {
    args: ['check', 'a.csv'],
    files: { 'a.csv': 'Order,Seq\na,1\n' },
    says: 'a.csv, read as CSV, has no column aggregate and version',
    wayOut: 'say which they are: --map aggregate=Order,version=Seq',
  },
];
