/**
 * The real clock's `later` of the batcher: calls back after `ms` milliseconds, or with 0 at the end of this turn of the
 * event loop, where a timer would come later.
 */
export function later(ms: number, callback: () => void): void {
  if (ms === 0) setImmediate(callback);
  else setTimeout(callback, ms);
}
