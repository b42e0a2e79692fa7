/**
 * Defines the signs and colours of the terminal report. No information is carried by colour alone: every outcome has a
 * sign and a word too. In plain ASCII every sign has a replacement.
 */
import { Chalk } from 'chalk';
import type { Outcome } from '../../domain/scenario/scenario.js';
import { printable } from '../../text/printable.js';
import type { Status, Tone } from '../view/model/finding.js';

export type Paint = (text: string) => string;

export interface Theme {
  readonly tones: Readonly<Record<Tone, Paint>>;
  readonly strong: Paint;
  readonly signs: Readonly<Record<Outcome | 'failed', string>>;
  /** The character of horizontal lines. */
  readonly rule: string;
  readonly ellipsis: string;
  /** Converts a text to the characters of this theme; control characters become visible escapes. */
  readonly text: (text: string) => string;
}

/** The output that a report is laid out for: its width in columns, and its theme. */
export interface Screen {
  readonly width: number;
  readonly theme: Theme;
}

const standIns: Readonly<Record<string, string>> = {
  '–': '-',
  '≤': '<=',
  '×': 'x',
  '…': '...',
  '·': '-',
  '★': '*',
  '†': '#',
  '→': '->',
};

export function createTheme(options: { readonly color: boolean; readonly ascii: boolean }): Theme {
  const chalk = new Chalk({ level: options.color ? 1 : 0 });
  const { ascii } = options;
  return {
    tones: { good: chalk.green, bad: chalk.red, unsure: chalk.yellow, aside: chalk.dim },
    strong: chalk.bold,
    signs: ascii
      ? { ordered: '+', violated: 'x', inconclusive: '?', failed: '!' }
      : { ordered: '✓', violated: '✗', inconclusive: '?', failed: '!' },
    rule: ascii ? '-' : '─',
    ellipsis: ascii ? '...' : '…',
    text: ascii ? (text) => printable(text).replace(/[–≤×…·★†→]/g, (sign) => standIns[sign]!) : printable,
  };
}

const toneOf: Readonly<Record<Outcome, Tone>> = { ordered: 'good', violated: 'bad', inconclusive: 'unsure' };

export function paintOf({ tones }: Theme, { outcome }: Status): Paint {
  return tones[toneOf[outcome]];
}

/** The sign of an outcome; a row that ended with an error has one of its own. */
export function signOf({ signs }: Theme, { outcome, hasFailed }: Status): string {
  return hasFailed ? signs.failed : signs[outcome];
}
