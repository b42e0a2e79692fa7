import { describe, expect, it } from 'vitest';
import type { Diagnosis } from '../../src/run/doctor.js';
import { renderDoctor } from '../../src/cli/doctor-table.js';
import { nodeState } from '../../src/run/doctor.js';
import { runCli } from './cli-process.js';

describe('doctor', () => {
  it('exits 0 where the simulator works and no server was named', async () => {
    const { exitCode, stdout, stderr } = await runCli(['doctor']);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    for (const part of ['Node.js', 'simulator', 'nats-server', 'NATS server', 'Docker']) expect(stdout).toContain(part);
    expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
  });

  it('says the same in JSON', async () => {
    const { exitCode, stdout } = await runCli(['doctor', '--json']);
    expect(exitCode).toBe(0);
    const found = JSON.parse(stdout) as Diagnosis;
    expect(found.simulator).toEqual({ kind: 'usable' });
    expect(found.natsServer).toBeNull();
  });

  it('exits 69 if the server that was named cannot be used, naming it and the way out', async () => {
    const { exitCode, stdout } = await runCli(['doctor'], { env: { NATS_URL: 'nats://me:secret@127.0.0.1:1' } });
    expect(exitCode).toBe(69);
    expect(stdout).toContain('127.0.0.1:1');
    expect(stdout).not.toContain('secret');
  });

  it('takes an empty variable as none', async () => {
    expect((await runCli(['doctor', '--json'], { env: { NATS_URL: '' } })).exitCode).toBe(0);
  });

  it('warns of a Node.js that is too old, and says what is needed', async () => {
    const found = JSON.parse((await runCli(['doctor', '--json'])).stdout) as Diagnosis;
    const lineOn = (version: string): string | undefined =>
      renderDoctor({ ...found, node: nodeState(version) }, { width: 200, color: false })
        .split('\n')
        .find((line) => line.includes('Node.js'));
    expect(lineOn('20.18.9')).toContain('too old');
    expect(lineOn('20.18.9')).toContain('20.18.9, but 20.19.0 or later is needed');
    expect(lineOn('9.0.0')).toContain('too old');
    for (const version of ['20.19.0', '20.20.0', '22.1.0', '100.0.0']) expect(lineOn(version)).toContain(' ok ');
  });
});

it.each([40, 60])('in %d columns, doctor keeps to them, with details below what they are about', async (columns) => {
  const { stdout } = await runCli(['doctor'], { env: { COLUMNS: String(columns), NATS_URL: '127.0.0.1:1' } });
  expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(columns);
  expect(stdout).toMatch(/^ {2}NATS server {4}failed *\n {4}nats:\/\/127\.0\.0\.1:1/m);
});
