/**
 * Reads what a report of schema version 1 says of pairs at risk and of runs: it asked for contested pairs where version
 * 2 asks for pairs at risk, was content with one of them, and knew no confidence.
 */
type Fields = Readonly<Record<string, unknown>>;

/** @param report JSON of a report; what is none, or has no scenario, comes back as it is */
export function withRunBounds(report: object): object {
  if (!('scenario' in report) || !isObject(report.scenario)) return report;
  const { untilContested = null, ...scenario } = report.scenario;
  return {
    ...report,
    scenario: { untilAtRisk: untilContested, minAtRisk: 1, confidence: null, within: null, ...scenario },
  };
}

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
