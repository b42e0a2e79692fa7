/** What did a report of version 1.0 not say yet? It is read with what was so then, and with null for what is not known. */
type Fields = Readonly<Record<string, unknown>>;

const rowOf10: Fields = {
  point: null,
  latencyHistograms: { publish: null, queue: null, handle: null, endToEnd: null },
  concurrency: { handlersMean: null, handlersMax: null, heldMax: null },
  bufferDepthMax: null,
};

const scenarioOf10: Fields = {
  sweep: [],
  warmUp: 0,
  skew: 0,
  gapPolicy: 'wait',
  handlerTimeBy: 'event',
  handlerFailure: 'nak',
  handlerTimeoutMs: 100,
  gateRows: [],
};

/** @param report JSON of a report of version 1.0; what is none comes back as it is */
export function asVersion11(report: object): object {
  if (!('runs' in report) || !Array.isArray(report.runs)) return report;
  const runs = report.runs.map((row: unknown) => (isObject(row) ? { ...rowOf10, ...row } : row));
  const scenario = 'scenario' in report && isObject(report.scenario) ? scenarioIn11(report.scenario) : null;
  return { comparison: null, sweeps: [], ...report, runs, scenario };
}

/** It had one strategy for all modes, and service times were drawn evenly. */
function scenarioIn11(scenario: Fields): Fields {
  const { strategy, modes, ackWaitMs, handlerTime } = scenario;
  const rows = Array.isArray(modes) ? modes.map((mode: unknown) => ({ mode, strategy })) : [];
  return {
    ...scenarioOf10,
    strategies: [strategy],
    rows,
    gapTimeoutMs: typeof ackWaitMs === 'number' ? 2 * ackWaitMs : 0,
    ...scenario,
    handlerTime: isObject(handlerTime) ? { distribution: 'uniform', ...handlerTime } : handlerTime,
  };
}

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
