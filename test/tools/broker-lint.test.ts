/**
 * The lint keeps code from telling brokers apart by their kind: what a broker is like is asked of the registry, so that a
 * new one is described in one place. Each way of telling is shown to be caught.
 */
import { ESLint, Linter } from 'eslint';
import tseslint from 'typescript-eslint';
import { describe, expect, it } from 'vitest';

const forbidden = {
  'a comparison of a kind': "const commits = broker === 'sim:kafka';",
  'a comparison of a protocol': "if (protocolOf(broker) !== 'jetstream') fail();",
  'a comparison of the kind of a topology': "const logs = topology.kind === 'kafka' ? 'per topic' : 'shared';",
  'the beginning of a kind': "const clock = broker.startsWith('sim:') ? 'virtual' : 'wall';",
  'a search among kinds': "if (brokers.includes('kafka')) fail();",
  'a choice among simulators': "switch (broker) { case 'sim:kafka': fail(); }",
};

const allowed = {
  'a question to the registry': 'const commits = traitsOf(broker).commitsPositions;',
  'brokers that a flag names': "const flags = { broker: 'sim:kafka' };",
};

const folders = ['src/report', 'src/run', 'src/cli', 'src/judge', 'src/strategy', 'src/scenario'];

describe('the lint of broker kinds', () => {
  it.each(Object.entries(forbidden))('forbids %s, everywhere in src', async (_name, code) => {
    for (const folder of folders) expect(await findings(`${folder}/file.ts`, code), folder).toBeGreaterThan(0);
  });

  it.each(Object.entries(allowed))('allows %s', async (_name, code) => {
    for (const folder of folders) expect(await findings(`${folder}/file.ts`, code), folder).toBe(0);
  });
});

const eslint = new ESLint();
const linter = new Linter();

async function findings(path: string, code: string): Promise<number> {
  const config = (await eslint.calculateConfigForFile(path)) as Linter.Config;
  const rules = { 'no-restricted-syntax': config.rules?.['no-restricted-syntax'] ?? 'off' } as const;
  const languageOptions = { parser: tseslint.parser as Linter.Parser };
  return linter.verify(code, [{ files: ['**/*.ts'], languageOptions, rules }], path).length;
}
