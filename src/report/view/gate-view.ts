/** Says how the gates of a report came out, with the sentences that say why. */
import type { GateSummary } from '../../domain/report/gate.js';
import { statusOf } from './model/figures.js';
import type { Status } from './model/finding.js';

export interface GateView {
  readonly status: Status;
  readonly outcome: GateSummary['outcome'];
  /** What was breached, then what could not be told. */
  readonly findings: readonly string[];
  /** What a gate that held rests on. */
  readonly evidence: readonly string[];
}

const outcomes = { held: 'ordered', breached: 'violated', inconclusive: 'inconclusive' } as const;

export function gateView({ outcome, findings, evidence = [] }: GateSummary): GateView {
  return { status: statusOf(outcomes[outcome]), outcome, findings: findings.map(({ text }) => text), evidence };
}
