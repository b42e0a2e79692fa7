/** Ends a request's linger on a real clock. 0: at the end of this turn of the event loop, which timers are not. */
export function later(ms: number, callback: () => void): void {
  if (ms === 0) setImmediate(callback);
  else setTimeout(callback, ms);
}
