import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { RunReport } from '../../src/domain/report/run-report.js';
import { expectUsageError, runCli, temporaryFolder } from './cli-process.js';

const run = ['run', '--json', '--quiet'];
const namesIn = (stdout: string): string => (JSON.parse(stdout) as RunReport).scenario!.name;

describe('a scenario named by a word', () => {
  it('is the shipped one, from any folder', async () => {
    const { exitCode, stdout, stderr } = await runCli([...run, 'quick', '--versions', '5']);
    expect({ stderr, exitCode }).toMatchObject({ stderr: expect.not.stringContaining('error') as string });
    expect(namesIn(stdout)).toBe('quick');
  });

  it('is run again by the command in its report', async () => {
    const { stdout } = await runCli([...run, 'quick', '--versions', '5']);
    const { replay } = JSON.parse(stdout) as RunReport;
    expect(replay).toBe('eventbus-bench run --json --quiet quick --versions 5 --seed 42');
  });

  it('in a sub-folder is named by folder and word', async () => {
    const { stdout } = await runCli([...run, 'incident/over-topics', '--versions', '5']);
    expect(namesIn(stdout)).toBe('incident-over-topics');
    expect((JSON.parse(stdout) as RunReport).replay).toContain(' incident/over-topics ');
  });

  it('in a sub-folder gives way to a file at that path', async () => {
    const cwd = temporaryFolder();
    mkdirSync(join(cwd, 'incident'));
    writeFileSync(join(cwd, 'incident', 'over-topics'), 'name: mine\nversions: 5\n');
    expect(namesIn((await runCli([...run, 'incident/over-topics'], { cwd })).stdout)).toBe('mine');
  });

  it('in a sub-folder that is misspelt, or without its folder, is answered with the nearest one', async () => {
    const [misspelt, bare, unlike] = await Promise.all(
      ['incident/never-akced', 'never-acked', 'zzzzzzzz/yyyyyyyy'].map((name) => runCli(['run', name])),
    );
    expectUsageError(misspelt!, 'there is no scenario incident/never-akced', 'did you mean incident/never-acked?');
    expectUsageError(bare!, 'there is no scenario never-acked', 'did you mean incident/never-acked?');
    expectUsageError(unlike!, 'there is no scenario file zzzzzzzz/yyyyyyyy', 'quick.yaml');
  });

  it('is a file of that name in the working directory, if there is one', async () => {
    const cwd = temporaryFolder();
    writeFileSync(join(cwd, 'quick'), 'name: mine\nversions: 5\n');
    expect(namesIn((await runCli([...run, 'quick'], { cwd })).stdout)).toBe('mine');
  });

  it('is not a file with an extension, which is named with it', async () => {
    const cwd = temporaryFolder();
    writeFileSync(join(cwd, 'quick.yaml'), 'name: mine\nversions: 5\n');
    const [byWord, byFile] = await Promise.all([
      runCli([...run, 'quick', '--versions', '5'], { cwd }),
      runCli([...run, 'quick.yaml'], { cwd }),
    ]);
    expect([namesIn(byWord.stdout), namesIn(byFile.stdout)]).toEqual(['quick', 'mine']);
  });

  it('is taken by compare too, and mixed with files', async () => {
    const cwd = temporaryFolder();
    writeFileSync(join(cwd, 'mine.yaml'), 'name: mine\n');
    const small = ['--versions', '3', '--mode', 'single', '--repeat', '1', '--warm-up', '0', '--strategies', 'serial'];
    const { stdout } = await runCli(['compare', '--json', '--quiet', './mine.yaml', 'quick', ...small], { cwd });
    expect((JSON.parse(stdout) as RunReport[]).map(({ scenario }) => scenario!.name)).toEqual(['mine', 'quick']);
  });

  it('that is not known is answered with the nearest one, and where they are listed', async () => {
    expectUsageError(
      await runCli(['run', 'incidnet']),
      'there is no scenario incidnet',
      'did you mean incident? eventbus-bench list scenarios',
    );
    expectUsageError(
      await runCli(['run', 'zzzzzzzz']),
      'there is no scenario zzzzzzzz',
      'eventbus-bench list scenarios',
    );
  });

  it('that is not known is answered with a file of that name in the folder scenarios', async () => {
    const cwd = temporaryFolder();
    mkdirSync(join(cwd, 'scenarios'));
    writeFileSync(join(cwd, 'scenarios', 'checkout.yaml'), 'topics: 5\n');
    expectUsageError(await runCli(['run', 'checkout'], { cwd }), 'no scenario checkout', 'scenarios/checkout.yaml?');
  });

  it('that is a folder is refused as one', async () => {
    const cwd = temporaryFolder();
    mkdirSync(join(cwd, 'mine'));
    expectUsageError(await runCli(['run', 'mine'], { cwd }), 'mine is a folder, not a scenario file');
  });
});
