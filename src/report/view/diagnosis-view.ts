/**
 * The diagnosis of a run in full: for each row its causes with all of their evidence, what the evidence speaks against,
 * what to change and the command that tries it; what is not explained; and the answers to claims.
 */
import { traitsOf } from '../../domain/broker/registry.js';
import type { ClaimAnswer } from '../../domain/report/claim-answer.js';
import type { Cause, RunReport, RunRow } from '../../domain/report/run-report.js';
import type { Outcome } from '../../domain/scenario/scenario.js';
import { listed } from '../../text/lists.js';
import { formatCount } from '../../text/numbers.js';
import { anomaliesOf, unexplainedText } from '../words/anomaly-text.js';
import { claimText } from '../words/claim-text.js';
import { clientSettings } from '../words/client-settings.js';
import { evidenceText } from '../words/evidence-text.js';
import { remedyCommand, remedyText } from '../words/remedy-text.js';
import { sentence } from '../words/sentence.js';
import { witnessOf, type WitnessView } from './witnesses-view.js';

export interface DiagnosedRow {
  readonly row: RunRow;
  /** In the order of the claims; none if nothing was claimed. */
  readonly claims: readonly ClaimAnswer[];
}

export interface DiagnosisView {
  readonly outcome: Outcome;
  /** `multi/shared#1: violated, 424 regressions` */
  readonly title: string;
  readonly causes: readonly CauseView[];
  /** Sentences on what has no cause. */
  readonly notes: readonly string[];
  /** A sentence on each. */
  readonly claims: readonly string[];
}

export interface CauseView {
  readonly title: string;
  /** How sure it is, and what it explains. */
  readonly text: string;
  /** Each a label and sentences. */
  readonly parts: readonly { readonly label: string; readonly texts: readonly string[] }[];
  /** Tries what is to be changed; null: there is no such command. */
  readonly command: string | null;
  /** Where the mechanism is described. */
  readonly page: string;
  /** The worst anomaly that it explains, stage by stage; none if there is no witness. */
  readonly witnesses: readonly WitnessView[];
}

export function diagnosisView({ row, claims }: DiagnosedRow, report: RunReport): DiagnosisView {
  const anomalies = anomaliesOf(row).map(({ short }) => short);
  const unexplained = unexplainedText(row);
  return {
    outcome: row.outcome,
    title: `${row.id}: ${[row.outcome, ...anomalies].join(', ')}`,
    causes: row.causes.map((cause) => causeView(cause, row, report)),
    notes: [
      ...(row.causes.length === 0 && anomalies.length === 0 ? ['Nothing went wrong.'] : []),
      ...(unexplained === null ? [] : [sentence(unexplained)]),
    ],
    claims: claims.map((claim) => `Claim ${claim.id} is ${claimText(claim)}`),
  };
}

function causeView(cause: Cause, row: RunRow, report: RunReport): CauseView {
  const { id, evidence, refutes, remedy } = cause;
  const settings = clientSettings(remedy.kind, traitsOf(row.broker.kind).protocol);
  return {
    title: id,
    text: explainsText(cause),
    parts: [
      { label: 'Evidence', texts: evidence.map((one) => sentence(evidenceText(one))) },
      ...(refutes.length === 0 ? [] : [{ label: 'Against', texts: [`${listed(refutes, 'and')}.`] }]),
      { label: 'Change', texts: [sentence(remedyText(remedy))] },
      ...(settings.length === 0
        ? []
        : [{ label: 'Settings', texts: settings.map(({ client, setting }) => `${client}: ${setting}`) }]),
    ],
    command: remedyCommand(remedy, row, report),
    page: `docs/HAZARDS.md#${id}`,
    witnesses: witnessOf(cause, row, `Witness of ${id}`),
  };
}

/** `certain; explains 424 regressions and 3 overlaps` */
function explainsText({ confidence, latent, explains }: Cause): string {
  if (latent) return `${confidence}; latent: it is at work, and has broken nothing yet`;
  const counts = Object.entries(explains).filter(([, count]) => count > 0);
  return `${confidence}; explains ${listed(
    counts.map(([kind, count]) => `${formatCount(count)} ${kindWords(kind, count)}`),
    'and',
  )}`;
}

/** `storeInversions` → `store inversions`, and without its plural for one. */
function kindWords(kind: string, count: number): string {
  if (kind === 'lost') return count === 1 ? 'lost event' : 'lost events';
  const words = kind.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return count === 1 ? words.replace(/s$/, '') : words;
}
