/**
 * A command that is given parses, and asks for what takes the reason away: for every kind of reason and remedy, and rows
 * of every shape.
 */
import type { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { createCompareCommand } from '../../../src/cli/commands/compare.js';
import { createRunCommand } from '../../../src/cli/commands/run.js';
import type { CliContext } from '../../../src/cli/context.js';
import { scenarioFlags } from '../../../src/cli/options/scenario-options.js';
import { remedyKinds } from '../../../src/domain/report/cause-evidence.js';
import type { LatentReason, Reason } from '../../../src/domain/report/reason.js';
import { plainReason } from '../../../src/domain/report/reason.js';
import type { RunReport, RunRow } from '../../../src/domain/report/run-report.js';
import type { Scenario } from '../../../src/domain/scenario/scenario.js';
import { decisiveCommand, decisiveCommandOf } from '../../../src/report/words/decisive-command.js';
import { remedyCommand } from '../../../src/report/words/remedy-text.js';
import { planRows } from '../../run/row/plan-rows.js';
import { plannedRows } from '../../../src/scenario/planned-rows.js';
import { resolveScenario } from '../../../src/scenario/resolve.js';
import { strategies, strategyById, strategyIds } from '../../../src/strategy/registry.js';
import { everyReason } from '../every-reason.js';
import { report, row, tooFewAtRisk } from '../fixtures.js';

/** The words of a command as a shell takes them apart; commands here quote with single quotes only. */
function wordsOf(command: string): string[] {
  return [...command.matchAll(/'((?:[^']|'\\'')*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain!);
}

/** What the command line makes of a command of this tool. @throws if it does not parse or is not valid */
function resolved(words: readonly string[]): Scenario {
  const [name, ...args] = words;
  const context = {} as CliContext;
  const command: Command = name === 'compare' ? createCompareCommand(context) : createRunCommand(context);
  command.exitOverride().configureOutput({ writeErr: () => undefined });
  command.action(() => undefined);
  command.parse(args, { from: 'user' });
  return resolveScenario({ flags: scenarioFlags(command.opts()), strategies: strategyIds });
}

function resolvedCommand(command: string): Scenario {
  const [tool, ...words] = wordsOf(command);
  expect(tool).toBe('eventbus-bench');
  expect(words[0]).toBe('run');
  return resolved(words);
}

/** The report of a command, with its rows as planned, all inconclusive for these reasons. */
function reportOf(command: string, reasons: readonly Reason[]): RunReport {
  const words = wordsOf(command);
  const scenario = resolved(words);
  const rows = plannedRows(scenario).map(({ id, broker, modeRow, strategy, repeat, point }): RunRow => {
    const [mode, durable = null] = modeRow.split('/') as ['multi' | 'single', 'shared' | 'per-topic' | undefined];
    return row(id, {
      ...{ mode, durable, strategy, repeat, point, reasons, outcome: 'inconclusive' },
      broker: { kind: broker, version: null, url: null },
    });
  });
  return report(rows, { command: words, scenario, seed: scenario.seed });
}

/** What the decisive command of the first row comes to. */
function decided(command: string, ...reasons: readonly Reason[]): Scenario {
  const given = reportOf(command, reasons);
  return resolvedCommand(decisiveCommandOf(given.runs[0]!, given)!);
}

const notSurvived = (numbers: Partial<Record<string, number>>): Reason => ({
  ...{ kind: 'latent', of: 'not-survived', detail: null },
  numbers: { redelivery: 0, crash: 0, resize: 0, rebalance: 0, partitions: 0, ...numbers },
});

const latent = (of: LatentReason['of']): Reason => everyReason.find((reason) => reason.of === of)!;

const commands = [
  'run',
  'run --mode single --json',
  'run --mode multi --durable shared --seed 7 --repeat 3',
  'run --broker nats,kafka --topics 5 --name a.b',
  "run --broker sim:kafka --strategy keyed-pool,partition-serial --key=none --fail-on 'lost>0'",
  'run --strategy single+serial,multi/shared+keyed-pool --gate-mode single --max-violations 0',
  'run --mode single --disturb crash:300ms@98% --disturb=workers:5@50% --ack-wait 100ms --backoff 1s,2s',
  'run --broker sim:kafka --mode single --disturb partitions:6@30%,join@50% --idempotent',
  'run --mode single --sweep versions=1,2,5 --publish handled --rate 100',
  'run --mode single --members 2 --strategy partitioned,pinned-client --max-ack-pending 1',
  'run --broker kafka --members 2 --in-flight 5 --commit-interval 5s --publishers-per-aggregate 2',
  'compare',
  'compare --modes single --strategies keyed-pool,serial --baseline single+serial',
];

describe('a command that would decide', () => {
  it.each(commands)('parses for every row and reason of: %s', (command) => {
    for (const reason of everyReason) {
      const given = reportOf(command, [reason]);
      const told = given.runs.map((one) => decisiveCommand(reason, one, given));
      for (const text of told.filter((one) => one !== null)) resolvedCommand(text);
      const none: readonly Reason['kind'][] = ['anomaly', 'not-run', 'told'];
      const hangsOnRow = ['shared-source', 'no-key', 'unsafe-publish', 'gives-up', 'near-timeout'].includes(
        String(reason.of),
      );
      if (!hangsOnRow) expect(told.includes(null), reason.kind).toBe(none.includes(reason.kind));
    }
    const all = reportOf(command, everyReason);
    for (const one of all.runs) resolvedCommand(decisiveCommandOf(one, all)!);
  });

  it.each(commands)('parses for every row and remedy of: %s', (command) => {
    const given = reportOf(command, []);
    for (const kind of remedyKinds) {
      for (const one of given.runs) {
        const text = remedyCommand({ kind, detail: null }, one, given);
        if (text !== null) resolvedCommand(text);
      }
    }
  });

  it('runs the row alone, with the seed and the flags of its report', () => {
    const given = reportOf('run --topics 3 --fail-on lost>0 --seed 9', [plainReason('truncated')]);
    expect(decisiveCommandOf(given.runs[0]!, given)).toBe(
      "eventbus-bench run --topics 3 --fail-on 'lost>0' --seed 9 --mode multi/shared --strategy keyed-pool",
    );
  });

  it('asks for enough versions that the pairs at risk are four times as many as wanted', () => {
    expect(decided('run --mode single --versions 20', tooFewAtRisk(12, 40)).versions).toBe(200);
    expect(decided('run --mode single --versions 2', tooFewAtRisk(29, 40)).versions).toBe(20);
    expect(decided('run --mode single --sweep versions=40', tooFewAtRisk(15, 40)).versions).toBe(320);
  });

  it('asks for room for several events of each aggregate where most pairs waited and few were at risk', () => {
    const command = 'run --mode single --aggregates 42 --queue-size 9 --max-ack-pending 20';
    const { queueSize, maxAckPending, versions } = decided(command, tooFewAtRisk(6, 1302));
    expect([queueSize, maxAckPending, versions]).toEqual([168, 168, 200]);
    expect(decided('run --mode single --batch 1', tooFewAtRisk(6, 1302)).batch).toBe(200);
    expect(decided(command, tooFewAtRisk(6, 40))).toMatchObject({ queueSize: 9, maxAckPending: 20 });
    expect(decided('run --mode single', tooFewAtRisk(6, 1302))).toMatchObject({ queueSize: 1024, maxAckPending: 1000 });
    expect(decided('run --mode single --max-ack-pending 1', tooFewAtRisk(6, 1302)).maxAckPending).toBe(1);
    const onKafka = decided('run --broker sim:kafka --mode single --queue-size 9', tooFewAtRisk(6, 1302));
    expect(onKafka.queueSize).toBe(200);
  });

  it('lets a publisher wait for room whose full window left gaps', () => {
    const gaps: Reason = { kind: 'open-gaps', of: null, numbers: { gaps: 9 }, detail: null };
    expect(decided('run --mode single --publish capped:8 --rate 60000', gaps).publish).toEqual({ kind: 'serial' });
  });

  it('presses harder where no pair was at risk', () => {
    expect(decided('run --mode single --publish handled --rate 10 --handler-time 0', tooFewAtRisk(0, 0))).toMatchObject(
      {
        ...{ versions: 1000, publish: { kind: 'serial' }, ratePerSecond: null },
        handlerTime: { minMs: 5, maxMs: 5 },
      },
    );
  });

  it('gives time-outs at least the bound that they need', () => {
    const near = latent('near-timeout');
    expect(decided('run --mode single --ack-wait 100ms', near).ackWaitMs).toBe(4_000);
    const waits = decided('run --mode single --backoff 1s,2s', near);
    expect(waits).toMatchObject({ backoffMs: [], ackWaitMs: 4_000 });
    const session = 'run --mode single --broker sim:kafka --session-timeout 1s';
    expect(decided(session, near).kafka.sessionTimeoutMs).toBe(4_000);
    const drain = decided(
      'run --mode single --ack-wait 1s',
      everyReason.find(({ kind }) => kind === 'drain-incomplete')!,
    );
    expect(drain.drainTimeoutMs).toBe(40_000);
  });

  it('takes the mechanism away that luck held together', () => {
    expect(decided('run --mode multi --durable shared', latent('shared-source')).modes).toEqual(['multi/per-topic']);
    expect(decided('run --strategy unkeyed-pool --mode single', latent('no-order-claimed')).strategies).toEqual([
      'keyed-pool',
    ]);
    const kafka = 'run --broker sim:kafka --mode single';
    expect(decided(`${kafka} --key none`, latent('no-key')).kafka.key).toBe('aggregate');
    expect(
      decided(`${kafka} --publishers-per-aggregate 2 --publish async:5`, latent('several-publishers')),
    ).toMatchObject({
      ...{ publishersPerAggregate: 1, publish: { kind: 'serial' } },
    });
  });

  it('leaves one of several replicas that share a durable by luck, and a durable for each topic', () => {
    const alone = decided('run --mode single --members 3', latent('shared-source'));
    expect(alone).toMatchObject({ modes: ['single'], kafka: { members: 1 } });
    const both = decided('run --mode multi --durable shared --members 3', latent('shared-source'));
    expect(both).toMatchObject({ modes: ['multi/per-topic'], kafka: { members: 1 } });
    const swept = decided('run --mode single --sweep members=2,3', latent('shared-source'));
    expect(swept.kafka.members).toBe(1);
  });

  it('lets one event at a time out to replicas that what failed came back to', () => {
    const scenario = decided('run --mode single --members 2', notSurvived({ redelivery: 1 }));
    expect(scenario.strategies).toEqual(['max-ack-pending-1']);
  });

  it.each([
    ['sim:jetstream', 'redelivery'],
    ['sim:jetstream', 'resize'],
    ['sim:jetstream', 'crash'],
    ['sim:kafka', 'redelivery'],
    ['sim:kafka', 'crash'],
    ['sim:kafka', 'resize'],
    ['sim:kafka', 'rebalance'],
  ] as const)('names on %s a strategy that survives a %s, and that can be run', (broker, threat) => {
    const scenario = decided(`run --broker ${broker} --mode multi --durable shared`, notSurvived({ [threat]: 1 }));
    expect(scenario.strategies).toHaveLength(1);
    expect(strategyById(scenario.strategies[0]!).guarantee.survives[threat]).toBe(true);
    expect(planRows(scenario, 'x').map(({ refusal }) => refusal)).toEqual([null]);
  });

  it('leaves added partitions out, which no strategy survives, and nothing else that was done', () => {
    const command = 'run --broker sim:kafka --mode single --disturb partitions:6@30%,join@50%';
    expect(decided(command, notSurvived({ partitions: 1 })).disturb).toEqual([{ kind: 'join', at: 0.5 }]);
  });

  it('lets what met no pair at risk come half-way through a bigger load, and leaves out what had no effect', () => {
    const exercised = (of: 'crash' | 'workers', effects: number): Reason => ({
      ...{ kind: 'not-exercised', of, detail: null },
      numbers: { effects, metAtRisk: 0 },
    });
    const command = 'run --mode single --disturb crash:300ms@98%,workers:5@20%';
    const bigger = decided(command, exercised('crash', 1));
    expect(bigger.versions).toBe(400);
    expect(bigger.disturb).toContainEqual({ kind: 'crash', forMs: 300, at: 0.5 });
    expect(decided(command, exercised('workers', 0)).disturb).toEqual([{ kind: 'crash', forMs: 300, at: 0.98 }]);
    expect(decided('run --mode single --disturb workers:5@20%', exercised('workers', 0)).disturb).toEqual([]);
  });

  it('gives a crash that found nothing in hand handlers that take longer, unless they do already', () => {
    const reason: Reason = {
      ...{ kind: 'not-exercised', of: 'crash', detail: 'crash:300ms@98%' },
      numbers: { effects: 0, metAtRisk: 0 },
    };
    const command = 'run --mode single --disturb crash:300ms@98%';
    expect(decided(command, reason)).toMatchObject({
      ...{ versions: 400, disturb: [{ kind: 'crash', forMs: 300, at: 0.5 }], handlerTime: { minMs: 5, maxMs: 5 } },
    });
    expect(decided(`${command} --handler-time 20ms`, reason).disturb).toEqual([]);
  });

  it('lets members learn of a rebalance that met no pair at risk while there is still something to handle', () => {
    const reason: Reason = {
      ...{ kind: 'not-exercised', of: 'join', detail: 'join@90%' },
      numbers: { effects: 1, metAtRisk: 0 },
    };
    const command = 'run --broker sim:kafka --mode single --disturb join@90%';
    expect(decided(command, reason)).toMatchObject({
      ...{ versions: 400, disturb: [{ kind: 'join', at: 0.5 }], handlerTime: { minMs: 5, maxMs: 5 } },
      kafka: { heartbeatIntervalMs: 100 },
    });
    expect(decided(`${command} --heartbeat-interval 20ms`, reason).kafka.heartbeatIntervalMs).toBe(20);
  });

  it('takes all reasons of a row away at once', () => {
    const both = decided('run --mode multi --durable shared', latent('shared-source'), notSurvived({ redelivery: 3 }));
    expect(both).toMatchObject({ modes: ['single'], strategies: ['retry-in-place'] });
  });

  it('is not given for a row that is decided, or where the report does not say how it was run', () => {
    const given = reportOf('run --mode single', [plainReason('interrupted')]);
    const [one] = given.runs;
    expect(decisiveCommandOf({ ...one!, outcome: 'violated' }, given)).toBeNull();
    expect(decisiveCommandOf(one!, { ...given, scenario: null })).toBeNull();
    expect(decisiveCommandOf(one!, { ...given, command: ['check', 'x.ndjson'] })).toBeNull();
  });
});

describe('the command against pullers that compete', () => {
  const against = (command: string): Scenario => {
    const given = reportOf(command, []);
    return resolvedCommand(remedyCommand({ kind: 'one-puller', detail: null }, given.runs[0]!, given)!);
  };

  it('has a durable for each partition, which lets out one event at a time to any replica', () => {
    expect(against('run --mode single --members 2')).toMatchObject({
      ...{ strategies: ['partitioned'], modes: ['single'], kafka: { members: 2 } },
    });
  });

  it('leaves one replica where the row has that already, or acknowledges before handling, which undoes it', () => {
    for (const flags of ['--strategy partitioned', '--ack on-delivery', '--ack never'])
      expect(against(`run --mode single --members 2 ${flags}`).kafka.members, flags).toBe(1);
  });

  it('never asks for what the row has', () => {
    for (const { id } of strategies) {
      const scenario = against(`run --mode single --members 2 --strategy ${id}`);
      expect([scenario.strategies, scenario.kafka.members], id).not.toEqual([[id], 2]);
    }
  });
});
