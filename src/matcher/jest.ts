/** The package entry `eventbus-bench/check/jest`: its import adds the matcher to jest's global `expect`. */
import { matchers, type OrderedMatchers } from './ordered-by-aggregate.js';

declare global {
  // eslint-disable-next-line @typescript-eslint/no-namespace
  namespace jest {
    // eslint-disable-next-line @typescript-eslint/no-unused-vars, @typescript-eslint/no-empty-object-type
    interface Matchers<R, T = {}> extends OrderedMatchers<R> {}
  }
}

const { expect } = globalThis as { expect?: { readonly extend: (added: typeof matchers) => void } };
if (expect === undefined) {
  throw new TypeError(
    'jest has no global expect here: use expect.extend(matchers) with matchers of eventbus-bench/check',
  );
}
expect.extend(matchers);
