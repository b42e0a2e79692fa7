#!/usr/bin/env node
/**
 * Runs the command line and exits with the code that it returns; this is the entry point of the program. Ctrl-C is
 * watched for before anything else is loaded, so that it is answered from the first moment on.
 */
import { watchInterrupts } from './interrupt.js';

const interrupt = watchInterrupts(process);
const { runCli } = await import('./run-cli.js');
process.exit(await runCli(process, interrupt));
