/** Names the tool and the machine that something was run on, for the foot of a page. */
import type { RunReport } from '../../domain/report/run-report.js';

const commitDigits = 12;

export function machineOf(
  { name, version, gitCommit }: RunReport['tool'],
  { node, os, cpu, cores }: RunReport['environment'],
): [name: string, value: string][] {
  return [
    ['tool', `${name} ${version}${gitCommit === null ? '' : ` (${gitCommit.slice(0, commitDigits)})`}`],
    ['node', node],
    ['system', os],
    ['processor', `${cpu}, ${String(cores)} cores`],
  ];
}
