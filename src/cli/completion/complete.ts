/**
 * Completes a command line that is being typed: commands, flags, and the values of those whose values are known, from
 * the program's own commands, and the names of shipped scenarios and hazards. The shells' scripts ask for it at every
 * press of the key, so no broker, client or schema is loaded for it.
 */
import type { Argument, Command, Option } from 'commander';
import { shippedHazardIds, shippedScenarioNames } from '../shipped-scenarios.js';
import { valuesOfFlag, type Values } from './flag-values.js';

export interface Candidate {
  /** The whole word that would stand there. */
  readonly value: string;
  readonly description: string;
}

export interface Completion {
  readonly candidates: readonly Candidate[];
  /** What names of the file system may stand there beside the candidates. */
  readonly paths: 'files' | 'folders' | 'none';
}

/** @param words what stands behind the program's name; the last one, perhaps empty, is being typed */
export function complete(program: Command, words: readonly string[]): Completion {
  const word = words.at(-1) ?? '';
  const before = words.slice(0, -1);
  const command = program.commands.find((one) => one.name() === before.find((earlier) => !earlier.startsWith('-')));
  const { candidates, paths } = unfiltered(program, command, { word, before });
  return { candidates: candidates.filter(({ value }) => value.startsWith(word)), paths };
}

interface Typed {
  readonly word: string;
  readonly before: readonly string[];
}

function unfiltered(program: Command, command: Command | undefined, { word, before }: Typed): Completion {
  const of = command ?? program;
  const [, inline] = /^(--[\w-]+)=/.exec(word) ?? [];
  if (inline !== undefined) return valueOf(optionOf(of, inline), { word, prefix: `${inline}=` });
  const flag = optionOf(of, before.at(-1) ?? '');
  if (flag !== undefined && takesValue(flag)) return valueOf(flag, { word, prefix: '' });
  if (word.startsWith('-')) return only(flagsOf(of));
  if (command === undefined || command.name() === 'help') return only(commandsOf(program));
  return argumentOf(command, { word, before });
}

function only(candidates: readonly Candidate[]): Completion {
  return { candidates, paths: 'none' };
}

function commandsOf(program: Command): readonly Candidate[] {
  const shown = program.createHelp().visibleCommands(program);
  return shown.map((command) => ({ value: command.name(), description: command.summary() || command.description() }));
}

function flagsOf(command: Command): readonly Candidate[] {
  const shown = command.createHelp().visibleOptions(command);
  return shown.flatMap(({ long, description }) =>
    long ? [{ value: long, description: firstSentence(description) }] : [],
  );
}

function optionOf(command: Command, flag: string): Option | undefined {
  return command.options.find(({ long, short }) => flag !== '' && (long === flag || short === flag));
}

function takesValue({ required, optional }: Option): boolean {
  return required || optional;
}

interface ValuePlace {
  readonly word: string;
  /** What stands before the value in the same word: `--broker=`. */
  readonly prefix: string;
}

function valueOf(option: Option | undefined, { word, prefix }: ValuePlace): Completion {
  if (option === undefined) return only([]);
  const [, takes = ''] = /<([\w=-]+)>/.exec(option.flags) ?? [];
  const values = option.argChoices ?? valuesOfFlag(option.attributeName(), word.slice(prefix.length));
  return listed(values, { word, prefix, takes });
}

function listed(
  values: Values | readonly string[] | null,
  { word, prefix, takes }: ValuePlace & { readonly takes: string },
): Completion {
  if (values === null) return { candidates: [], paths: pathsOf(takes) };
  const { names, several } = 'names' in values ? values : { names: values, several: false };
  const typed = word.slice(prefix.length);
  const earlier = several ? typed.slice(0, typed.lastIndexOf(',') + 1) : '';
  const given = earlier.split(',');
  return only(
    names.filter((name) => !given.includes(name)).map((name) => ({ value: prefix + earlier + name, description: '' })),
  );
}

/** By the placeholder of a flag, or the name of an argument. */
function pathsOf(takes: string): Completion['paths'] {
  if (takes === 'folder') return 'folders';
  return ['file', 'files', 'report', 'trace', 'scenario'].includes(takes) ? 'files' : 'none';
}

function argumentOf(command: Command, { word, before }: Typed): Completion {
  const argument = argumentAt(command, placeAmong(command, before));
  if (argument === undefined) return only([]);
  const takes = argument.name();
  if (takes === 'hazard') return only(shippedHazardIds().map((value) => ({ value, description: '' })));
  if (takes !== 'scenario') return listed(argument.argChoices ?? null, { word, prefix: '', takes });
  const candidates = shippedScenarioNames().map((value) => ({ value, description: 'comes with eventbus-bench' }));
  return { candidates, paths: 'files' };
}

/** How many arguments of the command stand before the word. */
function placeAmong(command: Command, before: readonly string[]): number {
  const plain = before.filter((earlier, at) => {
    const flag = optionOf(command, before[at - 1] ?? '');
    return !earlier.startsWith('-') && !(flag !== undefined && takesValue(flag));
  });
  return plain.length - 1;
}

function argumentAt(command: Command, place: number): Argument | undefined {
  const { registeredArguments } = command;
  const last = registeredArguments.at(-1);
  return registeredArguments[place] ?? (last?.variadic === true ? last : undefined);
}

function firstSentence(text: string): string {
  return (/^.*?\.(?= |$)/.exec(text)?.[0] ?? text).replace(/\.$/, '');
}
