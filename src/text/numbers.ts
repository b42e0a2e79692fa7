/**
 * Writes numbers for people, the same on every machine and in every locale: thousands are separated, about three
 * significant digits are kept where more would be noise, and an unknown number (null) is a dash.
 */

export const unknownMark = '–';

const grouped = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });
const suffixes = ['', 'k', 'M', 'G', 'T', 'P', 'E'];

/** `1,234,567`; a dash for null and for numbers that are not finite. */
export function formatCount(value: number | null): string {
  return value === null || !Number.isFinite(value) ? unknownMark : grouped.format(value);
}

/** At most six characters for anything below 10^21: `999`, `1.2k`, `12.3M`, `123G`. */
export function formatShort(value: number): string {
  let scaled = Math.abs(value);
  let step = 0;
  while (scaled >= 999.5 && step < suffixes.length - 1) {
    scaled /= 1000;
    step += 1;
  }
  if (scaled >= 999.5) return value.toExponential(0);
  const digits = step === 0 || scaled >= 99.95 ? scaled.toFixed(0) : scaled.toFixed(1).replace(/\.0$/, '');
  return `${value < 0 ? '-' : ''}${digits}${suffixes[step]}`;
}

/** Events per second: whole from 10 up, one decimal below. */
export function formatRate(perSecond: number | null): string {
  return formatMeasure(perSecond, 10);
}

/** Milliseconds: whole from 100 up, one decimal below; two below 1. */
export function formatMs(ms: number | null): string {
  if (ms !== null && ms > 0 && ms < 0.995) return ms < 0.005 ? '<0.01' : ms.toFixed(2);
  return formatMeasure(ms, 99.95);
}

function formatMeasure(value: number | null, wholeFrom: number): string {
  if (value === null || !Number.isFinite(value)) return unknownMark;
  if (value === 0 || value >= wholeFrom) return formatCount(value);
  if (value < 0.05) return '<0.1';
  return value.toFixed(1);
}

/** A duration as people say it: `850 ms`, `12.3 s`, `4 min 5 s`, `2 h 10 min`. */
export function formatDuration(ms: number): string {
  if (ms < 999.5) return `${Math.round(ms)} ms`;
  const seconds = ms / 1000;
  if (seconds < 59.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  const minutes = Math.round(seconds / 60);
  return `${grouped.format(Math.floor(minutes / 60))} h ${minutes % 60} min`;
}

/**
 * A share from 0 to 1 in percent: `80 %`, `8.6 %`, `0.06 %`. A share above 0 is never written as 0 %, a share below 1
 * never as 100 %.
 */
export function formatShare(share: number | null): string {
  if (share === null || !Number.isFinite(share)) return unknownMark;
  const percent = share * 100;
  if (percent === 0) return '0 %';
  if (share < 1 && percent >= 99.5) return '>99 %';
  if (percent > 9999) return `${formatShort(percent)} %`;
  if (percent >= 9.95) return `${percent.toFixed(0)} %`;
  if (percent >= 0.995) return `${percent.toFixed(1)} %`;
  if (percent >= 0.0095) return `${percent.toFixed(2)} %`;
  return percent < 0.001 ? '<0.001 %' : `${percent.toFixed(3)} %`;
}

/** A share from 0 to 1 in percent, to `digits` significant digits: `5 %`, `0.025 %`. */
export function formatPercent(share: number, digits = 2): string {
  return `${(share * 100).toLocaleString('en-US', { maximumSignificantDigits: digits })} %`;
}

/** A bound from 0 to 1 in percent, rounded up to two significant digits, above 90 % to four: `5 %`, `99.9 %`. */
export function formatBound(share: number): string {
  return formatPercent(roundedUp(share, share > 0.9 ? 4 : 2), share > 0.9 ? 4 : 2);
}

/** The next number of so many significant digits that is not below the share, at most 1. */
function roundedUp(share: number, digits: number): number {
  if (share <= 0) return 0;
  const unit = 10 ** (Math.floor(Math.log10(share)) + 1 - digits);
  const rounded = Number((Math.ceil(share / unit - 1e-9) * unit).toPrecision(digits));
  return Math.min(1, rounded);
}

/** To three significant digits: `11.9`, `1,230`. */
export function formatSignificant(value: number): string {
  return Number(value.toPrecision(3)).toLocaleString('en-US');
}

/** A factor, such as a speedup: `0.053`, `1.05`, `36.3`. */
export function formatFactor(value: number): string {
  if (value < 0.1) return value.toFixed(3);
  return value < 10 ? value.toFixed(2) : formatSignificant(value);
}

/** `part` / `whole`; null if `whole` is 0. */
export function shareOf(part: number, whole: number): number | null {
  return whole > 0 ? part / whole : null;
}

/** `1 event`, `1,234 events`. */
export function plural(count: number, singular: string, many = `${singular}s`): string {
  return `${formatCount(count)} ${count === 1 ? singular : many}`;
}
