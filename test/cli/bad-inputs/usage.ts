/** Commands, flags and arguments that are not there, are too many, or contradict each other. */
import { ofArguments, type BadInput } from './bad-input.js';

const runHelp = 'see eventbus-bench run --help';
const gateHelp = 'see eventbus-bench gate --help';

export const badUsage: readonly BadInput[] = [
  ...ofArguments(
    [],
    [
      [['rnu'], "unknown command 'rnu'", 'did you mean run?'],
      [['comapre'], "unknown command 'comapre'", 'did you mean compare?'],
      [['docter'], "unknown command 'docter'", 'did you mean doctor?'],
      [['explode'], "unknown command 'explode'", 'see eventbus-bench --help'],
      [['RUN'], "unknown command 'RUN'", 'eventbus-bench'],
      [[''], "unknown command ''", 'see eventbus-bench --help'],
      [['--topics', '5'], "unknown option '--topics'", 'see eventbus-bench --help'],
      [['-x'], "unknown option '-x'", 'see eventbus-bench --help'],
      [['\u001b[2J'], 'unknown command', 'see eventbus-bench --help'],
      [['rün'], 'unknown command', 'did you mean run?'],
    ],
  ),
  ...ofArguments(
    ['run'],
    [
      [['--topcis', '5'], "unknown option '--topcis'", 'did you mean --topics?'],
      [['--zzz'], "unknown option '--zzz'", runHelp],
      [['-v'], "unknown option '-v'", runHelp],
      [['--max-ack-pendign', '5'], "unknown option '--max-ack-pendign'", 'did you mean --max-ack-pending?'],
      [['--maxAckPending', '5'], "unknown option '--maxAckPending'", runHelp],
      [['--json=yes'], "unknown option '--json=yes'", runHelp],
      [['--quiet=1'], "unknown option '--quiet=1'", 'did you mean --quiet?'],
      [['--topics'], "option '--topics <n>' argument missing", runHelp],
      [['--seed'], "option '--seed <n>' argument missing", runHelp],
      [['--format'], "option '--format <format>' argument missing", runHelp],
      [['--trace'], "option '--trace <file>' argument missing", runHelp],
      [['--report-dir'], "option '--report-dir <folder>' argument missing", runHelp],
      [['--format', 'xml'], "argument 'xml' is invalid", 'see eventbus-bench run --help'],
      [['--json', '--format', 'csv'], '--json is given, and --format is csv', 'leave one of them out'],
      [['--gate-mode', 'single'], '--gate-mode) names single, and there is no gate', 'give --max-violations'],
      [['--seeds', '3', '--repeat', '4'], 'both say the same thing', 'leave one of the two out'],
      [['--confidence', '95%'], '--confidence is given without within', '--within 5%'],
      [['--within', '5%'], '--within is given without confidence', '--confidence 95%'],
      [['a.yaml', 'b.yaml', '--trace', 't'], '--trace records one scenario', 'run them one at a time'],
      [['-'], 'not from standard input (-)', 'write it to a file'],
    ],
  ),
  ...ofArguments(
    ['compare'],
    [
      [['--zzz'], "unknown option '--zzz'", 'see eventbus-bench compare --help'],
      [['--baseline', 'nope'], '--baseline is nope, which is not compared', 'rows compared are multi/shared'],
      [['--baseline'], "option '--baseline <row>' argument missing", 'see eventbus-bench compare --help'],
      [['--repeat', 'x'], '--repeat is x; allowed: a whole number', 'the default is --repeat 5; see eventbus-bench'],
      [['--workers', '0'], '--workers is 0; allowed', 'the default is --workers 32; see eventbus-bench compare --help'],
      [['--strategies', 'keyd-pool'], '--strategy is keyd-pool; allowed: keyed-pool', 'did you mean keyed-pool?'],
      [['--modes', 'sngle'], '--mode is sngle; allowed: all', 'did you mean single?'],
    ],
  ),
  ...ofArguments(
    ['gate'],
    [
      [[], "missing required argument 'report'", gateHelp],
      [['a.json', 'b.json'], 'too many arguments', gateHelp],
      [['r.json', '--format', 'json'], "unknown option '--format'", gateHelp],
      [['r.json', '--threshold', '10%'], '--threshold is given, but there is no baseline', 'give --baseline too'],
      [['r.json', '--baseline', 'b', '--threshold', '0'], '--threshold is 0; allowed: a share', '--threshold 10%'],
      [['r.json', '--baseline', 'b', '--threshold', '10'], '--threshold is 10; allowed: a share', '--threshold 10%'],
      [['r.json', '--baseline', 'b', '--threshold', 'x'], '--threshold is x; allowed: a share', '--threshold 10%'],
      [['-', '--baseline', '-'], 'cannot both be read from standard input', 'name a file for one of them'],
      [['r.json', '--max-violations', '-1'], '--max-violations is -1; allowed', gateHelp],
      [['r.json', '--max-violations'], "option '--max-violations <n>' argument missing", gateHelp],
    ],
  ),
  ...ofArguments(
    [],
    [
      [['check'], "missing required argument 'files'", 'see eventbus-bench check --help'],
      [['check', 'a', 'b'], 'there is no file a', 'name a file that has the record'],
      [['check', '--format', 'xml', 'a'], "argument 'xml' is invalid", 'see eventbus-bench check --help'],
      [['report', 'a', 'b', 'c'], 'too many arguments', 'see eventbus-bench report --help'],
      [['report', 'a', '--format', 'xml'], "argument 'xml' is invalid", 'see eventbus-bench report --help'],
      [['report', '--output'], "option '--output <file>' argument missing", 'see eventbus-bench report --help'],
      [['--versoin'], "unknown option '--versoin'", 'did you mean --version?'],
      [['doctor', 'now'], 'too many arguments', 'see eventbus-bench doctor --help'],
      [['clean'], 'clean needs to know which server to clean', '--nats-url'],
      [['clean', '--dry'], "unknown option '--dry'", 'see eventbus-bench clean --help'],
    ],
  ),
];
