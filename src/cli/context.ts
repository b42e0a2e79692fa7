/**
 * The context that every command gets: its output, the signal of Ctrl-C, the arguments as typed, and a place for its
 * exit code.
 */
import type { Console } from './console.js';
import type { Interrupt } from './interrupt.js';

export interface CliContext {
  readonly console: Console;
  readonly interrupt: Interrupt;
  /** Arguments behind the program's name. */
  readonly args: readonly string[];
  exitCode: number;
}
