/**
 * How the program of each language is compiled and run. Each is built in a folder of its own, in which it then writes
 * its record. A language is left out where one of its commands is not on the machine.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

type Command = readonly [name: string, ...args: string[]];

export interface Toolchain {
  readonly language: string;
  /** Below test/your-bus/. */
  readonly folder: string;
  readonly build: readonly Command[];
  readonly run: Command;
}

const tsc = resolve('node_modules/typescript/bin/tsc');
const typeRoots = resolve('node_modules/@types');
const strict = ['--strict', '--noUncheckedIndexedAccess', '--target', 'es2022', '--module', 'nodenext'];

export const toolchains: readonly Toolchain[] = [
  {
    language: 'Go',
    folder: 'go',
    // The race detector needs a C compiler.
    build: [
      ['gcc', '--version'],
      ['go', 'vet', '.'],
      ['go', 'build', '-race', '-o', 'app', '.'],
    ],
    run: ['./app'],
  },
  { language: 'Java', folder: 'java', build: [['javac', '-Xlint:all', '-Werror', 'Main.java']], run: ['java', 'Main'] },
  {
    language: 'C#',
    folder: 'csharp',
    build: [['mcs', '-warnaserror', '-out:app.exe', 'BusRecord.cs', 'Program.cs']],
    run: ['mono', 'app.exe'],
  },
  { language: 'Python', folder: 'python', build: [], run: ['python3', 'main.py'] },
  {
    language: 'TypeScript',
    folder: 'typescript',
    build: [['node', tsc, ...strict, '--typeRoots', typeRoots, '--types', 'node', 'main.ts']],
    run: ['node', 'main.js'],
  },
];

/** The commands that are not on this machine. */
export function missing({ build, run }: Toolchain): string[] {
  const names = [...build, run].map(([name]) => name).filter((name) => !name.startsWith('./'));
  return [...new Set(names)].filter((name) => spawnSync('sh', ['-c', `command -v ${name}`]).status !== 0);
}

export interface ProgramOutcome {
  readonly printed: string;
  /** Of its record. */
  readonly lines: string[];
}

/** Builds the program in the folder, and runs it there: as it is, and as a bus that is sound. */
export function outcomesOf(
  { folder, build, run }: Toolchain,
  at: string,
): { broken: ProgramOutcome; sound: ProgramOutcome } {
  cpSync(`test/your-bus/${folder}`, at, { recursive: true });
  writeFileSync(join(at, 'package.json'), '{"type":"module"}\n');
  const execute = ([name, ...args]: Command, env = {}): string =>
    execFileSync(name, args, { cwd: at, encoding: 'utf8', env: { ...process.env, ...env } });
  for (const command of build) execute(command);
  const outcome = (env: Readonly<Record<string, string>>): ProgramOutcome => {
    const printed = execute(run, env);
    const files = readdirSync(at).filter((name) => /^record-.*\.ndjson$/.test(name));
    const lines = files.flatMap((name) => readFileSync(join(at, name), 'utf8').replace(/\n$/, '').split('\n'));
    for (const name of files) rmSync(join(at, name));
    return { printed, lines };
  };
  return { broken: outcome({}), sound: outcome({ SOUND: '1' }) };
}
