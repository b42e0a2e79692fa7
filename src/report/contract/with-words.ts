/**
 * Adds to each reason, claim and remedy of a report its words and the command that follows from it, for storing. The
 * words are derived from the data, and ignored when the report is read.
 */
import type { Cause, RunReport, RunRow } from '../../domain/report/run-report.js';
import { traitsOf } from '../../domain/broker/registry.js';
import { clientSettings } from '../words/client-settings.js';
import { decisiveCommand } from '../words/decisive-command.js';
import { evidenceText } from '../words/evidence-text.js';
import { reasonText } from '../words/reason-text.js';
import { remedyCommand, remedyText } from '../words/remedy-text.js';

/** A row in which words stand beside the data. */
export type WordedRow = Pick<RunRow, 'aggregates' | 'series' | 'fetchMatrix' | 'timelines'>;

export function withWords(report: RunReport): Omit<RunReport, 'runs'> & { readonly runs: readonly WordedRow[] } {
  return { ...report, runs: report.runs.map((row) => rowWithWords(row, report)) };
}

function rowWithWords(row: RunRow, report: RunReport): WordedRow {
  const words = {
    reasons: row.reasons.map((reason) => ({
      ...reason,
      text: reasonText(reason),
      decisive: decisiveCommand(reason, row, report),
    })),
    causes: row.causes.map((cause) => causeWithWords(cause, row, report)),
  };
  return { ...row, ...words };
}

function causeWithWords(cause: Cause, row: RunRow, report: RunReport): object {
  const { evidence, remedy } = cause;
  return {
    ...cause,
    evidence: evidence.map((one) => ({ ...one, text: evidenceText(one) })),
    remedy: {
      ...remedy,
      anyBus: remedyText(remedy),
      here: remedyCommand(remedy, row, report),
      settings: clientSettings(remedy.kind, traitsOf(row.broker.kind).protocol),
    },
  };
}
