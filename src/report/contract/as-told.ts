/**
 * Converts reasons, evidence and remedies that this version cannot read as data into data of the kind `told`, which
 * keeps their words. Reports of schema version 1 have words only; reports of later minor versions may have unknown
 * kinds.
 */
import type { CauseEvidence, Remedy } from '../../domain/report/cause-evidence.js';
import { plainReason, type Reason } from '../../domain/report/reason.js';
import { evidenceSchema, remedySchema } from './cause-schema.js';
import { isFields } from './known-fields.js';
import { reasonSchema } from './reason-schema.js';
import { witnessSchema } from './witness-schema.js';

/** @returns the row with its reasons and causes as data; a value that is no row is returned unchanged */
export function withToldAsData(row: unknown): unknown {
  if (!isFields(row)) return row;
  const { reasons, causes } = row;
  return {
    ...row,
    ...(Array.isArray(reasons) && { reasons: reasons.map(reasonOf) }),
    ...(Array.isArray(causes) && { causes: causes.map(causeOf) }),
  };
}

function causeOf(cause: unknown): unknown {
  if (!isFields(cause)) return cause;
  const { evidence, remedy, witnesses } = cause;
  return {
    ...cause,
    // Older reports have none; of a later version some may be of a kind that is unknown here.
    witnesses: Array.isArray(witnesses) ? witnesses.filter((one) => witnessSchema.safeParse(one).success) : [],
    ...(Array.isArray(evidence) && { evidence: evidence.map(evidenceOf) }),
    remedy: remedyOf(remedy),
  };
}

function reasonOf(reason: unknown): unknown {
  if (typeof reason === 'string') return toldReason(reason);
  if (!isFields(reason) || reasonSchema.safeParse(reason).success) return reason;
  return typeof reason['text'] === 'string' ? toldReason(reason['text']) : reason;
}

function evidenceOf(evidence: unknown): unknown {
  if (typeof evidence === 'string') return toldEvidence(evidence);
  if (!isFields(evidence) || evidenceSchema.safeParse(evidence).success) return evidence;
  return typeof evidence['text'] === 'string' ? toldEvidence(evidence['text']) : evidence;
}

function remedyOf(remedy: unknown): unknown {
  if (typeof remedy === 'string') return toldRemedy(remedy);
  if (!isFields(remedy) || remedySchema.safeParse(remedy).success) return remedy;
  return typeof remedy['anyBus'] === 'string' ? toldRemedy(remedy['anyBus']) : remedy;
}

function toldReason(text: string): Reason {
  return plainReason('told', text);
}

function toldEvidence(text: string): CauseEvidence {
  return { claim: 'told', count: null, of: null, detail: text };
}

function toldRemedy(text: string): Remedy {
  return { kind: 'told', detail: text };
}
