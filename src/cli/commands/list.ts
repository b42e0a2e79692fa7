/** The command `list`: shows what there is to choose from. It runs nothing and starts no server. */
import { Argument, Command } from 'commander';
import { UsageError, exitCodes } from '../../domain/errors.js';
import { nearest } from '../../scenario/nearest.js';
import type { CliContext } from '../context.js';
import type { Listing } from '../list/listing.js';
import { addOutputOptions } from '../options/output-options.js';
import type { OutputOptions } from '../options/output-options.js';

const examples = `
Examples:
  eventbus-bench list
      all of it, a line each
  eventbus-bench list strategies
      what each does, promises and costs
  eventbus-bench list scenarios --json | jq -r '.[].name'
      for a script

strategies  what stands between fetching an event and handling it
scenarios   what comes with the tool and is run by its name
modes       how the subscriptions of a bus are wired
hazards     the mechanisms that a run can name as a cause, and how to see each
brokers     the kinds of broker, and what is found on this machine`;

/** In the order in which they are shown; each is loaded when it is asked for. */
export const lists = {
  strategies: async () => (await import('../list/strategies.js')).listStrategies(),
  scenarios: async () => (await import('../list/scenarios.js')).listScenarios(),
  modes: async () => (await import('../list/modes.js')).listModes(),
  hazards: async () => (await import('../list/hazards.js')).listHazards(),
  brokers: async () => (await import('../list/brokers.js')).listBrokers(),
} as const satisfies Record<string, () => Promise<Listing>>;

type Word = keyof typeof lists;
const listWords = Object.keys(lists) as readonly Word[];

export function createListCommand(context: CliContext): Command {
  const command = new Command('list')
    .summary('show the strategies, scenarios, modes, hazards and brokers')
    .description('Show what there is to choose from. Without a word: all of it, in short. Runs nothing.')
    .addArgument(new Argument('[what]', listWords.join(', ')).choices(listWords).argParser(wordOf));
  addOutputOptions(command);
  return command
    .addHelpText('after', examples)
    .action((word: Word | undefined) =>
      list(context, command.opts(), word).then(() => void (context.exitCode = exitCodes.ok)),
    );
}

/** @throws {UsageError} if there is no such list */
function wordOf(text: string): Word {
  const found = listWords.find((word) => word === text);
  if (found !== undefined) return found;
  const meant = nearest(text, listWords);
  throw new UsageError(
    `there is no list of ${text}; there are ${listWords.join(', ')}`,
    meant === null ? 'eventbus-bench list shows all of them' : `did you mean ${meant}?`,
  );
}

async function list({ console }: CliContext, options: OutputOptions, word: Word | undefined): Promise<void> {
  const words = word === undefined ? listWords : [word];
  const listings = await Promise.all(words.map(async (one) => ({ word: one, ...(await lists[one]()) })));
  const [only] = listings;
  if (options.json === true) {
    const all = Object.fromEntries(listings.map((listing) => [listing.word, listing.data]));
    await console.out(`${JSON.stringify(word === undefined ? all : only?.data, null, 2)}\n`);
    return;
  }
  const { renderListing, renderOverview } = await import('../list/layout.js');
  const { createTheme } = await import('../../report/terminal/theme.js');
  const theme = createTheme({ color: console.color('stdout', options.color), ascii: console.ascii });
  const screen = { width: console.width, theme };
  await console.out(word === undefined ? renderOverview(listings, screen) : renderListing(only!, screen));
}
