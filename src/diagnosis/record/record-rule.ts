/**
 * The interface of a rule by which a cause is named from a record. It declares as data which lines and fields must be
 * there, and what must be true of the record as a whole: for the cause's own evidence, and against each mechanism that
 * would leave the same anomalies. What only a configuration tells is never asked for, so a cause that needs it has no
 * rule here.
 */
import type { RecordCondition, RecordNeed } from '../../domain/record/record-cause.js';
import type { RecordField } from '../../domain/record/record-fields.js';
import type { RecordFacts } from '../../domain/record/record-observed.js';
import type { AnomalySignature, ExplainedKind } from '../../domain/report/anomaly-signature.js';
import type { CauseEvidence, Remedy } from '../../domain/report/cause-evidence.js';
import type { ObservedRun } from '../../domain/report/observed-run.js';
import type { Cause, Explained } from '../../domain/report/run-report.js';

/** A part of what must be seen, and the ids of the causes that it speaks against; none: it is evidence of its own. */
export type NeedAgainst = RecordNeed & { readonly against: readonly string[] };

export interface ConditionAgainst {
  readonly is: RecordCondition;
  readonly against: readonly string[];
}

export interface RecordRule {
  readonly id: string;
  /** The kinds of anomalies that it can explain. */
  readonly kinds: readonly ExplainedKind[];
  readonly needs: readonly NeedAgainst[];
  readonly conditions: readonly ConditionAgainst[];
  readonly confidence: Exclude<Cause['confidence'], 'possible'>;
  readonly remedy: Remedy;
  matches(signature: AnomalySignature, seen: ObservedRun): boolean;
  /** Whether an anomaly could bear the signature if the record had all that the rule needs. @param lacks of the fields */
  mayBe(signature: AnomalySignature, lacks: (field: RecordField) => boolean): boolean;
  evidence(seen: ObservedRun, explained: Explained, facts: RecordFacts): readonly CauseEvidence[];
}

/** All causes that a rule has excluded where it is applied. */
export function excludedBy({ needs, conditions }: Pick<RecordRule, 'needs' | 'conditions'>): readonly string[] {
  return [...new Set([...needs, ...conditions].flatMap(({ against }) => against))];
}
