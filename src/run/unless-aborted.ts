/** Cuts waits short when the user interrupts, without ending what is waited for. */
import { InterruptedError } from '../domain/errors.js';

/**
 * Settles as the promise does, unless the signal is aborted first. What the promise then still comes to is dropped.
 * @throws {InterruptedError} once the signal is aborted
 */
export async function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  const result: { value?: T } = {};
  const settled = promise.then((value) => void (result.value = value));
  if (await settledBefore(settled, signal, 0)) return result.value as T;
  throw new InterruptedError();
}

/**
 * Waits for the promise; once the signal is aborted, for at most `graceMs` more. What the promise then still comes to
 * is dropped.
 * @returns whether the promise was resolved
 * @throws what the promise is rejected with
 */
export async function settledBefore(promise: Promise<unknown>, signal: AbortSignal, graceMs: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  let onAbort = (): void => undefined;
  const late = new Promise<boolean>((resolve) => {
    onAbort = () => {
      if (graceMs === 0) resolve(false);
      else timer = setTimeout(() => resolve(false), graceMs);
    };
    if (signal.aborted) onAbort();
    else signal.addEventListener('abort', onAbort);
  });
  try {
    return await Promise.race([promise.then(() => true), late]);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', onAbort);
    promise.catch(() => undefined);
  }
}
