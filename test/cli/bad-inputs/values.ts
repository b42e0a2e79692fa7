/** Values of flags that no run can use. */
import { ofArguments, type BadInput } from './bad-input.js';

const topics = 'allowed: a whole number from 1 to 1,000';
const topicsWayOut = 'the default is --topics 5; see eventbus-bench run --help';

export const badValues: readonly BadInput[] = [
  ...ofArguments(
    ['run', '--topics'],
    ['0', '-1', '1.5', 'abc', '1e9', '5 ', '٥', '99999999999999999999'].map(
      (value) => [[value], topics, topicsWayOut] as const,
    ),
  ),
  ...ofArguments(
    ['run'],
    [
      [['--topics='], '--topics is empty; allowed', topicsWayOut],
      [['--topics', '\u001b[31m5'], '\\u001b[31m5', topicsWayOut],
      [['--aggregates', '3'], '--aggregates is 3 but topics (by default) is 5', 'ask for 5 aggregates or more'],
      [
        ['--aggregates', '1e6', '--versions', '1e4'],
        '10,000,000,000 events; allowed: at most 1,000,000,000',
        'ask for fewer aggregates',
      ],
      [['--workers', '100000'], '--workers is 100000; allowed: a whole number from 1 to 65,536', '--workers 256'],
      [['--seed', '-1'], '--seed is -1; allowed: a whole number from 0 to 4,294,967,295', '--seed 42'],
      [['--seed', '4294967296'], '--seed is 4294967296; allowed', '--seed 42'],
      [['--publish', 'async'], '--publish is async; allowed: serial, handled, async:N', '--publish serial'],
      [['--mode', 'mutli'], '--mode is mutli; allowed: all, multi, single', 'did you mean multi?'],
      [['--mode', ''], '--mode is empty; allowed: all', 'the default is --mode all'],
      [['--mode', 'single,'], '--mode has an empty item; allowed: all', 'the default is --mode all'],
      [
        ['--mode', 'single', '--durable', 'shared'],
        '--durable is shared but --mode is single',
        'leave the durable out',
      ],
      [['--strategy', 'keyd-pool'], '--strategy is keyd-pool; allowed: keyed-pool', 'did you mean keyed-pool?'],
      [['--broker', 'natss'], '--broker is natss; allowed: sim, sim:jetstream, sim:kafka, nats', 'did you mean nats?'],
      [['--broker', 'rabbitmq'], '--broker is rabbitmq; allowed: sim', '--broker sim'],
      [['--broker', ','], '--broker has an empty item; allowed: sim', '--broker sim'],
      [['--max-wait', '100'], '--max-wait is 100; allowed: a duration with its unit', '--max-wait 100ms'],
      [['--ack-wait', '25h'], '--ack-wait is 25h; allowed: a duration with its unit', '--ack-wait 30s'],
      [['--backoff', '1s,2'], '--backoff is', 'see eventbus-bench run --help'],
      [['--handler-time', '5'], '--handler-time is 5; allowed: a duration such as 1ms, a range', '--handler-time 1ms'],
      [['--handler-time', '5-1ms'], '--handler-time is 5-1ms; allowed', '--handler-time 1ms'],
      [['--handler-fail', '150%'], '--handler-fail is 150%; allowed: a share from 0 to 1', '--handler-fail 0'],
      [
        ['--partitions', '4'],
        '--partitions is a setting of Kafka, and the broker is sim:jetstream',
        '--broker sim:kafka',
      ],
      [['--broker', 'sim:kafka', '--ack-wait', '5s'], '--ack-wait is a setting of JetStream', 'run on JetStream'],
      [['--broker', 'sim:kafka', '--acks', '2'], '--acks is 2; allowed: none, leader or all', '--acks all'],
      [['--repeat', '0'], '--repeat is 0; allowed: a whole number from 1 to 1,000', '--repeat 1'],
      [['--name', '../../out'], '--name is "../../out"; allowed', '--name run'],
      [['--allow', 'duplicat'], '--allow is duplicat; allowed: regression', 'did you mean duplicate?'],
      [['--max-violations', '-1'], '--max-violations is -1; allowed: a whole number from 0', runHelp()],
      [['--max-violations', '0', '--gate-mode', 'sngle'], 'sngle', 'did you mean single?'],
      [['--confidence', '95'], '--confidence is 95; allowed: a share more than 0%', runHelp()],
      [['--fail-on', ''], '--fail-on is empty; allowed: an expression', runHelp()],
      [['--fail-on', 'regresions>0'], 'there is no "regresions"', 'did you mean regressions?'],
      [['--fail-on', 'duplicates>0'], '"duplicates" in "duplicates>0" is a group', 'name one of duplicates.'],
      [['--fail-on', 'regressions=>0'], 'expected one of >= <= == != > < at character 12', 'such as regressions>0'],
      [['--fail-on', 'regressions>'], 'expected a number at character 13', 'such as regressions>0'],
      [['--fail-on', 'lost>0 && x'], 'expected nothing more at character 8', 'such as regressions>0'],
      [['--fail-on', `lost>${'9'.repeat(50)} or so`], 'expected nothing more', 'such as regressions>0'],
      [['--fail-on', 'outcome>violated'], 'expected == or !=', 'outcome==violated'],
      [['--fail-on', 'outcome==bad'], 'expected ordered, violated, inconclusive', 'outcome==violated'],
      [['--sweep', 'topics'], '--sweep is topics; allowed: a map', runHelp()],
      [['--sweep', 'topics='], 'sweep', runHelp()],
      [['--sweep', 'topcs=1,2'], 'unknown field "topcs" in sweep', 'did you mean topics?'],
      [['--sweep', 'topics=1,a'], 'sweep (--sweep), topics=a: --topics is a', '--topics 5'],
      [['--nats-url', 'nats://localhost:4222'], '--nats-url names a NATS server, but the broker is', '--broker nats'],
      [['--broker', 'nats', '--nats-token', 'x'], '--nats-token is given, but no server', 'add --nats-url'],
      [['--broker', 'kafka', '--kafka-user', 'x'], '--kafka-user is given, but no server', 'add --kafka-brokers'],
    ],
  ),
];

function runHelp(): string {
  return 'see eventbus-bench run --help';
}
