/** The commands against a real Kafka: what `doctor` says of one, what `clean` takes away, and what a trace of a run says. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import kafkajs from 'kafkajs';
import { expect, it, onTestFinished } from 'vitest';
import { kafkaClientConfig } from '../../src/broker/kafka/kafkajs/client-config.js';
import { formatRunId, hostTagOf } from '../../src/domain/run-id.js';
import type { RunReport } from '../../src/domain/report/run-report.js';
import { kafkaMark } from '../../src/domain/topology.js';
import { runCli } from '../cli/cli-process.js';
import { describeOnKafka, useKafka } from './kafka-servers.js';

describeOnKafka('the command line on Kafka', () => {
  const kafka = useKafka();
  const named = (): string[] => ['--kafka-brokers', kafka().brokers.join(',')];

  it('doctor says that the cluster can be used, its advertised listeners included', async () => {
    const { exitCode, stdout } = await runCli(['doctor', ...named()]);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/Kafka cluster\s+ok\s+127\.0\.0\.1:\d+, version 4\.\d/);
    expect(stdout).toContain('reached as advertised');
  });

  it('clean removes what ended runs left, keeps live ones and those of other hosts, and touches nothing foreign', async () => {
    const admin = new kafkajs.Kafka(kafkaClientConfig(kafka().connection, 'test')).admin();
    await admin.connect();
    onTestFinished(() => admin.disconnect());
    const runId = (pid: number, host = hostname()): string =>
      formatRunId({ startedAtMs: Date.now() - 60_000, hostTag: hostTagOf(host), pid }, 'abc123');
    const endedPid = spawnSync(process.execPath, ['--version']).pid;
    const ended = `${kafkaMark}${runId(endedPid)}_0.topic-0`;
    const alive = `${kafkaMark}${runId(process.pid)}_0.topic-0`;
    const far = `${kafkaMark}${runId(1, `not-${hostname()}`)}_0.topic-0`;
    const foreign = `foreign-${runId(endedPid)}`;
    await admin.createTopics({ topics: [ended, alive, far, foreign].map((topic) => ({ topic })) });
    const left = async (): Promise<string[]> => {
      const names = await admin.listTopics();
      return [ended, alive, far, foreign].filter((name) => names.includes(name));
    };

    const dry = await runCli(['clean', '--dry-run', ...named()]);
    expect(dry.stdout).toContain(`${ended}: would be removed`);
    expect(dry.stdout).toContain(`${alive}: kept: its run is alive`);
    expect(dry.stdout).toContain(`${far}: kept: made on another host`);
    expect(await left()).toEqual([ended, alive, far, foreign]);

    expect((await runCli(['clean', ...named()])).stdout).toContain(`${ended}: removed`);
    expect(await left()).toEqual([alive, far, foreign]);
    await runCli(['clean', '--other-hosts', ...named()]);
    expect(await left()).toEqual([alive, foreign]);
    await admin.deleteTopics({ topics: [alive, foreign] });
  });

  it('check gives the verdict of the run from its trace, rebalances and disturbances included', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'eventbus-bench-kafka-cli-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const trace = join(folder, 'run.ndjson');
    const disturbed = ['--rate', '2000', '--disturb', 'partitions:5@30%', '--mode', 'single'];
    const ran = await runCli(['run', '--broker', 'kafka', ...named(), ...disturbed, '--trace', trace, '--json']);
    const checked = await runCli(['check', trace, '--json']);
    const [live] = (JSON.parse(ran.stdout) as RunReport).runs;
    const [again] = (JSON.parse(checked.stdout) as RunReport).runs;
    expect(again).toEqual(live);
    expect(live!.disturbances).toHaveLength(1);
    expect(live!.rebalances.length).toBeGreaterThan(0);
  });

  it('refuses what would be done to a cluster that was named', async () => {
    const flags = ['--disturb', 'restart:1s@50%', '--mode', 'single'];
    const { exitCode, stderr } = await runCli(['run', '--broker', 'kafka', ...named(), ...flags]);
    expect(exitCode).toBe(64);
    expect(stderr).toContain('the disturbance restart is for a private broker, and a cluster was named');
  });
});
