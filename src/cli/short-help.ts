/**
 * Gives a command with many flags a help that fits on a screen: `--help` shows the usual flags, each in a line, and
 * `--help-all` shows every flag in its group, with all examples.
 */
import { Help, Option } from 'commander';
import type { Command } from 'commander';

/** A flag as the short help shows it. */
export interface UsualFlag {
  /** As it was declared: `--topics <n>`. */
  readonly flags: string;
  /** A few words; the default is added to them. */
  readonly text: string;
}

export interface HelpTexts {
  readonly usual: readonly UsualFlag[];
  /** One sentence in the place of the command's description. */
  readonly about: string;
  /** What follows the flags in the short help. */
  readonly examples: string;
  /** What follows them in the full one. */
  readonly allExamples: string;
}

const heading = 'Usual flags:';

/** To be called once the command has all its flags. */
export function addShortHelp(command: Command, { usual, about, examples, allExamples }: HelpTexts): Command {
  let showsAll = false;
  const helpAll = new Option('--help-all', 'Show every flag, in groups, with all examples.');
  command.addOption(helpAll).on('option:help-all', () => {
    showsAll = true;
    command.help();
  });
  const shown = (): Option[] => [
    ...usual.map(({ flags, text }) => new Option(flags, text).helpGroup(heading)),
    new Option('-h, --help', 'Show this help.').helpGroup(heading),
  ];
  const whole = new Help();
  const short = { visibleOptions: shown, commandDescription: () => about };
  return command.configureHelp(showing(() => (showsAll ? {} : short))).addHelpText('after', ({ command: of }) => {
    if (showsAll) return allExamples;
    const count = whole.visibleOptions(of).length;
    return `\nAll ${String(count)} flags, in groups: eventbus-bench ${of.name()} --help-all\n${examples}`;
  });
}

/**
 * A help that is laid out as if some of its parts were others. Only the layout is: what commander suggests for an
 * unknown flag still comes from all flags.
 */
export function showing(others: () => Partial<Help>): Partial<Help> {
  return {
    formatHelp(command, helper) {
      const other = Object.assign(Object.create(helper) as Help, others());
      return Help.prototype.formatHelp.call(other, command, other);
    },
  };
}
