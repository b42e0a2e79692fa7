/**
 * kafkajs 2.2.4 sets a timer for the time until a broker's throttling ends, and for a broker that does not throttle that
 * is the time now, below zero (its `requestQueue`, `throttledUntil` of -1). The timer fires at once, as it should; Node 24
 * and later warn of each. Those warnings, and no others, are dropped.
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
