/** The package entry `eventbus-bench/check/vitest`: its import adds the matcher to vitest's `expect`. */
import { expect } from 'vitest';
import { matchers, type OrderedMatchers } from './ordered-by-aggregate.js';

declare module 'vitest' {
  // eslint-disable-next-line @typescript-eslint/no-explicit-any, @typescript-eslint/no-empty-object-type
  interface Matchers<T = any> extends OrderedMatchers<T> {}
}

expect.extend(matchers);
