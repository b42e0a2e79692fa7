/**
 * Completes the scenario of an older report: a field that its version lacked gets the value that the field's
 * declaration has for such reports. Version 1 had `untilContested` in place of `untilAtRisk`.
 */
import { kafkaParts, scenarioParts, type Parts } from '../../domain/scenario/fields/parts.js';
import { isFields, type Fields } from './known-fields.js';

/**
 * @param report JSON of a report; a value that is no report, or has no scenario, is returned unchanged
 * @param version its schema version, such as `1.1`
 */
export function withLackedFields(report: object, version: string): object {
  if (!('scenario' in report) || !isFields(report.scenario)) return report;
  const { untilContested = null, kafka, ...scenario } = report.scenario;
  return {
    ...report,
    scenario: {
      ...lackedBy(version, scenarioParts),
      untilAtRisk: untilContested,
      ...scenario,
      ...(isFields(kafka) ? { kafka: { ...lackedBy(version, kafkaParts), ...kafka } } : { kafka }),
    },
  };
}

/** The fields that reports of the version lack, by name, with the values that they are read as. */
export function lackedBy(version: string, parts: Parts<string>): Fields {
  const lacked = Object.entries(parts).flatMap(([name, { olderReports }]) =>
    olderReports !== undefined && isUpTo(version, olderReports.upTo) ? [[name, olderReports.value] as const] : [],
  );
  return Object.fromEntries(lacked);
}

function isUpTo(version: string, last: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [lastMajor = 0, lastMinor = 0] = last.split('.').map(Number);
  return major < lastMajor || (major === lastMajor && minor <= lastMinor);
}
