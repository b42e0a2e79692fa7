/**
 * Drops the warnings about negative time-outs that kafkajs 2.2.4 causes, and no others. It sets a timer for the time
 * until a broker's throttling ends. For a broker that does not throttle that is -1 minus the time now (`throttledUntil`
 * of its `requestQueue`). The timer fires at once, as it should, but Node 24 and later warn each time.
 */
const noThrottling = /^-\d{13} is a negative number/;

let isDone = false;

export function dropThrottleWarnings(): void {
  if (isDone) return;
  isDone = true;
  const emit = process.emitWarning.bind(process) as (...args: unknown[]) => void;
  process.emitWarning = (...args: unknown[]): void => {
    const [warning, type] = args;
    if (type === 'TimeoutNegativeWarning' && noThrottling.test(String(warning))) return;
    emit(...args);
  };
}
