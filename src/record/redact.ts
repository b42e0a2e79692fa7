/**
 * Replaces ids by hashes. The same id has the same hash in every report, so that reports of one team can be compared. An
 * id that can be guessed can be found by trying; with a key that nobody else has it cannot.
 */
import { createHash, createHmac } from 'node:crypto';
import type { RecordCause } from '../domain/record/record-cause.js';
import type { RecordFinding } from '../domain/record/record-report.js';

/** Hexadecimal digits of a hash. */
const shownDigits = 12;

/** What stands in place of a line, which may have ids anywhere. */
export const redactedText = '(left out by --redact)';

export type Redaction = (id: string) => string;

/** @param key of whoever may compare; null: anybody may */
export function redaction(key: string | null): Redaction {
  return (id) => {
    const hash = key === null ? createHash('sha256') : createHmac('sha256', key);
    return hash.update(id).digest('hex').slice(0, shownDigits);
  };
}

export function redactFindings(findings: readonly RecordFinding[], redact: Redaction): readonly RecordFinding[] {
  return findings.map((finding) => ({ ...finding, aggregate: redact(finding.aggregate) }));
}

export function redactCauses(causes: readonly RecordCause[], redact: Redaction): readonly RecordCause[] {
  return causes.map((cause) => ({
    ...cause,
    witnesses: cause.witnesses.map((witness) => ({ ...witness, aggregate: redact(witness.aggregate) })),
  }));
}
