/**
 * Wakes a read of a named pipe that nobody writes to. A thread that waits in the system for it would otherwise keep the
 * process from ending.
 */
import { closeSync, constants, openSync, statSync, writeSync } from 'node:fs';

/** Does nothing for a file that is no named pipe. */
export function wakeReaderOf(path: string): void {
  try {
    if (!statSync(path).isFIFO()) return;
    const end = openSync(path, constants.O_WRONLY | constants.O_NONBLOCK);
    writeSync(end, '\n');
    closeSync(end);
  } catch {
    // Nobody reads it any more, or it is gone.
  }
}
