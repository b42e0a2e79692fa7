/**
 * Tests the language of the Kafka scripts: a mistake is an error with its line, a wrong expectation a failure that
 * shows what came instead; and docs/CONFORMANCE-KAFKA.md lists every script.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { runKafkaScript } from './kafka-run-script.js';
import { parseKafkaScript } from './kafka-script.js';
import { kafkaScripts } from './kafka-scripts.js';
import { simulatedKafkaTarget } from './kafka-sim-target.js';
import { Contradiction } from './run-script.js';
import { ScriptError } from './script-words.js';

const opening = '# rule 2: Something.\n';
const declared = 'topic t partitions=2\npublisher P\nmember A\n';
const actionOf = (lines: string) => parseKafkaScript('x', opening + lines).steps.at(-1)!.action;

describe('a Kafka script', () => {
  it('should know publishers and members with all their settings, and their defaults', () => {
    const settings = 'acks=leader idempotent in_flight=2 retries=3 key=none partitioner=fnv1a batch=1';
    expect(actionOf(`publisher P ${settings}`)).toMatchObject({
      producer: {
        acks: 'leader',
        idempotent: true,
        requestsInFlight: 2,
        retries: 3,
        key: 'none',
        partitioners: ['fnv1a'],
        produceBatchBytes: 1,
      },
    });
    const member =
      'group=h topics=u consume=each-message concurrent=2 interval=1s threshold=5 session=2s heartbeat=100ms';
    expect(actionOf(`topic t\ntopic u\nmember A ${member} fetch_wait=50ms acks_itself async`)).toMatchObject({
      settings: {
        group: 'h',
        topics: ['u'],
        acksItself: true,
        awaited: false,
        consumer: {
          consume: 'each-message',
          partitionsConcurrently: 2,
          commit: { kind: 'auto', intervalMs: 1_000, threshold: 5 },
          sessionTimeoutMs: 2_000,
          heartbeatIntervalMs: 100,
          fetchWaitMs: 50,
        },
      },
    });
    expect(actionOf('topic t\nmember A commit=never')).toMatchObject({
      settings: { group: 'g', topics: ['t'], consumer: { consume: 'each-batch', commit: { kind: 'never' } } },
    });
  });

  it('should expand events and read their marks', () => {
    const action = actionOf(`${declared}expect A.t1: a1..2r b3@t1:4 c5* d6r2`);
    expect(action).toMatchObject({
      channel: { who: 'A', partition: 't1' },
      events: [
        { aggregate: 'a', version: 1, count: 2 },
        { aggregate: 'a', version: 2, count: 2 },
        { aggregate: 'b', version: 3, count: 1, place: 't1:4' },
        { aggregate: 'c', version: 5, count: null },
        { aggregate: 'd', version: 6, count: 3 },
      ],
    });
  });

  it.each([
    ['topik t', 'unknown step "topik"'],
    ['topic T', 'small letters'],
    ['topic t partitons=2', 'unknown setting "partitons"'],
    ['publisher p', 'begins with a capital'],
    ['topic t\npublish P a', 'nobody is called P'],
    ['publisher P\npublish P a', 'there is no topic'],
    ['topic t\npublisher P\npublish P 3', 'publish needs a publisher, an aggregate'],
    ['topic t\nmember A topics=u', 'there is no topic u'],
    ['topic t\nmember A session=2', '"2" is no duration'],
    ['topic t\nmember A commit=often', '"often" is not one of'],
    [`${declared}ack B a1`, 'nobody is called B'],
    [`${declared}ack A`, 'events are missing'],
    [`${declared}expect A: 3`, '"3" is no event'],
    [`${declared}expect B: a1`, 'nobody is called B'],
    [`${declared}expect A.u0: a1`, 'is no partition'],
    [`${declared}expect A sorted 3`, '"sorted" is not one of inverted, ordered'],
    [`${declared}state g`, 'is no whole number'],
    ['restart', 'restart takes exactly one word'],
    ['refuse maybe', '"maybe" is not one of on, off'],
  ])('should refuse %j, and say where', (lines, message) => {
    const line = lines.split('\n').length + 1;
    expect(() => actionOf(lines)).toThrow(ScriptError);
    expect(() => actionOf(lines)).toThrow(`x:${line}: `);
    expect(() => actionOf(lines)).toThrow(message);
  });
});

describe('a run of a Kafka script', () => {
  const run = (lines: string) => runKafkaScript(parseKafkaScript('x', opening + lines), simulatedKafkaTarget(1));
  const published = 'topic t\npublisher P\npublish P a 2\nmember A\n';

  it('should fail where a transcript differs, with what came instead', async () => {
    await expect(run(`${published}expect A: a2 a1`)).rejects.toThrow(Contradiction);
    await expect(run(`${published}expect A: a2 a1`)).rejects.toThrow('x:6: expect A: a2 a1\n  came: a1@t0:0 a2@t0:1');
    await expect(run(`${published}expect A: a1r a2`)).rejects.toThrow('came: a1@t0:0');
    await expect(run(`${published}expect A: a1@t0:1`)).rejects.toThrow('came: a1@t0:0');
    await expect(run(`${published}expect A any: a1 a3`)).rejects.toThrow('came: a1@t0:0 a2@t0:1');
    await expect(run(`${published}expect A inverted 2`)).rejects.toThrow('came: a1@t0:0 a2@t0:1');
    await expect(run(`${published}expect A spread 2 2`)).rejects.toThrow('came: a1@t0:0 a2@t0:1');
  });

  it('should fail where something does not come, or is not reached', async () => {
    await expect(run(`${published}expect A: a1..3`)).rejects.toThrow('came: a1@t0:0 a2@t0:1 and then nothing');
    await expect(run(`${published}state g uncommitted=1`)).rejects.toThrow('is: uncommitted=2');
    await expect(run(`${published}joined A epoch=2`)).rejects.toThrow('"epoch":1');
    await expect(run(`${published}retried P 1`)).rejects.toThrow('retries: 0');
  });

  it('should fail where something comes that nobody expects, or was never handed over', async () => {
    await expect(run(`${published}quiet 1s`)).rejects.toThrow('came: A:a1@t0:0 A:a2@t0:1');
    await expect(run(`${published}ack A a3`)).rejects.toThrow('A was not handed a3');
  });
});

describe('the Kafka scripts', () => {
  it('should show every rule from 1 to 8, in at least 20 scripts', () => {
    expect(kafkaScripts.length).toBeGreaterThanOrEqual(20);
    const shown = new Set(kafkaScripts.flatMap(({ rules }) => rules));
    for (let rule = 1; rule <= 8; rule++) expect(shown).toContain(rule);
  });

  it('should each be in the table of docs/CONFORMANCE-KAFKA.md with its sentence, and nothing else', () => {
    const page = readFileSync(new URL('../../docs/CONFORMANCE-KAFKA.md', import.meta.url), 'utf8');
    const listed = [...page.matchAll(/^\| `([\w-]+)` \| ([\d, ]+) \| (.+) \|$/gm)].map(([, ...cells]) => cells);
    const wanted = kafkaScripts.map(({ name, rules, sentence }) => [name, rules.join(', '), sentence]);
    expect(listed.sort()).toEqual(wanted.sort());
  });
});
