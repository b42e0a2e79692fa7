/** Times on the wall clock at which the timeline has a line, so far apart that their texts can be read. */

export interface Tick {
  /** Milliseconds. */
  readonly ms: number;
  readonly text: string;
}

/** Pixels from tick to tick, at least. */
const apart = 90;

/** @param first @param last milliseconds  @param width pixels from first to last */
export function ticksOf(first: number, last: number, width: number): Tick[] {
  const span = last - first;
  if (span <= 0) return [{ ms: first, text: textOf(first, span) }];
  const least = (span * apart) / width;
  const power = 10 ** Math.floor(Math.log10(least));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((one) => one >= least) ?? least;
  const count = Math.floor(last / step) - Math.ceil(first / step) + 1;
  return Array.from({ length: count }, (_, index) => {
    const ms = (Math.ceil(first / step) + index) * step;
    return { ms, text: textOf(ms, step) };
  });
}

/** With as many digits as the step has. */
function textOf(ms: number, step: number): string {
  const digits = step > 0 ? Math.max(0, -Math.floor(Math.log10(step))) : 3;
  return `${ms.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits })} ms`;
}
