import { describe, expect, it } from 'vitest';
import { createConsole } from '../../src/cli/console.js';
import { watchInterrupts } from '../../src/cli/interrupt.js';
import { createProgram } from '../../src/cli/program.js';

const program = createProgram({
  console: createConsole(process),
  interrupt: watchInterrupts({ ...process, on: () => process }),
  args: [],
  exitCode: 0,
});

describe('the help on a terminal of 40 columns', () => {
  it.each([program, ...program.commands].map((command) => [command.name(), command] as const))(
    'of %s breaks no word',
    (_, command) => {
      command.configureOutput({ getOutHelpWidth: () => 40 });
      // The usage is one line, which says how the command is called.
      const [, ...lines] = command.helpInformation().split('\n');
      expect(lines.filter((line) => line.length > 40)).toEqual([]);
    },
  );

  it('has what a flag is for below it', () => {
    const run = program.commands.find((command) => command.name() === 'run')!;
    run.configureOutput({ getOutHelpWidth: () => 40 });
    expect(run.helpInformation()).toContain('  --topics <n>\n    Topics. (default: 5)\n');
  });
});
