/**
 * Lets go of a source that may say nothing for long, such as a pipe: once the signal is aborted, what is waited for is
 * given up.
 */
import { InterruptedError } from '../../../domain/errors.js';
import type { SourceOpener } from '../open-source.js';

/** What it opens throws {@link InterruptedError} once the signal is aborted. */
export function interruptible(opener: SourceOpener, signal: AbortSignal): SourceOpener {
  signal.addEventListener('abort', () => opener.letGo?.(), { once: true });
  return {
    open: async () => {
      const source = await unlessAborted(signal, opener.open());
      return {
        ...source,
        get badEnd() {
          return source.badEnd ?? null;
        },
        readInto: (buffer, from) => unlessAborted(signal, source.readInto(buffer, from)),
        close: async () => {
          const closed = source.close();
          // A pipe is closed only when the last read of it has ended, which it may never do.
          if (signal.aborted) closed.catch(() => {});
          else await closed;
        },
      };
    },
  };
}

async function unlessAborted<Value>(signal: AbortSignal, wanted: Promise<Value>): Promise<Value> {
  let onAbort = (): void => {};
  const aborted = new Promise<never>((_, reject) => {
    onAbort = () => {
      reject(new InterruptedError());
    };
    if (signal.aborted) onAbort();
    else signal.addEventListener('abort', onAbort, { once: true });
  });
  try {
    return await Promise.race([wanted, aborted]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}
