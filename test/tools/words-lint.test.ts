/**
 * The lint keeps code from reading words back: what is said of a reason, a claim or a remedy is for people, and a
 * sentence that is worded anew must not change an exit code. Each way of reading is shown to be caught.
 */
import { ESLint, Linter } from 'eslint';
import tseslint from 'typescript-eslint';
import { describe, expect, it } from 'vitest';

const forbidden = {
  'a pattern over the words of a reason': 'if (/latent/.test(reasonText(reason))) fail();',
  'a search in the words of all reasons': "if (reasons.map((one) => reasonText(one)).join().includes('drain')) fail();",
  'a search in the words of a claim': "const is = evidenceText(claim).startsWith('80 %');",
  'a match of the words of a remedy': 'const found = remedyText(remedy).match(/--\\S+/);',
  'a comparison with the words of a reason': "if (reasonText(reason) === 'the run was interrupted') fail();",
  'a choice by the words of a reason': "switch (reasonText(reason)) { case 'x': fail(); }",
  'a pattern over what a reason carries': 'if (/time-out/.test(reason.detail)) fail();',
  'a comparison of what a reason carries': "if (reason.detail === 'ack wait') fail();",
  'a choice by what a remedy carries': "switch (remedy.detail) { case 'x': fail(); }",
};

const allowed = {
  'a choice by kind': "if (reason.kind === 'latent' && reason.numbers.splitPairs > 0) fail();",
  'showing the words': "const text = `${reasonText(reason)}: ${evidence.map(evidenceText).join('; ')}`;",
  'asking whether there are words': "const text = reason.detail === null ? '' : ` (${reason.detail})`;",
};

const folders = ['src/report', 'src/run', 'src/cli', 'src/checker', 'src/diagnosis'];

describe('the lint of words', () => {
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
