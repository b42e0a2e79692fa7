/**
 * Handles Ctrl-C: the first one asks the command to end, so that what was recorded is reported; the second one ends the
 * process at once. SIGTERM and SIGHUP count as Ctrl-C. A command that does not listen for the signal is ended by the
 * first one.
 */
import { exitCodes } from '../domain/errors.js';

export interface Interrupt {
  /** From now on the first Ctrl-C aborts this signal instead of ending the process. */
  listen(): AbortSignal;
  readonly interrupted: boolean;
}

/** @param notify called on the first Ctrl-C, if the command listens */
export function watchInterrupts(process: NodeJS.Process, notify: () => void): Interrupt {
  const controller = new AbortController();
  let listening = false;
  const onSignal = (): void => {
    if (!listening || controller.signal.aborted) return process.exit(exitCodes.interrupted);
    controller.abort();
    notify();
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
  };
}
