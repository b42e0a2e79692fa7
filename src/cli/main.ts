#!/usr/bin/env node
/** The entry point of the program: runs the command line and exits with the code that it returns. */
import { runCli } from './run-cli.js';

process.exit(await runCli(process));
