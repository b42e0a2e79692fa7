/**
 * Completes the scenario of an older report with the fields that its version lacked. Version 1 had `untilContested` in
 * place of `untilAtRisk`.
 */
import { withLacked } from '../../domain/scenario/fields/lacked.js';
import { isFields } from './known-fields.js';

/**
 * @param report JSON of a report; a value that is no report, or has no scenario, is returned unchanged
 * @param version its schema version, such as `1.1`
 */
export function withLackedFields(report: object, version: string): object {
  if (!('scenario' in report) || !isFields(report.scenario)) return report;
  const { untilContested = null, ...scenario } = report.scenario;
  return { ...report, scenario: withLacked({ untilAtRisk: untilContested, ...scenario }, version) };
}
