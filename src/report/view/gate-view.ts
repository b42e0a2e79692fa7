/** Makes the view of the gates of a report: their outcome, and the sentences that explain it. */
import type { GateSummary } from '../../domain/report/gate.js';
import { statusOf } from './model/figures.js';
import type { Status } from './model/finding.js';

export interface GateView {
  readonly status: Status;
  readonly outcome: GateSummary['outcome'];
  /** Breaches first, then gates that are undecided. */
  readonly findings: readonly string[];
  /** The evidence for a gate that held. */
  readonly evidence: readonly string[];
}

const outcomes = { held: 'ordered', breached: 'violated', inconclusive: 'inconclusive' } as const;

export function gateView({ outcome, findings, evidence = [] }: GateSummary): GateView {
  return { status: statusOf(outcomes[outcome]), outcome, findings: findings.map(({ text }) => text), evidence };
}
