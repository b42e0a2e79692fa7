/** Puts a claim of a cause into words: a clause without a full stop. No code reads these words back. */
import type { CauseEvidence, EvidenceClaim } from '../../domain/report/cause-evidence.js';
import { busEvidence } from './evidence/bus-evidence.js';
import { ClaimNumbers, type ClaimText } from './evidence/claim-numbers.js';
import { fetchingEvidence } from './evidence/fetching-evidence.js';
import { logEvidence } from './evidence/log-evidence.js';
import { lossEvidence } from './evidence/loss-evidence.js';
import { redeliveryEvidence } from './evidence/redelivery-evidence.js';

const texts: Readonly<Record<Exclude<EvidenceClaim, 'told'>, ClaimText>> = {
  ...logEvidence,
  ...fetchingEvidence,
  ...redeliveryEvidence,
  ...busEvidence,
  ...lossEvidence,
};

export function evidenceText({ claim, detail, ...numbers }: CauseEvidence): string {
  return claim === 'told' ? (detail ?? '') : texts[claim](new ClaimNumbers(numbers));
}
