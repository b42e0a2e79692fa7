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
  /** From now on the first Ctrl-C aborts this signal instead of ending the process. @param what is ended, in words */
  listen(what?: string): AbortSignal;
  /** What was asked to end has ended, and the process is no longer ended for being late: what is left cannot hang. */
  stopGrace(): void;
  readonly interrupted: boolean;
  /**
   * Sets what is called right before the process is ended from here. It saves what it can without waiting for anything,
   * and says what is kept.
   */
  setLastWords(lastWords: () => string): void;
  /** Sets what is called before anything is written from here: it clears the terminal of what rewrites itself. */
  beforeWords(clear: () => void): void;
}

/** How long a command has to end after the first Ctrl-C. What is left of two seconds is for its last words. */
export const graceMs = 1_000;

type Watched = Pick<NodeJS.Process, 'on' | 'argv'> & {
  exit(code: number): void;
  readonly stderr: { write(text: string): unknown };
};

export function watchInterrupts(process: Watched): Interrupt {
  const controller = new AbortController();
  let listening: string | null = null;
  let grace: NodeJS.Timeout | undefined;
  let lastWords = (): string => wordsOfCommand(process.argv[2]);
  let clear = (): void => {};
  const end = (): void => {
    clear();
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
    if (listening === null || controller.signal.aborted) return end();
    clear();
    process.stderr.write(`interrupted: ending ${listening}; Ctrl-C again ends it at once\n`);
    grace = setTimeout(end, graceMs).unref();
    controller.abort();
  };
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, onSignal);
  return {
    listen: (what = 'the run') => {
      listening = what;
      return controller.signal;
    },
    stopGrace: () => {
      clearTimeout(grace);
    },
    get interrupted() {
      return controller.signal.aborted;
    },
    setLastWords: (next) => {
      lastWords = next;
    },
    beforeWords: (next) => {
      clear = next;
    },
  };
}
