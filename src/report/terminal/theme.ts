/**
 * Which signs and colours does the terminal report use? Colour never carries anything alone: every outcome has a sign
 * and a word too. In plain ASCII every sign has a stand-in.
 */
import { Chalk } from 'chalk';
import type { RunRow } from '../../domain/report/run-report.js';
import type { Outcome } from '../../domain/scenario/scenario.js';

export type Paint = (text: string) => string;

export interface Theme {
  readonly ok: Paint;
  readonly bad: Paint;
  readonly unsure: Paint;
  readonly strong: Paint;
  readonly faint: Paint;
  readonly signs: {
    readonly ordered: string;
    readonly violated: string;
    readonly inconclusive: string;
    readonly failed: string;
  };
  /** Marks what is worth a thought. */
  readonly star: string;
  /** Marks what repairs behind a fault. */
  readonly repair: string;
  /** A horizontal line's character. */
  readonly rule: string;
  readonly ellipsis: string;
  /** The text in the characters that this theme may use. */
  readonly text: (text: string) => string;
}

const standIns: Readonly<Record<string, string>> = {
  '–': '-',
  '≤': '<=',
  '×': 'x',
  '…': '...',
  '·': '-',
  '★': '*',
  '†': '#',
};

export function createTheme(options: { readonly color: boolean; readonly ascii: boolean }): Theme {
  const chalk = new Chalk({ level: options.color ? 1 : 0 });
  const { ascii } = options;
  return {
    ok: chalk.green,
    bad: chalk.red,
    unsure: chalk.yellow,
    strong: chalk.bold,
    faint: chalk.dim,
    signs: ascii
      ? { ordered: '+', violated: 'x', inconclusive: '?', failed: '!' }
      : { ordered: '✓', violated: '✗', inconclusive: '?', failed: '!' },
    star: ascii ? '*' : '★',
    repair: ascii ? '#' : '†',
    rule: ascii ? '-' : '─',
    ellipsis: ascii ? '...' : '…',
    text: ascii ? (text) => text.replace(/[–≤×…·★†]/g, (sign) => standIns[sign]!) : (text) => text,
  };
}

export function paintOf(theme: Theme, outcome: Outcome): Paint {
  switch (outcome) {
    case 'ordered':
      return theme.ok;
    case 'violated':
      return theme.bad;
    case 'inconclusive':
      return theme.unsure;
  }
}

/** The sign before an outcome; a row that ended with an error has one of its own. */
export function signOf(row: RunRow, theme: Theme): string {
  return row.error === null ? theme.signs[row.outcome] : theme.signs.failed;
}
