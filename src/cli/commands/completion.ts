/** The command `completion`: prints the script that makes a shell complete, and answers what that script asks. */
import { Argument, Command } from 'commander';
import { exitCodes } from '../../domain/errors.js';
import { complete } from '../completion/complete.js';
import { scripts, shells, type Shell } from '../completion/scripts.js';
import type { CliContext } from '../context.js';

const examples = `
Examples:
  eval "$(eventbus-bench completion bash)"
      for this bash; in ~/.bashrc for every one
  eventbus-bench completion zsh > "\${fpath[1]}/_eventbus-bench"
      for every zsh that calls compinit
  eventbus-bench completion fish \\
    > ~/.config/fish/completions/eventbus-bench.fish
      for every fish

Completes commands, flags, names of scenarios and files, and the values of
flags that have a list of them, such as --strategy and --broker. The program has
to be found under the name eventbus-bench.`;

export function createCompletionCommand(context: CliContext): Command {
  const command = new Command('completion')
    .summary('print the script that makes bash, zsh or fish complete')
    .description('Print the script that makes a shell complete commands, flags and their values.')
    .addArgument(new Argument('<shell>', 'the shell').choices(shells))
    .addArgument(new Argument('[words...]', 'what is completed; the script asks with it'))
    .addHelpText('after', examples)
    .action(async (shell: Shell, words: readonly string[]) => {
      const text = words.length === 0 ? scripts[shell] : answer(command, words);
      await context.console.out(text);
      context.exitCode = exitCodes.ok;
    });
  return command;
}

function answer({ parent }: Command, words: readonly string[]): string {
  const { candidates, paths } = complete(parent!, words);
  const lines = candidates.map(({ value, description }) => `${value}\t${description}`);
  return [...lines, `:${paths}`, ''].join('\n');
}
