/**
 * Bad inputs as data: a command line with its files, and what the program says of it. Each is run as a process of its
 * own, a few at once, in terminals of different widths.
 */
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { runCli, temporaryFolder, type CliResult } from '../cli-process.js';

export interface BadInput {
  readonly args: readonly string[];
  /** Files of the working folder: their content, or a link to a path; null: a folder. */
  readonly files?: Readonly<Record<string, string | Uint8Array | { readonly link: string } | null>>;
  readonly stdin?: string | Uint8Array;
  readonly env?: Readonly<Record<string, string>>;
  /** 64 if absent. */
  readonly exit?: number;
  /** Words of the message, and of the way out below it. */
  readonly says: string;
  readonly wayOut: string;
  /** Must stand nowhere in the output. */
  readonly secret?: string;
}

/** `[arguments, words of the message, words of the way out]`, for inputs that are nothing but arguments. */
export type BadArguments = readonly [args: readonly string[], says: string, wayOut: string];

export function ofArguments(command: readonly string[], inputs: readonly BadArguments[]): readonly BadInput[] {
  return inputs.map(([args, says, wayOut]) => ({ args: [...command, ...args], says, wayOut }));
}

export interface Answered extends CliResult {
  readonly input: BadInput;
  readonly columns: number;
}

/** A message has to be readable in each of these, and short. */
const terminals = [
  { columns: 80, linesMax: 9 },
  { columns: 60, linesMax: 12 },
  { columns: 40, linesMax: 18 },
] as const;

export function linesMaxIn(columns: number): number {
  return terminals.find((terminal) => terminal.columns === columns)!.linesMax;
}

/** So many processes at once, since a machine may have two cores. */
const atOnce = 2;

/** The answers in the order of the inputs. Inputs take turns among the widths. */
export async function answersTo(inputs: readonly BadInput[]): Promise<readonly Answered[]> {
  const answers: Answered[] = [];
  const waiting = inputs.map((input, at) => ({ input, at })).reverse();
  const work = async (): Promise<void> => {
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      answers[next.at] = await answerTo(next.input, terminals[next.at % terminals.length]!.columns);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return answers;
}

async function answerTo(input: BadInput, columns: number): Promise<Answered> {
  const cwd = temporaryFolder();
  for (const [name, content] of Object.entries(input.files ?? {})) make(join(cwd, name), content);
  const env = { COLUMNS: String(columns), ...input.env };
  const { stdin = '' } = input;
  return { input, columns, ...(await runCli(input.args, { cwd, env, stdin })) };
}

function make(path: string, content: NonNullable<BadInput['files']>[string]): void {
  mkdirSync(dirname(path), { recursive: true });
  if (content === null) mkdirSync(path);
  else if (typeof content === 'object' && 'link' in content) symlinkSync(content.link, path);
  else writeFileSync(path, content);
}
