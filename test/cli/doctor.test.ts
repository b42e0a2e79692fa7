import { describe, expect, it } from 'vitest';
import type { Diagnosis } from '../../src/run/doctor.js';
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
});

it.each([40, 60])('in %d columns, doctor keeps to them, with details below what they are about', async (columns) => {
  const { stdout } = await runCli(['doctor'], { env: { COLUMNS: String(columns), NATS_URL: '127.0.0.1:1' } });
  expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(columns);
  expect(stdout).toMatch(/^ {2}NATS server {4}failed *\n {4}nats:\/\/127\.0\.0\.1:1/m);
});
