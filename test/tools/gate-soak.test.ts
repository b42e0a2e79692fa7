/** The gate over runs drawn at random, at a scale that a test can afford: no verdict is wrong, and a wrong one would be seen. */
import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

interface Decisive {
  readonly commands: readonly (readonly string[])[];
  readonly wrong: string | null;
}

const { decisiveCommands, wrongCode } = (await import(resolve('tools/lib/soak-verdict.mjs'))) as {
  decisiveCommands(reasons: readonly object[]): Decisive;
  wrongCode(isBroken: boolean, code: number): string | null;
};

function soak(...args: string[]) {
  return spawnSync(process.execPath, ['tools/gate-soak.mjs', ...args], { encoding: 'utf8' });
}

it('finds no wrong verdict in 120 runs, five of each row', () => {
  const { status, stdout } = soak('--runs', '120', '--seed', '2');
  expect(stdout).toContain('0 wrong of 120');
  expect(status, stdout).toBe(0);
}, 120_000);

it('finds every verdict wrong where broken buses are taken for sound ones, and says how to repeat it', () => {
  const { status, stdout } = soak('--runs', '48', '--seed', '5', '--canary');
  expect(status).toBe(1);
  expect(stdout).toMatch(
    /^no key: exit [12] .*: eventbus-bench run --broker sim:kafka .* --max-violations 0 --seed \d+$/m,
  );
  expect(stdout).toMatch(/^serial: exit 0 instead of 1 or 2: eventbus-bench run --broker sim .* --seed \d+$/m);
  expect(stdout).toContain('48 wrong of 48');
}, 120_000);

it('names the rows that there are to whoever asks for another', () => {
  const { status, stderr } = spawnSync(process.execPath, ['tools/gate-soak.mjs', '--row', 'none'], {
    encoding: 'utf8',
  });
  expect(status).toBe(1);
  expect(stderr).toContain('no such row; there are: shared durable,');
});

describe('what a gate may say', () => {
  it.each([
    [true, 0, 'exit 0 instead of 1 or 2'],
    [true, 1, null],
    [true, 2, null],
    [true, 70, 'exit 70 instead of 1 or 2'],
    [false, 0, null],
    [false, 1, 'exit 1 instead of 0'],
    [false, 2, null],
    [false, 69, 'exit 69 instead of 0'],
  ])('of a bus that is broken (%s), code %i: %s', (isBroken, code, wrong) => {
    expect(wrongCode(isBroken, code)).toBe(wrong);
  });

  it('is a doubt only with a command for each reason', () => {
    const { commands, wrong } = decisiveCommands([
      { kind: 'latent', of: 'near-timeout', decisive: 'eventbus-bench run --ack-wait 60s' },
      { kind: 'truncated', of: null, decisive: null },
    ]);
    expect(commands).toEqual([['run', '--ack-wait', '60s', '--max-violations', '0']]);
    expect(wrong).toBe('exit 2 without a command that makes it decisive (truncated)');
  });

  it('is a doubt about the load only: not one about the bus, nor about what was done to it', () => {
    const of = (reason: object) => decisiveCommands([{ decisive: 'eventbus-bench run', ...reason }]).wrong;
    expect(of({ kind: 'too-few-at-risk', of: null })).toBeNull();
    expect(of({ kind: 'latent', of: 'no-key' })).toBe('exit 2 for a reason that a sound bus does not give (no-key)');
    expect(of({ kind: 'not-exercised', of: 'workers', numbers: { effects: 1 } })).toBeNull();
    expect(of({ kind: 'not-exercised', of: 'workers', numbers: { effects: 0 } })).toContain('(workers)');
  });

  it('is a doubt that the command ends under the gate that it has, words of a shell taken apart', () => {
    const decisive = "eventbus-bench run --fail-on 'lost>0' --name 'it'\\''s'";
    expect(decisiveCommands([{ decisive }, { decisive }])).toEqual({
      commands: [['run', '--fail-on', 'lost>0', '--name', "it's"]],
      wrong: null,
    });
  });
});
