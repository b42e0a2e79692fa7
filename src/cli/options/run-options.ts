/** Defines the flags that the commands which run scenarios share, beside those of the scenario itself. */
import type { Command } from 'commander';
import { addConnectionOptions } from './connection-options.js';
import {
  addDetailsOption,
  addFormatOption,
  addOpenOption,
  addOutputOptions,
  addPlanOption,
  addProgressOptions,
  addReportOptions,
} from './output-options.js';

/** What is only planned, which servers are used, and what is shown and written. */
export function addRunOptions(command: Command): Command {
  addPlanOption(command);
  addConnectionOptions(command);
  addFormatOption(command);
  addReportOptions(command);
  addOpenOption(command);
  addOutputOptions(command);
  addDetailsOption(command);
  return addProgressOptions(command);
}
