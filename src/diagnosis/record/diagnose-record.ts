/**
 * Names the mechanisms by which the bus of a record lost order, as far as the record proves them. A rule is applied only
 * where the record has all that it needs; what no rule claims is unexplained, and goes to no cause. Of the rules that
 * were not applied those are told that could explain what is left, with what the record lacks for them.
 */
import type { RecordCause, RecordDiagnosis, RecordNeed, UntoldCause } from '../../domain/record/record-cause.js';
import type { RecordEvent, RecordField } from '../../domain/record/record-fields.js';
import type { RecordFacts, RecordObserved } from '../../domain/record/record-observed.js';
import type { RecordCounts } from '../../domain/record/record-report.js';
import {
  explainedKinds,
  noneExplained,
  type AnomalySignature,
  type ExplainedKind,
} from '../../domain/report/anomaly-signature.js';
import type { ObservedRun } from '../../domain/report/observed-run.js';
import type { Explained } from '../../domain/report/run-report.js';
import type { CauseWitness, SignatureCount } from '../../domain/report/witness.js';
import { sumOf } from '../cause-rule.js';
import { worstOf } from '../witnesses.js';
import { conditions, toldBy } from './conditions.js';
import { excludedBy, type RecordRule } from './record-rule.js';
import { recordRules } from './record-rules.js';

/** What a rule claimed. */
interface Claimed {
  readonly explains: Record<ExplainedKind, number>;
  readonly examples: CauseWitness[];
}

/** @param observed null: no more is known of handlings than that they began */
export function diagnoseRecord(counts: RecordCounts, observed: RecordObserved | null): RecordDiagnosis {
  const found = foundIn(counts);
  if (observed === null)
    return { causes: [], unexplained: found, untold: untoldOf(found, recordRules.map(nothingSeen), null) };
  const proven = { ...observed.seen.counts, lost: found.lost };
  const seen = { ...observed.seen, counts: proven, signatures: provenIn(observed.seen.signatures, found) };
  const stands = recordRules.map((rule) => standOf(rule, observed.facts, seen));
  const claimed = claims(
    stands.filter(isApplied).map(({ rule }) => rule),
    seen,
  );
  const causes = [...claimed].map(([rule, claim]) => causeOf(rule, claim, { ...observed, seen }));
  causes.sort((a, b) => sumOf(b.explains) - sumOf(a.explains));
  const unexplained = noneExplained();
  for (const kind of explainedKinds) {
    unexplained[kind] = found[kind] - causes.reduce((sum, { explains }) => sum + explains[kind], 0);
  }
  const applied = [...claimed.keys()];
  const left = seen.signatures.filter(({ signature }) => ruleOf(signature, applied, seen) === undefined);
  return { causes, unexplained, untold: untoldOf(unexplained, stands, left) };
}

/** The anomalies that the record proves; what it does not show is none. */
function foundIn(counts: RecordCounts): Explained {
  return Object.fromEntries(explainedKinds.map((kind) => [kind, counts[kind] ?? 0])) as unknown as Explained;
}

/** What a handling may still make good is no loss. */
function isOpen(signature: AnomalySignature): boolean {
  return signature.kind === 'lost' && signature.state === 'running';
}

/**
 * The signatures of what the record proves, and of losses that are open. Where the checker has counted more than is
 * proven, nothing says which are, and none of that kind is explained.
 */
function provenIn(signatures: readonly SignatureCount[], found: Explained): readonly SignatureCount[] {
  const counted = noneExplained();
  for (const { signature, count } of signatures) if (!isOpen(signature)) counted[signature.kind] += count;
  return signatures
    .filter(({ signature: { kind } }) => counted[kind] === found[kind])
    .map(({ signature, ...one }) => ({ ...one, signature: asOfRun(signature) }));
}

/**
 * A record has no line for the place of an event in the bus, so what was delivered in order and started in the wrong
 * order was lost in between; and where a stage before was not seen, that it was lost at deliver is known if it was in
 * order in the log.
 */
