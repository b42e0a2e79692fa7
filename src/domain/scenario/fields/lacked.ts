/**
 * Completes a resolved scenario that an older version wrote, in a report or in a trace: a field that it lacked gets the
 * value that the field's declaration has for it.
 */
import { kafkaParts, scenarioParts, type Parts } from './parts.js';

type Fields = Readonly<Record<string, unknown>>;

/** @param version of the report schema, such as `1.1` */
export function withLacked({ kafka, ...scenario }: Fields, version: string): Fields {
  const isKnown = typeof kafka === 'object' && kafka !== null;
  return {
    ...lackedBy(version, scenarioParts),
    ...scenario,
    ...(kafka !== undefined && { kafka: isKnown ? { ...lackedBy(version, kafkaParts), ...kafka } : kafka }),
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
