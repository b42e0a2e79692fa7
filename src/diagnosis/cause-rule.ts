/**
 * The interface of a cause rule. A cause is a mechanism of the hazard catalogue whose signature the evidence matches. A
 * rule reads what was observed of one run, never how the run was configured, and says which anomalies bear its
 * signature. Each anomaly goes to the first rule that matches it, whatever its kind.
 */
import type { Again, AnomalySignature, ExplainedKind } from '../domain/report/anomaly-signature.js';
import type { CauseEvidence, EvidenceClaim, Remedy, RemedyKind } from '../domain/report/cause-evidence.js';
import type { ObservedRun } from '../domain/report/observed-run.js';
import type { Cause, Explained } from '../domain/report/run-report.js';

export type { ObservedRun } from '../domain/report/observed-run.js';

export interface CauseRule {
  readonly id: string;
  /** Whether an anomaly that looks like this bears the mechanism's signature. */
  matches(signature: AnomalySignature, seen: ObservedRun): boolean;
  /** Evidence, refutations and remedy. Everything in `explained` is 0 only if the cause is latent. */
  describe(seen: ObservedRun, explained: Explained): Omit<Cause, 'id' | 'explains' | 'latent' | 'witnesses'>;
  /** True if the mechanism is at work though it has not broken order yet; never, if absent. */
  isLatent?(seen: ObservedRun): boolean;
}

/** @param count what the claim counts  @param of what that is among, or stands beside; null: there is no such number */
export function causeEvidence(
  claim: Exclude<EvidenceClaim, 'told'>,
  count: number | null = null,
  of: number | null = null,
): CauseEvidence {
  return { claim, count, of, detail: null };
}

export function remedy(kind: Exclude<RemedyKind, 'told'>): Remedy {
  return { kind, detail: null };
}

/** How many anomalies have a signature like this. */
export function countWhere(
  { signatures }: Pick<ObservedRun, 'signatures'>,
  isLike: (signature: AnomalySignature) => boolean = () => true,
): number {
  return signatures.reduce((sum, { signature, count }) => sum + (isLike(signature) ? count : 0), 0);
}

/** Whether no anomaly decided. Most latent causes are named only then: what broke has causes of its own. */
export function isUnbroken(seen: Pick<ObservedRun, 'signatures'>): boolean {
  return countWhere(seen) === 0;
}

/** The broker counts deliveries (JetStream). */
export function countsDeliveries({ evidence }: Pick<ObservedRun, 'evidence'>): boolean {
  return evidence.queues.some(({ mostDeliveries }) => mostDeliveries !== null);
}

export function sumOf(explained: Explained): number {
  return Object.values(explained).reduce((sum, count) => sum + count, 0);
}

/** A signature of two events: of a regression, an overlap, or a completion inversion. */
export type OfTwo = Extract<AnomalySignature, { readonly sameLane: boolean }>;

const kindsOfTwo: readonly ExplainedKind[] = ['regressions', 'overlaps', 'completionInversions'];

export function isOfTwo(signature: AnomalySignature): signature is OfTwo {
  return kindsOfTwo.includes(signature.kind);
}

/** Why the event came again; null: it did not, or it lay in the log in the wrong order already. */
export function againIn(signature: AnomalySignature): Again | null {
  if (!('again' in signature)) return null;
  if (signature.kind === 'regressions' && signature.origin !== 'deliver') return null;
  return signature.again;
}