function asOfRun(signature: AnomalySignature): AnomalySignature {
  if (signature.kind !== 'regressions' || signature.lostBetween === null) return signature;
  const { after, by } = signature.lostBetween;
  if (after === 'deliver' && by === 'start') return { ...signature, origin: 'start' };
  if (after === 'store' && by === 'deliver') return { ...signature, origin: 'deliver' };
  return signature;
}

function claims(rules: readonly RecordRule[], seen: ObservedRun): ReadonlyMap<RecordRule, Claimed> {
  const claimed = new Map<RecordRule, Claimed>();
  for (const { signature, count, examples } of seen.signatures) {
    const rule = ruleOf(signature, rules, seen);
    if (rule === undefined) continue;
    const claim = claimed.get(rule) ?? { explains: noneExplained(), examples: [] };
    claimed.set(rule, claim);
    claim.explains[signature.kind] += count;
    claim.examples.push(...examples);
  }
  return claimed;
}

function ruleOf(signature: AnomalySignature, rules: readonly RecordRule[], seen: ObservedRun): RecordRule | undefined {
  if (isOpen(signature)) return undefined;
  return rules.find((one) => one.kinds.includes(signature.kind) && one.matches(signature, seen));
}

function causeOf(
  rule: RecordRule,
  { explains, examples }: Claimed,
  { seen, facts, tell }: RecordObserved,
): RecordCause {
  return {
    id: rule.id,
    explains,
    confidence: rule.confidence,
    evidence: rule.evidence(seen, explains, facts),
    refutes: excludedBy(rule),
    remedy: rule.remedy,
    witnesses: worstOf(examples).map(tell),
  };
}

/** What a rule lacks of a record. */
interface Stand extends Omit<UntoldCause, 'id'> {
  readonly rule: RecordRule;
  /** What the record shows speaks against the mechanism, whatever it lacks beside that. */
  readonly isRuledOut: boolean;
}

function isApplied({ lacks, unmet }: Stand): boolean {
  return lacks.length + unmet.length === 0;
}

function standOf(rule: RecordRule, facts: RecordFacts, seen: ObservedRun): Stand {
  const isMet = (need: RecordNeed): boolean => need.lines.some((line) => haveAll(facts.fieldsOf[line], need.fields));
  const unmet = rule.conditions.filter(({ is }) => !conditions[is](facts, seen)).map(({ is }) => is);
  return {
    rule,
    lacks: lacksOf(rule, isMet),
    unmet,
    isRuledOut: unmet.some((is) => toldBy[is]?.every(isMet) ?? false),
  };
}

function nothingSeen(rule: RecordRule): Stand {
  return { rule, lacks: lacksOf(rule, () => false), unmet: [], isRuledOut: false };
}

function lacksOf({ needs }: RecordRule, isMet: (need: RecordNeed) => boolean): readonly RecordNeed[] {
  return needs.filter((need) => !isMet(need)).map(({ lines, fields }) => ({ lines, fields }));
}

function haveAll(have: RecordFacts['fieldsOf'][RecordEvent], fields: readonly RecordField[]): boolean {
  return have !== null && fields.every((field) => have.has(field));
}

/**
 * The causes that could explain what is left, and that the record neither shows nor rules out.
 * @param left signatures of what is left; null: none is known
 */
function untoldOf(
  unexplained: Explained,
  stands: readonly Stand[],
  left: readonly SignatureCount[] | null,
): readonly UntoldCause[] {
  const couldExplain = ({ rule, lacks }: Stand, kind: ExplainedKind): boolean => {
    if (unexplained[kind] === 0 || !rule.kinds.includes(kind)) return false;
    const signatures = left?.filter(({ signature }) => signature.kind === kind) ?? [];
    const isLacking = (field: RecordField): boolean => lacks.some(({ fields }) => fields.includes(field));
    return signatures.length === 0 || signatures.some(({ signature }) => rule.mayBe(signature, isLacking));
  };
  return stands
    .filter((stand) => !isApplied(stand) && !stand.isRuledOut)
    .filter((stand) => explainedKinds.some((kind) => couldExplain(stand, kind)))
    .map(({ rule: { id }, lacks, unmet }) => ({ id, lacks, unmet: unmet.filter((is) => toldBy[is] === undefined) }));
}
