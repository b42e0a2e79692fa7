/** Scenario files that are missing, unreadable, no YAML, or no scenario. */
import type { BadInput } from './bad-input.js';

const docs = 'docs/SCENARIOS.md';
const bomb = `a: &a [1, 1, 1, 1, 1, 1, 1, 1, 1]\nb: &b [${'*a, '.repeat(9)}]\nc: &c [${'*b, '.repeat(9)}]\n`;

type Content = string | Uint8Array;

/** `run mine.yaml` with this content. */
function mine(inputs: readonly (readonly [content: Content, says: string, wayOut: string])[]): readonly BadInput[] {
  return inputs.map(([content, says, wayOut]) => ({
    args: ['run', 'mine.yaml'],
    files: { 'mine.yaml': content },
    says,
    wayOut,
  }));
}

const checkout = { 'scenarios/checkout.yaml': 'topics: 5\n', 'mine/payments.yaml': 'topics: 5\n' };

export const badScenarios: readonly BadInput[] = [
  ...mine([
    ['topics: 5\ntopcis: 6\n', 'mine.yaml, line 2: unknown field "topcis"', 'did you mean topics?'],
    ['max-wait: 100ms\n', 'line 1: unknown field "max-wait"', 'did you mean maxWait?'],
    ['Topics: 5\n', 'line 1: unknown field "Topics"', 'did you mean topics?'],
    ['reports: ../elsewhere\n', 'mine.yaml, line 1: unknown field "reports"', docs],
    ['1: 5\n', 'line 1: unknown field "1"', docs],
    ['"": 5\n', 'line 1: unknown field ""', docs],
    ['__proto__: {topics: 3}\n', 'line 1: unknown field "__proto__"', docs],
    ['base: &b {topics: 5}\n<<: *b\n', 'line 1: unknown field "base"', docs],
    ['"\\e[2Jx": 5\n', 'unknown field "\\x1b[2Jx"', docs],
  ]),
  ...mine([
    ['\n\ntopics: many\n', 'mine.yaml, line 3: topics is "many"; allowed: a whole number', 'topics: 5'],
    ['topics: 0\n', 'line 1: topics is 0; allowed: a whole number from 1 to 1,000', 'topics: 5'],
    ['topics: "5"\n', 'line 1: topics is "5"; allowed: a whole number', 'topics: 5'],
    ['topics: yes\n', 'line 1: topics is "yes"; allowed', 'topics: 5'],
    ['topics:\n', 'line 1: topics is empty; allowed', 'topics: 5'],
    ['topics: [5, 6]\n', 'line 1: topics is [5,6]; allowed', 'topics: 5'],
    ['topics: .inf\n', 'line 1: topics is Infinity; allowed', 'topics: 5'],
    ['topics: 123456789012345678901234567890\n', 'line 1: topics is 1.2345678901234568e+29; allowed', 'topics: 5'],
    ['topics: 0\nworkers: 0\n', 'line 1: topics is 0', '(and 1 more problem after this one)'],
    ['maxWait: 100\n', 'line 1: maxWait is 100; allowed: a duration with its unit', 'maxWait: 100ms'],
    ['topics: 5\r\nversions: 0\r\n', 'line 2: versions is 0; allowed', 'versions: 100'],
    ['\ufefftopics: 0\n', 'line 1: topics is 0; allowed', 'topics: 5'],
    ['{"topics": 0}', 'line 1: topics is 0; allowed', 'topics: 5'],
    ['name: ../../etc/x\n', 'line 1: name is "../../etc/x"; allowed', 'name: run'],
    ['disturb: [5]\n', 'line 1: disturb[1] is 5; allowed: a list of up to 20 disturbances', docs],
    ['disturb: ["join@x"]\n', '"join@x": "x" is no share of the events', 'write for example join@50%'],
    ['sweep:\n  topics: 5\n', 'line 2: sweep → topics is 5; allowed', docs],
    ['expect: 5\n', 'line 1: expect is 5; allowed: a map from rows', docs],
    ['expect: {single: {outcom: ordered}}\n', 'unknown field "outcom" in expect → single', 'did you mean outcome?'],
    ['expect:\n  single: {outcome: order}\n', 'expect → single → outcome is "order"; allowed', 'did you mean ordered?'],
    [
      'mode: multi\nexpect: {single: {outcome: ordered}}\n',
      'expects something of a row that is not run',
      'run the row',
    ],
    ['expect: {single: {that: [lost]}}\n', 'expect → single: "lost" is not an expression', 'such as'],
  ]),
  ...mine([
    ['', 'mine.yaml is empty', 'topics: 5'],
    ['# only a comment\n', 'mine.yaml is empty', 'topics: 5'],
    ['hello, world\n', 'mine.yaml is not a map of fields', 'topics: 5'],
    ['topics: [5\n', 'mine.yaml, line 2: this is not valid YAML', docs],
    ['{"topics": 5, "versions": ', 'mine.yaml, line 1: this is not valid YAML', docs],
    ['topics: 5\ntopics: 6\n', 'mine.yaml, line 2: topics is given a second time', 'leave one of the two out'],
    ['expect:\n\tsingle: 1\n', 'mine.yaml, line 2: it is indented with a tab', 'indent with spaces'],
    ['topics: 5\n  aggregates: 3\n', 'line 1: this is not valid YAML', docs],
    ['topics: !!js/function 5\n', 'line 1: this is not valid YAML: Unresolved tag', docs],
    ['topics: *nope\n', 'an alias that cannot be followed', 'write the values out'],
    [bomb, 'mine.yaml uses aliases (*name) that multiply', 'write the values out'],
    ['topics: 5\n---\ntopics: 6\n', 'line 2: a second document begins here', 'a file of its own'],
    ['['.repeat(50_000), 'mine.yaml is nested too deeply', docs],
    ['#'.repeat(1024 * 1024), 'mine.yaml is larger than 64 KiB', 'name a scenario file'],
    ['topics: 5\0', 'mine.yaml is a binary file', 'UTF-8'],
    [Uint8Array.of(0x74, 0xff, 0xfe, 0x0a), 'mine.yaml is a binary file', 'UTF-8'],
    [Buffer.from('\ufefftopics: 5\n', 'utf16le'), 'mine.yaml is text in UTF-16', 'save it as UTF-8'],
  ]),
  { args: ['run', 'nowhere.yaml'], says: 'there is no scenario file nowhere.yaml', wayOut: 'incident.yaml' },
  { args: ['run', 'incidnt.yaml'], says: 'there is no scenario file incidnt.yaml', wayOut: 'incident.yaml?' },
  { args: ['run', 'chekout.yaml'], files: checkout, says: 'chekout.yaml', wayOut: 'mean scenarios/checkout.yaml?' },
  { args: ['run', 'mine/paymets.yaml'], files: checkout, says: 'paymets', wayOut: 'mean mine/payments.yaml?' },
  { args: ['run', 'mine/incidnt.yaml'], files: checkout, says: 'incidnt', wayOut: 'in mine there are payments.yaml' },
  { args: ['run', 'no/x.yaml'], files: checkout, says: 'as there is no folder no', wayOut: 'in scenarios there are' },
  { args: ['run', 'mine'], files: { 'mine/a.yaml': '' }, says: 'mine is a folder', wayOut: 'in mine there are a.yaml' },
  { args: ['run', ''], says: 'the name of a scenario file is empty', wayOut: 'there are' },
  { args: ['run', `${'x'.repeat(300)}.yaml`], says: 'is too long', wayOut: 'use a shorter one' },
  {
    args: ['run', 'loop.yaml'],
    files: { 'loop.yaml': { link: 'loop.yaml' } },
    says: 'loop.yaml is a link that leads back to itself',
    wayOut: 'name the file itself',
  },
  {
    args: ['run', 'loop'],
    files: { loop: { link: 'loop' } },
    says: 'loop is a link that leads back to itself',
    wayOut: 'name the file itself',
  },
  { args: ['run', 'x'.repeat(300)], says: 'is too long', wayOut: 'use a shorter one' },
  { args: ['run', 'a\nerror: b.yaml'], says: 'a\\x0aerror: b.yaml', wayOut: 'there are' },
];
