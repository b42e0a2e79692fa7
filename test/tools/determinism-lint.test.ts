/**
 * Tests that the lint keeps real time and chance out of code that must be repeatable. Each forbidden construct is
 * linted with the rules that eslint.config.js has for a file, once where it may not stand and once where it may.
 */
import { ESLint, Linter } from 'eslint';
import tseslint from 'typescript-eslint';
import { describe, expect, it } from 'vitest';

const determinismRules = [
  'no-restricted-globals',
  'no-restricted-properties',
  'no-restricted-syntax',
  'no-restricted-imports',
];

const forbidden = {
  'Math.random()': 'const a = Math.random();',
  'Date.now()': 'const a = Date.now();',
  'new Date()': 'const a = new Date();',
  'Date()': 'const a = Date();',
  'performance.now()': 'const a = performance.now();',
  'process.hrtime()': 'const a = process.hrtime();',
  setTimeout: 'setTimeout(() => {}, 1);',
  setInterval: 'setInterval(() => {}, 1);',
  setImmediate: 'setImmediate(() => {});',
  'crypto.randomUUID()': 'const a = crypto.randomUUID();',
  'node:timers/promises': "import { setTimeout } from 'node:timers/promises';",
  'node:perf_hooks': "import { performance } from 'node:perf_hooks';",
  'randomBytes of node:crypto': "import { randomBytes } from 'node:crypto';",
};

const repeatable = ['domain', 'checker', 'dispatch', 'handler', 'strategy', 'subscription', 'workload', 'broker/sim'];
const real = ['runtime/threads', 'run', 'cli', 'broker/nats'];

describe('the determinism rule of the lint', () => {
  it.each(Object.entries(forbidden))('forbids %s wherever a run has to be repeatable', async (_name, code) => {
    for (const folder of repeatable) expect(await findings(`src/${folder}/file.ts`, code), folder).toBe(1);
  });

  it.each(real)('lets src/%s use the real ones, for it implements or wires the ports', async (folder) => {
    const { 'Math.random()': unseeded, ...rest } = forbidden;
    for (const code of Object.values(rest)) expect(await findings(`src/${folder}/file.ts`, code), code).toBe(0);
    // Chance is a seed even here: a fresh one is drawn with node:crypto, and printed.
    expect(await findings(`src/${folder}/file.ts`, unseeded)).toBe(1);
  });

  it('lets the virtual scheduler give the event loop a turn, but never wait on a clock', async () => {
    expect(await findings('src/runtime/virtual/file.ts', forbidden.setImmediate)).toBe(0);
    expect(await findings('src/runtime/virtual/file.ts', forbidden.setTimeout)).toBe(1);
    expect(await findings('src/runtime/virtual/file.ts', forbidden['performance.now()'])).toBe(1);
  });

  it('forbids chance in tests, which may not depend on it', async () => {
    expect(await findings('test/checker/file.test.ts', forbidden['Math.random()'])).toBe(1);
  });

  it('lets a date be made from a number, for that is no clock', async () => {
    expect(await findings('src/checker/file.ts', 'const a = new Date(0);')).toBe(0);
  });
});

const eslint = new ESLint();
const linter = new Linter();

async function findings(path: string, code: string): Promise<number> {
  const config = (await eslint.calculateConfigForFile(path)) as Linter.Config;
  const rules = Object.fromEntries(
    Object.entries(config.rules ?? {}).filter(([name]) => determinismRules.includes(name)),
  );
  const languageOptions = { parser: tseslint.parser as Linter.Parser };
  return linter.verify(code, [{ files: ['**/*.ts'], languageOptions, rules }], path).length;
}
