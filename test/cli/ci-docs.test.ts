/**
 * Runs the commands of docs/CI.md as they stand there. Each code block is one job: its commands go to bash in their
 * order, in a folder of their own, with this build behind `npx eventbus-bench`. What is not ours (npm, bencher) is
 * replaced by a script that only checks that its files are there.
 */
import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { formats } from '../../src/report/exporters/formats.js';
import { cliPath, temporaryFolder } from './cli-process.js';

const page = readFileSync(new URL('../../docs/CI.md', import.meta.url), 'utf8');
const blocks = [...page.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].map(([, language, text]) => ({
  language: language!,
  text: text!,
}));

interface Workflow {
  readonly jobs: Readonly<Record<string, { readonly steps: readonly Step[] }>>;
}
interface Step {
  readonly run?: string;
  readonly uses?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}
type GitlabJobs = Readonly<Record<string, { readonly script: string[]; readonly after_script: string[] }>>;

const workflow = parse(blocks[0]!.text) as Workflow;
const steps = Object.values(workflow.jobs).flatMap((job) => job.steps);
const gitlab = Object.values(parse(blocks[1]!.text) as GitlabJobs);

const jobs: readonly (readonly [name: string, commands: readonly string[], files: readonly string[]])[] = [
  [
    'GitHub Actions',
    steps.flatMap(({ run }) => (run === undefined ? [] : [run])),
    ['junit.xml', 'event-order.html', 'smaller.json', 'bigger.json', 'bmf.json', 'summary.md'],
  ],
  ['GitLab', gitlab.flatMap((job) => [...job.script, ...job.after_script]), ['junit.xml']],
  ['Jenkins', [...blocks[2]!.text.matchAll(/\bsh '([^']*)'/g)].map(([, command]) => command!), ['junit.xml']],
  ['a trace', [blocks[3]!.text], ['rows.csv']],
];

/** Programs that a job finds on its PATH before any other. */
function standIns(folder: string): string {
  const bin = join(folder, 'bin');
  mkdirSync(bin);
  const scripts = {
    npx: `[ "$1" = eventbus-bench ] && shift && exec "${process.execPath}" "${cliPath}" "$@"`,
    npm: '[ "$*" = ci ]',
    bencher: 'while [ "$1" != --file ]; do shift; done; [ -s "$2" ]',
  };
  for (const [name, script] of Object.entries(scripts)) {
    writeFileSync(join(bin, name), `#!/bin/sh\n${script}\n`);
    chmodSync(join(bin, name), 0o755);
  }
  return bin;
}

/** @returns the folder in which it ran */
function runJob(commands: readonly string[]): string {
  const folder = temporaryFolder();
  const { PATH = '', HOME = '' } = process.env;
  const env = {
    PATH: `${standIns(folder)}:${PATH}`,
    HOME,
    CI: 'true',
    PAGE: 'page',
    GITHUB_STEP_SUMMARY: join(folder, 'summary.md'),
    BENCHER_API_TOKEN: 'none',
  };
  const script = ['set -euo pipefail', ...commands].join('\n');
  execFileSync('bash', ['-c', script], { cwd: folder, env, encoding: 'utf8', stdio: 'pipe' });
  return folder;
}

describe('docs/CI.md', () => {
  it.each(jobs)('has commands for %s that run and make the files that are taken up', (_, commands, files) => {
    expect(commands.join('\n').match(/eventbus-bench (?:run|report)/g)!.length).toBeGreaterThanOrEqual(2);
    const folder = runJob(commands);
    expect(files.filter((file) => !existsSync(join(folder, file)))).toEqual([]);
    expect(readdirSync(join(folder, 'reports'))).toContain('latest.json');
  });

  it('hands github-action-benchmark each array under the name of its tool', () => {
    const tools = steps.flatMap((step) =>
      step.uses?.startsWith('benchmark-action/') === true
        ? [[step.with?.['tool'], step.with?.['output-file-path']]]
        : [],
    );
    expect(tools).toEqual([
      ['customSmallerIsBetter', 'smaller.json'],
      ['customBiggerIsBetter', 'bigger.json'],
    ]);
  });

  it('says of every format what it is', () => {
    const table = page.split('\n').filter((line) => line.startsWith('| `'));
    expect(formats.filter((format) => !table.some((line) => line.split(' | ')[0]!.includes(`\`${format}\``)))).toEqual(
      [],
    );
  });
});
