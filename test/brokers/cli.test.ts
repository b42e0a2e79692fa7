/** The commands against real servers: what `doctor` says of one, what `clean` takes away, and what `run` says of a bad one. */
import { spawnSync } from 'node:child_process';
import { hostname } from 'node:os';
import { connect } from 'nats';
import { describe, expect, it } from 'vitest';
import { describeOwner } from '../../src/broker/nats/mark.js';
import type { Diagnosis } from '../../src/run/doctor.js';
import { runCli } from '../cli/cli-process.js';
import { describeOnNewestNats, useServer, withServer } from './servers.js';

const tinyRun = [
  'run',
  '--broker',
  'nats',
  '--mode',
  'single',
  '--topics',
  '1',
  '--aggregates',
  '2',
  '--versions',
  '2',
];

describeOnNewestNats('the command line', (binary) => {
  const server = useServer(binary, 'authorization { user: ann, password: "s3cret" }');
  const login = { NATS_USER: 'ann', NATS_PASSWORD: 's3cret' };

  it('doctor finds a server that can be used, by flag or by environment', async () => {
    const byFlag = await runCli(['doctor', '--nats-url', server().url, '--json'], { env: login });
    expect(byFlag.exitCode, byFlag.stderr).toBe(0);
    expect((JSON.parse(byFlag.stdout) as Diagnosis).natsServer).toMatchObject({
      kind: 'usable',
      version: binary.version,
    });
    const byEnvironment = await runCli(['doctor'], { env: { ...login, NATS_URL: server().url } });
    expect(byEnvironment.exitCode).toBe(0);
    expect(byEnvironment.stdout).toContain(`version ${binary.version}`);
  });

  it('a wrong password exits 69 with the way out, and is not shown', async () => {
    const flags = ['--nats-url', server().url, '--nats-user', 'ann', '--nats-password', 'wr0ng'];
    for (const command of [['doctor'], ['clean'], tinyRun]) {
      const { exitCode, stdout, stderr } = await runCli([...command, ...flags]);
      expect(exitCode, command[0]).toBe(69);
      const said = stdout + stderr;
      expect(said.replaceAll(/\s+/g, ' ')).toContain('refused the user "ann" or the password');
      expect(said).not.toContain('wr0ng');
      expect(said).not.toMatch(/^\s+at /m);
    }
  });

  it('clean removes what ended runs left, keeps live ones and those of other hosts, and touches nothing foreign', async () => {
    const client = await connect({ servers: server().url, user: 'ann', pass: 's3cret' });
    const manager = await client.jetstreamManager();
    const add = (name: string, host: string, pid: number) =>
      manager.streams.add({ name, subjects: [name], description: describeOwner({ runId: name, host, pid }) });
    await add('EVENTBUS_BENCH_ENDED', hostname(), spawnSync(process.execPath, ['--version']).pid);
    await add('EVENTBUS_BENCH_ALIVE', hostname(), process.pid);
    await add('EVENTBUS_BENCH_FAR', `not-${hostname()}`, 1);
    await manager.streams.add({ name: 'EVENTBUS_BENCH_FOREIGN', subjects: ['foreign'] });
    const env = { ...login, NATS_URL: server().url };
    const names = async (): Promise<string[]> => {
      const found: string[] = [];
      for await (const name of manager.streams.names()) found.push(name.replace('EVENTBUS_BENCH_', ''));
      return found.sort();
    };

    const dry = await runCli(['clean', '--dry-run'], { env });
    expect(dry.exitCode, dry.stderr).toBe(0);
    expect(dry.stdout).toContain('EVENTBUS_BENCH_ENDED: would be removed');
    expect(dry.stdout).toContain('EVENTBUS_BENCH_ALIVE: kept: its run is alive');
    expect(dry.stdout).toContain('EVENTBUS_BENCH_FAR: kept: made on another host');
    expect(dry.stdout).not.toContain('FOREIGN');
    expect(await names()).toEqual(['ALIVE', 'ENDED', 'FAR', 'FOREIGN']);

    expect((await runCli(['clean'], { env })).stdout).toContain('EVENTBUS_BENCH_ENDED: removed');
    expect(await names()).toEqual(['ALIVE', 'FAR', 'FOREIGN']);

    const { stdout } = await runCli(['clean', '--other-hosts', '--json'], { env });
    const { servers } = JSON.parse(stdout) as { servers: { leftovers: { name: string; fate: string }[] }[] };
    expect(servers.flatMap(({ leftovers }) => leftovers.map(({ name, fate }) => [name, fate])).sort()).toEqual([
      ['EVENTBUS_BENCH_ALIVE', 'kept: its run is alive'],
      ['EVENTBUS_BENCH_FAR', 'removed'],
    ]);
    expect(await names()).toEqual(['ALIVE', 'FOREIGN']);
    await client.close();
  });
});

describeOnNewestNats('the command line', (binary) => {
  it('exits 69 on a server without JetStream, and says how to turn it on', async () => {
    await withServer(binary, 'jetstream: disabled', async ({ url }) => {
      for (const command of [['doctor'], tinyRun]) {
        const { exitCode, stdout, stderr } = await runCli([...command, '--nats-url', url]);
        expect(exitCode, command[0]).toBe(69);
        expect(stdout + stderr).toMatch(/JetStream/);
      }
    });
  });
});

describe('the command line without a server', () => {
  it('exits 69 where nobody listens, with the way out', async () => {
    for (const command of [['doctor'], ['clean'], tinyRun]) {
      const { exitCode, stdout, stderr } = await runCli([...command, '--nats-url', 'nats://127.0.0.1:1']);
      expect(exitCode, command[0]).toBe(69);
      expect((stdout + stderr).replaceAll(/\s+/g, ' ')).toContain('refused the connection');
    }
  });
});
