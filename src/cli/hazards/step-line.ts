/**
 * Tells on standard error what is under way: in a line that rewrites itself on a terminal, and elsewhere in a line every
 * ten seconds.
 */
import { createLogUpdate } from 'log-update';

export interface StepLine {
  show(what: string): void;
  /** Clears the line. */
  done(): void;
}

export interface StepLineOptions {
  readonly stream: NodeJS.WriteStream;
  readonly enabled: boolean;
  readonly isInteractive: boolean;
}

const columnsDefault = 80;

export function createStepLine({ stream, enabled, isInteractive }: StepLineOptions): StepLine {
  if (!enabled) return { show: () => {}, done: () => {} };
  if (!isInteractive) return { show: everyTenSeconds((what) => void stream.write(`${what} …\n`)), done: () => {} };
  const log = createLogUpdate(stream, { showCursor: true });
  return { show: (what) => log(`${what} …`.slice(0, (stream.columns || columnsDefault) - 1)), done: () => log.clear() };
}

const everyMs = 10_000;

function everyTenSeconds(say: (what: string) => void): (what: string) => void {
  let saidAtMs = performance.now();
  return (what) => {
    if (performance.now() - saidAtMs < everyMs) return;
    saidAtMs = performance.now();
    say(what);
  };
}
