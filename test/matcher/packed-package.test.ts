/**
 * The package as it is packed, in a project of its own: its entry loads neither a broker client nor the command line,
 * and its matcher works with vitest and with jest, types included. jest is installed into .cache/jest, once.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'; // prettier-ignore
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const jestFolder = resolve('.cache/jest');
const jestPackages = ['jest@30.5.2', '@types/jest@30.0.0'];
/** What the entry has to do without. */
const withheld = ['nats', 'kafkajs', '@platformatic/kafka', 'commander'];

let project = '';

beforeAll(() => {
  project = mkdtempSync(join(tmpdir(), 'packed-package-'));
  const [packed] = JSON.parse(
    execFileSync('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', project], { encoding: 'utf8' }),
  ) as [{ filename: string }];
  const own = join(project, 'node_modules/eventbus-bench');
  mkdirSync(own, { recursive: true });
  execFileSync('tar', ['-xzf', join(project, packed.filename), '-C', own, '--strip-components', '1']);
  const { dependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as { dependencies: Record<string, string> };
  for (const name of Object.keys(dependencies)) if (!withheld.includes(name)) link(join('node_modules', name));
  writeFileSync(join(project, 'package.json'), '{ "private": true, "type": "module" }\n');
}, 120_000);

afterAll(() => {
  rmSync(project, { recursive: true, force: true });
});

/** Makes a package of this repository, or of another folder, one of the project. */
function link(path: string, from = process.cwd()): void {
  const target = join(project, path);
  mkdirSync(dirname(target), { recursive: true });
  if (!existsSync(target)) symlinkSync(join(from, path), target);
}

function run(
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
): { readonly status: number | null; readonly text: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    ...{ cwd: project, encoding: 'utf8' },
    env: { ...inherited(), ...env },
  });
  return { status, text: stdout + stderr };
}

/** What this process is told as a test is no business of the tests in the project. */
function inherited(): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(([name]) => !/^(?:VITEST|NODE_ENV$|NODE_OPTIONS$)/.test(name));
  return { ...Object.fromEntries(own), NO_COLOR: '1', FORCE_COLOR: '0' };
}

/** @param head imports; @returns a test file with a test that passes and one that has to fail */
function testFile(head: string): string {
  return `${head}
const history = [{ aggregate: 'order-7', version: 1 }, { aggregate: 'order-7', version: 3 }];
test('passes', () => {
  expect(history).toBeOrderedByAggregate({ inconclusive: 'allow' });
});
test('fails', () => {
  expect([...history, { aggregate: 'order-7', version: 2n }]).toBeOrderedByAggregate({ allow: [] });
});
`;
}

const story = 'version 2 at history[2] came after version 3 at history[1]';

function expectOneOfEach({ status, text }: { readonly status: number | null; readonly text: string }): void {
  expect(status, text).toBe(1);
  expect(text).toContain(story);
  expect(text).toMatch(/1 failed.*1 passed/);
}

/** The compiler accepts the file, and refuses an option that there is not. */
function expectTyped(file: string, types: readonly string[]): void {
  const options = ['--noEmit', '--strict', '--target', 'es2022', '--module', 'nodenext', '--skipLibCheck'];
  const tsc = resolve('node_modules/typescript/bin/tsc');
  const compile = (): ReturnType<typeof run> => run([tsc, ...options, '--types', types.join(','), file]);
  expect(compile()).toEqual({ status: 0, text: '' });
  const source = readFileSync(join(project, file), 'utf8');
  writeFileSync(join(project, file), source.replace('allow: []', "allow: ['disorder']"));
  expect(compile().text).toContain('TS2322');
  writeFileSync(join(project, file), source);
}

describe('the entry eventbus-bench/check', () => {
  it('loads neither a broker client nor the command line: it works where there is none', () => {
    const program = `
      import { checkHistory } from 'eventbus-bench/check';
      console.log(checkHistory([{ aggregate: 'a', version: 2 }, { aggregate: 'a', version: 1 }]).outcome);`;
    expect(run(['--input-type=module', '--eval', program])).toEqual({ status: 0, text: 'violated\n' });
    expect(run(['node_modules/eventbus-bench/dist/cli/main.js', 'list']).text).toContain('ERR_MODULE_NOT_FOUND');
  });
});

describe('the matcher', () => {
  it('works with vitest', () => {
    for (const name of ['vitest', '@types/node']) link(join('node_modules', name));
    const file = 'vitest.test.ts';
    writeFileSync(
      join(project, file),
      testFile("import { expect, test } from 'vitest';\nimport 'eventbus-bench/check/vitest';"),
    );
    expectTyped(file, ['node']);
    expectOneOfEach(run([resolve('node_modules/vitest/vitest.mjs'), 'run', '--root', project, file]));
  }, 120_000);

  it('works as docs/RECORD.md shows', () => {
    const page = readFileSync('docs/RECORD.md', 'utf8');
    const [, example] = /```ts\n(import [^]*?)```/.exec(page)!;
    const [, shown] = /```text\n(expected the history[^]*?)```/.exec(page)!;
    writeFileSync(join(project, 'example.test.ts'), example!);
    const { text } = run([resolve('node_modules/vitest/vitest.mjs'), 'run', '--root', project, 'example.test.ts']);
    for (const line of shown!.trim().split('\n')) expect(text).toContain(line);
  }, 120_000);

  it.skipIf(!hasJest())(
    'works with jest',
    () => {
      for (const name of readdirSync(join(jestFolder, 'node_modules/@types')).filter((name) => name !== 'node')) {
        link(join('node_modules/@types', name), jestFolder);
      }
      const head = "import 'eventbus-bench/check/jest';";
      writeFileSync(join(project, 'typed.ts'), testFile(head));
      expectTyped('typed.ts', ['jest']);
      writeFileSync(join(project, 'jest.test.js'), testFile(head));
      const jest = join(jestFolder, 'node_modules/jest/bin/jest.js');
      expectOneOfEach(
        run(['--experimental-vm-modules', jest, '--rootDir', project, '--transform', '{}', 'jest.test.js']),
      );
    },
    120_000,
  );
});

/** Whether jest is there, or can be installed. Where nothing may be skipped, it has to. */
function hasJest(): boolean {
  if (existsSync(join(jestFolder, 'node_modules/@types/jest'))) return true;
  const flags = ['--no-save', '--no-audit', '--no-fund', '--ignore-scripts', '--prefix', jestFolder];
  const installed = spawnSync('npm', ['install', ...flags, ...jestPackages], { stdio: 'ignore' });
  return installed.status === 0 || process.env['EVENTBUS_BENCH_REQUIRE_BROKERS'] === '1';
}
