/**
 * Tests the script language: a script becomes steps, a mistake an error with its line, and a wrong expectation a
 * failure that shows what came instead: a conformance suite that cannot fail would prove nothing.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { Contradiction, runScript } from './run-script.js';
import { holdsFor, parseScript, ScriptError } from './script.js';
import { simulatorTarget } from './sim-target.js';

const opening = '# rule 2: Something.\n';
const lastStep = (lines: string) => parseScript('x', opening + lines).steps.at(-1)!;

describe('a script', () => {
  it('should open with its rules and the sentence that it shows', () => {
    const script = parseScript('x', '# rules 2, 13: First line\n# and second.\ndurable d # trailing comment\n# later');
    expect(script).toMatchObject({ rules: [2, 13], sentence: 'First line and second.' });
    expect(script.steps).toHaveLength(1);
    expect(script.steps[0]).toMatchObject({ line: 3, text: 'durable d' });
    expect(() => parseScript('x', 'durable d')).toThrow(/x:1: a script opens with "# rule/);
  });

  it('should know durables with all their settings, and their defaults', () => {
    const settings =
      'filter=a,b ack_wait=2s max_ack_pending=5 max_deliver=3 backoff=100ms,1s max_waiting=2 ack=all start=7';
    const more = 'inactive=3s pin_timeout=4s';
    expect(lastStep(`durable d ${settings} ${more}`).action).toEqual({
      kind: 'durable',
      settings: {
        name: 'd',
        filters: ['a', 'b'],
        ackWaitMs: 2000,
        maxAckPending: 5,
        maxDeliver: 3,
        backoffMs: [100, 1000],
        maxWaiting: 2,
        ackPolicy: 'all',
        startSequence: 7,
        inactiveMs: 3000,
        pinTimeoutMs: 4000,
      },
    });
    expect(lastStep('durable d').action).toMatchObject({
      settings: {
        filters: [],
        ackWaitMs: 30_000,
        maxAckPending: 1000,
        maxDeliver: null,
        maxWaiting: null,
        pinTimeoutMs: null,
      },
    });
  });

  it('should know pulls, publishes and settlements', () => {
    expect(lastStep('durable d\npull A batch=3 expires=1s no_wait').action).toEqual({
      kind: 'pull',
      puller: 'A',
      durable: 'd',
      batch: 3,
      expiresMs: 1000,
      noWait: true,
      unheard: false,
      pinOf: null,
    });
    expect(lastStep('durable d\ndurable e\npull A from e unheard').action).toMatchObject({
      durable: 'e',
      unheard: true,
    });
    expect(lastStep('durable d\npull A\npull A pin').action).toMatchObject({ pinOf: 'A' });
    expect(lastStep('durable d\npull A\npull B pin=A').action).toMatchObject({ puller: 'B', pinOf: 'A' });
    expect(lastStep('durable d\ndelete d').action).toEqual({ kind: 'delete', durable: 'd' });
    expect(lastStep('stream a b\npublish 2 on b id=x').action).toMatchObject({
      count: 2,
      subject: 'b',
      messageId: 'x',
    });
    expect(lastStep('stream a b\npublish').action).toMatchObject({ count: 1, subject: 'a', messageId: null });
    const nak = lastStep('durable d\npull A\nnak A 1 2..3r 4r2 delay=300ms').action;
    expect(nak).toMatchObject({ kind: 'settle', how: 'nak', delayMs: 300 });
    expect(nak.kind === 'settle' && nak.deliveries.map(({ number, count }) => [number, count])).toEqual([
      [1, 1],
      [2, 2],
      [3, 2],
      [4, 3],
    ]);
  });

  it('should hold steps for some versions only', () => {
    const step = lastStep('durable d\npause 1s when server >= 2.10');
    expect(step.condition).toEqual({ comparison: '>=', version: [2, 10] });
    expect(holdsFor(step.condition, [2, 9, 25])).toBe(false);
    expect(holdsFor(step.condition, [2, 10, 0])).toBe(true);
    expect(holdsFor(step.condition, [2, 15, 2])).toBe(true);
    expect(holdsFor(step.condition, [Infinity])).toBe(true);
    expect(holdsFor(parseScript('x', `${opening}only when server < 2.10.16`).condition, [2, 10, 15])).toBe(true);
  });

  it.each([
    ['durble d', 'unknown step "durble"'],
    ['durable d ack_wiat=2s', 'unknown setting "ack_wiat"'],
    ['durable d ack_wait=2', '"2" is no duration'],
    ['durable d max_deliver=two', '"two" is no whole number'],
    ['durable d ack=some', '"some" is not one of explicit, all, none'],
    ['pull A', 'say which durable'],
    ['durable d\npull A from e', 'no durable e'],
    ['durable d\npull order', 'cannot be called order'],
    ['durable d\npull A batch', '"batch" is not understood'],
    ['close A', 'nobody called A'],
    ['delete d', 'no durable d'],
    ['durable d\npull A pin=B', 'nobody called B'],
    ['ack A 1', 'nobody called A'],
    ['durable d\npull A\nack A', 'ack needs deliveries'],
    ['durable d\npull A\nack A 1 delay=1s', 'ack knows no delay'],
    ['durable d\npull A\nexpect A 1', 'expect needs a channel'],
    ['durable d\npull A\nexpect A:', 'expect needs entries'],
    ['durable d\npull A\nexpect A: 1 2 | 1', 'same number of entries'],
    ['durable d\npull A\nexpect A: one', '"one" is no entry'],
    ['durable d\npull A\nexpect order: 1', 'name their puller'],
    ['durable d\npull A\nexpect A: A:1', 'name their puller'],
    ['durable d\nstate d', 'state needs values'],
    ['durable d\nstate d acked=1', '"acked" is not one of'],
    ['pause', 'pause takes exactly one word'],
    ['pause 1s when server 2.9', 'is no condition'],
    ['only when tuesday', '"tuesday" is no condition'],
  ])('should refuse %j, and say where', (lines, message) => {
    const line = lines.split('\n').length + 1;
    expect(() => lastStep(lines)).toThrow(ScriptError);
    expect(() => lastStep(lines)).toThrow(`x:${line}: `);
    expect(() => lastStep(lines)).toThrow(message);
  });
});

describe('a run', () => {
  const simulator = simulatorTarget('current');
  const run = (lines: string) => runScript(parseScript('x', opening + lines), simulator);

  it('should fail where a transcript differs, with what came instead', async () => {
    const script = 'durable d\npublish 2\npull A batch=2\nexpect A: 1 3';
    await expect(run(script)).rejects.toThrow(Contradiction);
    await expect(run(script)).rejects.toThrow('x:5: expect A: 1 3\n  came: 1@s 2@s');
  });

  it('should fail where an entry does not come, comes on another subject, or to another puller', async () => {
    const three = 'stream a b\ndurable d\npull A\npull B\npublish 2\n';
    await expect(run(`${three}expect A: 1 2`)).rejects.toThrow('came: 1@a and then nothing within 20 s');
    await expect(run(`${three}expect A: 1@b`)).rejects.toThrow('came: 1@a');
    await expect(run(`${three}expect order: B:1 A:2`)).rejects.toThrow('came: A:1@a B:2@a');
    await expect(run('durable d\npull A no_wait\nexpect A: 404:other')).rejects.toThrow('came: 404:no-messages');
    await expect(run('durable d\npull A\npublish id=x\npublish id=x\nexpect published: 1 2')).rejects.toThrow(
      'came: 1 1d',
    );
  });

  it('should fail where something comes that nobody expects, or a state is not reached', async () => {
    await expect(run('durable d\npull A\npublish\nquiet 1ms')).rejects.toThrow('came: A:1@s');
    await expect(run('durable d\npull A\npublish\nstate ack_pending=0')).rejects.toThrow('is: ack_pending=1');
    await expect(run('durable d\npull A\npublish\nack A 2')).rejects.toThrow('A has not received 2');
  });

  it('should hold the simulator to the first of several transcripts, and a server to any', async () => {
    const script = parseScript('x', `${opening}durable d\npull A\npublish\nexpect A: 1r | 1`);
    await expect(runScript(script, simulator)).rejects.toThrow(Contradiction);
    const server = { ...simulator, isDeterministic: false };
    await expect(runScript(script, server)).resolves.toEqual({ alternativeLines: [5] });
  });

  it('should take what an expect has read as read, in the order of all too', async () => {
    const shown = 'durable d\npull A batch=2\npull B\npublish 3\nexpect order: A:1 B:2 A:3\nquiet 1ms\nexpect A: 1 3';
    await expect(run(shown)).resolves.toEqual({ alternativeLines: [] });
  });
});

describe('the JetStream scripts', () => {
  const folder = new URL('jetstream/', import.meta.url);
  const scripts = readdirSync(folder).map((file) =>
    parseScript(file.replace(/\.txt$/, ''), readFileSync(new URL(file, folder), 'utf8')),
  );

  it('should show every rule from 1 to 13, in at least 20 scripts', () => {
    expect(scripts.length).toBeGreaterThanOrEqual(20);
    const shown = new Set(scripts.flatMap(({ rules }) => rules));
    for (let rule = 1; rule <= 13; rule++) expect(shown).toContain(rule);
  });

  it('should each be in the table of docs/CONFORMANCE.md, and nothing else', () => {
    const page = new URL('../../docs/CONFORMANCE.md', import.meta.url);
    expect(existsSync(page)).toBe(true);
    const listed = [...readFileSync(page, 'utf8').matchAll(/^\| \[?`([\w-]+)`/gm)].map(([, name]) => name);
    expect(listed.sort()).toEqual(scripts.map(({ name }) => name).sort());
  });
});
