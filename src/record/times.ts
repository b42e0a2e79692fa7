/** Reads times: ISO 8601, or a number of seconds, milliseconds, microseconds or nanoseconds since 1970. */
export const timeUnits = ['s', 'ms', 'us', 'ns'] as const;
export type TimeUnit = (typeof timeUnits)[number];

const perMs: Readonly<Record<TimeUnit, number>> = { s: 0.001, ms: 1, us: 1_000, ns: 1_000_000 };

/** A date with a time and no zone: JavaScript would take it for the machine's own, so a report would depend on the machine. */
const isWithoutZone = /^\d{4}-\d\d-\d\d[T ][\d:.]+$/;

/** @returns milliseconds since 1970, a time without a zone being UTC, with a fraction; null if the text is no time */
export function readTime(text: string, unit: TimeUnit): number | null {
  if (/^-?\d+(\.\d+)?$/.test(text)) return Number(text) / perMs[unit];
  const ms = Date.parse(isWithoutZone.test(text) ? `${text}Z` : text);
  if (Number.isNaN(ms)) return null;
  // Date keeps milliseconds; what is written behind them counts too.
  const [, finer = ''] = /\.\d{3}(\d+)/.exec(text) ?? [];
  return finer === '' ? ms : ms + Number(`0.${finer}`);
}
