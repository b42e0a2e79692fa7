/**
 * The part that all script languages share: a script opens with its rules and a sentence, a step is words, and some of
 * them are settings, `name=value`.
 */

export class ScriptError extends Error {
  override readonly name = 'ScriptError';
}

export type Options = Map<string, string>;

/** The first line, `# rule 2: …`, and the comment lines that go on with the sentence. */
export function parseOpening(name: string, lines: readonly string[]): { rules: readonly number[]; sentence: string } {
  const opening = /^# rules? (\d+(?:, \d+)*): (.+)$/.exec(lines[0] ?? '');
  if (opening === null) {
    throw new ScriptError(`${name}:1: a script opens with "# rule <number>: <the sentence that it shows>"`);
  }
  const sentence = [opening[2]!];
  for (const line of lines.slice(1)) {
    if (!/^# \S/.test(line)) break;
    sentence.push(line.slice(2));
  }
  return { rules: opening[1]!.split(', ').map(Number), sentence: sentence.join(' ') };
}

export function parseOptions(words: readonly string[]): Options {
  const options: Options = new Map();
  for (const word of words) {
    const match = /^(\w+)=(.+)$/.exec(word);
    if (match === null) throw new ScriptError(`"${word}" is not understood here`);
    options.set(match[1]!, match[2]!);
  }
  return options;
}

export function take(options: Options, key: string): string | undefined {
  const value = options.get(key);
  options.delete(key);
  return value;
}

export function refuseRest(options: Options): void {
  const [unknown] = options.keys();
  if (unknown !== undefined) throw new ScriptError(`unknown setting "${unknown}"`);
}

export function only(verb: string, words: readonly string[]): string {
  const [word, ...rest] = words;
  if (word === undefined || rest.length > 0) throw new ScriptError(`${verb} takes exactly one word`);
  return word;
}

export function integer(text: string): number {
  if (!/^-?\d+$/.test(text)) throw new ScriptError(`"${text}" is no whole number`);
  return Number(text);
}

export function optionalInteger(text: string | undefined): number | null {
  return text === undefined ? null : integer(text);
}

export function optionalDurationMs(text: string | undefined): number | null {
  return text === undefined ? null : durationMs(text);
}

export function durationMs(text: string): number {
  const match = /^(\d+)(ms|s)$/.exec(text);
  if (match === null) throw new ScriptError(`"${text}" is no duration; write 300ms or 2s`);
  return Number(match[1]) * (match[2] === 's' ? 1000 : 1);
}

export function oneOf<const T extends string>(text: string, allowed: readonly T[]): T {
  const found = allowed.find((candidate) => candidate === text);
  if (found === undefined) throw new ScriptError(`"${text}" is not one of ${allowed.join(', ')}`);
  return found;
}
