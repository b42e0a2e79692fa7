/** Runs a listed command as its users do, the built program as a process, and holds it against what is expected of it. */
import { expect, it } from 'vitest';
import type { Reason } from '../../src/domain/report/reason.js';
import type { RunReport } from '../../src/domain/report/run-report.js';
import type { BrokerKind } from '../../src/domain/broker/registry.js';
import { runCli } from '../cli/cli-process.js';
import type { ExpectedVerdict, ListedRun } from './list.js';

/**
 * A test for each run that is listed for the broker.
 * @param where arguments that say where that broker is
 */
export function itJudgesListed(listed: readonly ListedRun[], broker: BrokerKind, where: () => readonly string[]): void {
  for (const run of listed) {
    const allowed = run.on[broker];
    if (allowed === undefined) continue;
    const expected = [...new Set(allowed.map(({ outcome }) => outcome))].join(' or ');
    it(`run --broker ${broker} ${run.args}: ${expected}. ${run.why}`, async () => {
      const args = ['run', '--broker', broker, ...run.args.split(' '), '--max-violations', '0'];
      const { exitCode, stdout, stderr } = await runCli([...args, ...where(), '--json']);
      const report = JSON.parse(stdout === '' ? '{"runs":[]}' : stdout) as RunReport;
      const said = `${report.replay}\n${stderr}`;
      expect(report.runs.length, said).toBeGreaterThan(0);
      expect(allowed.map(({ exitCode: one }) => one), said).toContain(exitCode); // prettier-ignore
      for (const { id, outcome, reasons, error } of report.runs) {
        const seen = { id, error, outcome, reasons: namesOf(reasons) };
        const fits = allowed.filter((one) => one.outcome === outcome && hasAll(one, reasons));
        expect(fits, `${JSON.stringify(seen)}\n${said}`).not.toEqual([]);
        for (const name of run.not ?? []) expect(seen.reasons, `${id} ${said}`).not.toContain(name);
      }
    });
  }
}

function hasAll({ reasons: wanted }: ExpectedVerdict, reasons: readonly Reason[]): boolean {
  return wanted.every((name) => reasons.some(({ kind, of }) => name === kind || name === `${kind}/${of ?? ''}`));
}

function namesOf(reasons: readonly Reason[]): string[] {
  return reasons.map(({ kind, of }) => (of === null ? kind : `${kind}/${of}`));
}
