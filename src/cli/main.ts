#!/usr/bin/env node
/** The program's entry: call, and exit with the code that the call returns. */
import { runCli } from './run-cli.js';

process.exit(await runCli(process));
