/** Lays out the help for narrow terminals: what a flag or a command is for stands below it where too little room is beside. */
import { Help } from 'commander';
import type { Command } from 'commander';

/** With fewer columns for the texts, they stand below. */
const besideMin = 30;
const indent = 4;

export function fitNarrowTerminals(command: Command): Command {
  return command.configureHelp({
    ...command.configureHelp(),
    minWidthToWrap: 20,
    formatItem(term, termWidth, description, helper) {
      const width = helper.helpWidth ?? 80;
      if (description === '' || width - termWidth - indent >= besideMin) {
        return Help.prototype.formatItem.call(helper, term, termWidth, description, helper);
      }
      const lines = helper.boxWrap(description, width - indent).split('\n');
      return [`  ${term}`, ...lines.map((line) => ' '.repeat(indent) + line)].join('\n');
    },
  });
}
