/** Draws logs of handlings: small, with everything that the definitions speak of, and with keys that need quoting. */
import fc from 'fast-check';
import type { LogLine, Terms } from './log-oracle.js';

/** Names that an engine could take for something else. */
export const oddKeys = [
  ...['', ' ', 'a', 'A', 'a ', "it's", 'say "so"', 'back\\slash', '`tick`', 'new\nline', 'tab\t', '\\n', '\\'],
  ...['NULL', 'null', '007', '7', '-1', 'ünï', 'u\u0308ni', '☃', '𝄞', '--', '; DROP TABLE log', '%', '_', '\u200b'],
];

/** Texts that an engine could take for something else; none has a control character. */
export const oddConstants = oddKeys.filter((key) => !/\p{Cc}/u.test(key));

const orNull = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(value, { freq: 12 });

const logLine: fc.Arbitrary<LogLine> = fc
  .record({
    topic: orNull(fc.constantFrom('t1', 't2', "t'3")),
    aggregate: orNull(fc.nat(3)),
    version: fc.option(fc.bigInt({ min: 0n, max: 9n }), { freq: 20 }),
    id: orNull(fc.constantFrom('i', 'I')),
    place: orNull(fc.nat(30)),
    began: orNull(fc.nat(20)),
    took: orNull(fc.integer({ min: -1, max: 5 })),
  })
  .map(({ took, began, aggregate, ...line }) => ({
    ...line,
    aggregate: aggregate === null ? null : String(aggregate),
    began,
    ended: began === null || took === null ? null : began + took,
  }));

type Size = 'small' | 'max';

/** A log whose aggregates have odd names. Places repeat here and there, so that lines are tied. */
const logsOf = (size: Size): fc.Arbitrary<readonly LogLine[]> =>
  fc
    .tuple(fc.array(logLine, { maxLength: 60, size }), fc.shuffledSubarray(oddKeys, { minLength: 4, maxLength: 4 }))
    .map(([lines, keys]) =>
      lines.map((line) => ({ ...line, aggregate: line.aggregate === null ? null : keys[Number(line.aggregate)]! })),
    );

export const logs = logsOf('small');

export const terms: fc.Arbitrary<Terms> = fc.oneof(
  {
    weight: 2,
    arbitrary: fc.record<Terms>({
      versions: fc.constant('dense'),
      firstVersion: fc.option(fc.bigInt({ min: 0n, max: 4n })),
      byTopic: fc.boolean(),
      hasIds: fc.constant(false),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record<Terms>({
      versions: fc.constant('rising'),
      firstVersion: fc.constant(null),
      byTopic: fc.boolean(),
      hasIds: fc.boolean(),
    }),
  },
);

/** Drawn logs with their terms, the same ones for the same seed. @param size small: most have fewer than ten lines */
export function drawnLogs(
  count: number,
  seed: number,
  size: Size = 'small',
): readonly (readonly [readonly LogLine[], Terms])[] {
  return fc.sample(fc.tuple(logsOf(size), terms), { numRuns: count, seed });
}

/** A line as JSON. */
export function jsonOf({ version, ...others }: LogLine): string {
  const shown = typeof version === 'bigint' ? String(version) : JSON.stringify(version);
  return `${JSON.stringify(others).slice(0, -1)},"version":${shown}}`;
}

/** Names of columns that an engine could take for something else; none has a control character. */
export const oddNames = [
  ...["it's", 'say "so"', 'back\\slash', 'end\\', '`tick`', '\\`', '``', '"', ' ', '*', '%', '$1', '{x}', '?'],
  ...['a.b', 'a,b', '--', '/*', '; DROP TABLE lines', 'select', 'overlaps', 'ünï', '☃', '𝄞'],
];
