#!/usr/bin/env node
/** Runs the command line and exits with the code that it returns; this is the entry point of the program. */
import { runCli } from './run-cli.js';

process.exit(await runCli(process));
