/**
 * Defines the context that every command gets: its output, the handling of Ctrl-C, the arguments as typed, and the exit
 * code, which the command sets.
 */
import type { Console } from './console.js';
import type { Interrupt } from './interrupt.js';

export interface CliContext {
  readonly console: Console;
  readonly interrupt: Interrupt;
  /** The arguments after the program's name. */
  readonly args: readonly string[];
  exitCode: number;
}
