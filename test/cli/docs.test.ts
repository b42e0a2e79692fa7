import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createConsole } from '../../src/cli/console.js';
import { watchInterrupts } from '../../src/cli/interrupt.js';
import { createProgram } from '../../src/cli/program.js';

const page = (name: string): string => readFileSync(new URL(`../../docs/${name}`, import.meta.url), 'utf8');
const documented = page('CLI.md') + page('SCENARIOS.md');

const isDocumented = (word: string): boolean => documented.includes(`\`${word}\``) || documented.includes(`\`${word} `);

const program = createProgram({
  console: createConsole(process),
  interrupt: watchInterrupts({ ...process, on: () => process }),
  args: [],
  exitCode: 0,
});

describe('docs/CLI.md with docs/SCENARIOS.md', () => {
  it.each(program.commands.map((command) => command.name()))('has the command %s', (name) => {
    expect(isDocumented(name)).toBe(true);
  });

  const report = program.commands.find((command) => command.name() === 'report')!;
  it.each(report.options.filter(({ long }) => long !== '--no-color').map((option) => option.long!))(
    'has the flag %s of report',
    (flag) => expect(isDocumented(flag)).toBe(true),
  );

  const run = program.commands.find((command) => command.name() === 'run')!;
  it.each(run.options.map((option) => option.long!))('has the flag %s of run', (flag) => {
    expect(isDocumented(flag)).toBe(true);
  });
});
