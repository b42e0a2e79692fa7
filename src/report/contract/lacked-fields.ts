/**
 * Reads the scenario of an older report: fields that its version lacked get the value that their declaration has for
 * such reports. Pairs at risk had another name in version 1: it asked for contested pairs.
 */
import { kafkaParts, scenarioParts, type Parts } from '../../domain/scenario/fields/parts.js';
import { isFields, type Fields } from './known-fields.js';

/**
 * @param report JSON of a report; what is none, or has no scenario, comes back as it is
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

/** By name, what reports of the version are read as if they had. */
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
