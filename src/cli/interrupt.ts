/**
 * Handles Ctrl-C: the first one asks the command to end, so that what was recorded is reported; the second one ends the
 * process at once. SIGTERM and SIGHUP count as Ctrl-C. A command that does not listen for the signal is ended by the
 * first one. A command that listens and does not end in time is ended too, whatever it waits for.
 *
 * Whoever ends says what is kept: the process, if it is ended from here, by the last words of the command.
 */
import { exitCodes } from '../domain/errors.js';
import { wordsOfCommand } from './last-words.js';

export interface Interrupt {
  /** From now on the first Ctrl-C aborts this signal instead of ending the process. */
  listen(): AbortSignal;
  readonly interrupted: boolean;
  /**
   * Sets what is called right before the process is ended from here. It saves what it can without waiting for anything,
   * and says what is kept.
   */
  setLastWords(lastWords: () => string): void;
}

/** How long a command has to end after the first Ctrl-C. What is left of two seconds is for its last words. */
export const graceMs = 1_000;

const ending = 'interrupted: ending the run; Ctrl-C again ends it at once';

type Watched = Pick<NodeJS.Process, 'on' | 'argv'> & {
  exit(code: number): void;
  readonly stderr: { write(text: string): unknown };
};

export function watchInterrupts(process: Watched): Interrupt {
  const controller = new AbortController();
  let listening = false;
  let lastWords = (): string => wordsOfCommand(process.argv[2]);
  const end = (): void => {
    let words: string;
    try {
      words = lastWords();
    } catch (error) {
      words = `interrupted: nothing could be kept: ${error instanceof Error ? error.message : String(error)}`;
    }
    process.stderr.write(`${words}\n`);
    process.exit(exitCodes.interrupted);
  };
  const onSignal = (): void => {
    if (!listening || controller.signal.aborted) return end();
    process.stderr.write(`${ending}\n`);
    setTimeout(end, graceMs).unref();
    controller.abort();
  };
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, onSignal);
  return {
    listen: () => {
      listening = true;
      return controller.signal;
    },
    get interrupted() {
      return controller.signal.aborted;
    },
    setLastWords: (next) => {
      lastWords = next;
    },
  };
}
