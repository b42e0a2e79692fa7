/** Reads on which machine a run is made: its system, processor, number of cores and Node.js version. */
import { cpus, availableParallelism, platform, release } from 'node:os';
import type { RunReport } from '../domain/report/run-report.js';

export function readEnvironment(): RunReport['environment'] {
  return {
    node: process.versions.node,
    os: `${platform()} ${release()}`,
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    cores: availableParallelism(),
  };
}
