/** Opens standard input as the source of a record. */
import type { Readable } from 'node:stream';
import { keptOpener } from './kept-opener.js';
import type { SourceOpener } from './open-source.js';

/** It can be opened once more as long as no more was read of it than is kept. */
export function streamOpener(input: Readable, name: string): SourceOpener {
  const pieces = (input as AsyncIterable<Buffer>)[Symbol.asyncIterator]();
  return keptOpener({
    name,
    next: async () => {
      const step = await pieces.next();
      return step.done === true ? null : step.value;
    },
    goesOn: false,
  });
}
