/**
 * Makes the cells of figures: each with its full text, and with a short one if it has four digits or more. A count of
 * anomalies has the tone `bad` if it is more than zero, and `aside` if it is zero, so that other counts stand out.
 */
import type { RunRow } from '../../../domain/report/run-report.js';
import type { Outcome } from '../../../domain/scenario/scenario.js';
import { formatCount, formatMs, formatRate, formatShort } from '../../../text/numbers.js';
import type { Status, Tone } from './finding.js';
import type { Cell } from './table.js';

/** A figure; null: not known. */
type Figure = number | null;

export function countCell(count: Figure): Cell {
  return figureCell(count, formatCount(count));
}

/** @param tone the tone of a count above zero */
export function anomalyCell(count: Figure, tone: Tone = 'bad'): Cell {
  return { ...countCell(count), tone: count === 0 ? 'aside' : tone };
}

export function rateCell(perSecond: Figure): Cell {
  return figureCell(perSecond, formatRate(perSecond));
}

export function msCell(ms: Figure): Cell {
  return figureCell(ms, formatMs(ms));
}

function figureCell(value: Figure, text: string): Cell {
  const isLong = value !== null && Number.isFinite(value) && value >= 1000;
  return isLong ? { text, short: formatShort(value) } : { text };
}

export function outcomeCell(status: Status): Cell {
  return { text: status.outcome, status };
}

export function statusOfRow({ outcome, error }: RunRow): Status {
  return { outcome, hasFailed: error !== null };
}

/** The status of several rows together, or of a gate; it has no error. */
export function statusOf(outcome: Outcome): Status {
  return { outcome, hasFailed: false };
}
