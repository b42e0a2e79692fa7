/**
 * Answers a claim about a run by what was counted of it: that a cause of the catalogue is at work, or that one of the
 * controls breaks order. It reads a row of a report, so a trace and a stored report give the same answer.
 */
import type { ExplainedKind } from '../../domain/report/anomaly-signature.js';
import type { ClaimAnswer, ClaimReason, ExplainingCause } from '../../domain/report/claim-answer.js';
import type { Cause, RunRow } from '../../domain/report/run-report.js';
import { hides } from './hides.js';
import { mechanisms, seenOf, type Mechanism } from './signs.js';

/** With fewer pairs at risk, what a mechanism leaves behind may not have shown. */
const leastAtRisk = 30;

/** Reasons for which a row is not whole. */
const cutShort: readonly string[] = ['truncated', 'interrupted', 'not-run', 'broker-lost', 'observations-lost'];

/** @param id of a cause, or of a control */
export function answerClaim(id: string, row: RunRow): ClaimAnswer {
  const reason = reasonOf(id, row);
  return { id, answer: answerFor(reason), reason };
}

function answerFor({ kind }: ClaimReason): ClaimAnswer['answer'] {
  if (kind === 'named') return 'supported';
  return kind === 'no-sign' || kind === 'of-others' || kind === 'fetched-apart' ? 'refuted' : 'undecided';
}

function reasonOf(id: string, row: RunRow): ClaimReason {
  const cause = row.causes.find((one) => one.id === id);
  if (cause !== undefined) return reasonOfNamed(cause, row);
  if (row.reasons.some(({ kind }) => cutShort.includes(kind))) return { kind: 'not-whole' };
  if (id === 'many-writers') return manyWriters(row);
  // What shares a lane shares it for the whole run: it would lose order within the lanes.
  const mechanism = id === 'hash-collision' ? mechanisms['unkeyed-pool'] : mechanisms[id];
  if (mechanism === undefined) throw new RangeError(`no cause or control has the id ${id}`);
  const by = row.causes.find((one) => !one.latent && hides[one.id]?.includes(id) === true);
  return by === undefined ? reasonBySigns(mechanism, row) : { kind: 'hidden', by: by.id };
}

function reasonOfNamed({ latent, confidence, explains }: Cause, row: RunRow): ClaimReason {
  if (latent) return { kind: 'latent' };
  if (confidence === 'possible') return { kind: 'possible' };
  const all = [...row.causes.map((one) => one.explains), row.unexplained];
  return { kind: 'named', confidence, count: sumOf(explains), of: all.reduce((sum, one) => sum + sumOf(one), 0) };
}

function reasonBySigns({ sign, kinds }: Mechanism, row: RunRow): ClaimReason {
  const { count, of } = seenOf[sign](row);
  if (count === 0) return isLittle(row) ? little(row) : { kind: 'no-sign', sign, of };
  const unexplained = sumOf(row.unexplained, kinds);
  if (unexplained > 0) return { kind: 'unexplained', count: unexplained };
  const causes = explaining(row, kinds);
  if (causes.length === 0) return { kind: 'nothing-broke' };
  return { kind: 'of-others', count: causes.reduce((sum, one) => sum + one.count, 0), causes };
}

/**
 * That several subscriptions lose order by writing into one queue. A queue keeps the order of each writer, so a pair of
 * one subscription would have to be in order when it was delivered, and out of order in the queue.
 */
function manyWriters(row: RunRow): ClaimReason {
  if (row.mode === 'single') return { kind: 'one-subscription' };
  if (isLittle(row)) return little(row);
  const { count, of } = seenOf['lost-at-submit'](row);
  if (count === 0) return { kind: 'no-sign', sign: 'lost-at-submit', of };
  const early = row.origins.deliver + row.origins.submit;
  const apart = row.causes
    .filter(({ id }) => id === 'shared-durable' || id === 'competing-pullers' || id === 'rebalance-overlap')
    .reduce((sum, { explains }) => sum + explains.regressions, 0);
  return apart >= early ? { kind: 'fetched-apart', count: early } : { kind: 'unexplained', count: early - apart };
}

function isLittle({ exposure }: RunRow): boolean {
  return exposure.atRiskPairs < leastAtRisk;
}

function little({ exposure }: RunRow): ClaimReason {
  return { kind: 'little-at-stake', count: exposure.atRiskPairs, least: leastAtRisk };
}

function explaining({ causes }: RunRow, kinds: readonly ExplainedKind[]): readonly ExplainingCause[] {
  return causes.map(({ id, explains }) => ({ id, count: sumOf(explains, kinds) })).filter(({ count }) => count > 0);
}

function sumOf(explained: Cause['explains'], kinds?: readonly ExplainedKind[]): number {
  return Object.entries(explained).reduce(
    (sum, [kind, count]) => sum + (kinds === undefined || kinds.includes(kind as ExplainedKind) ? count : 0),
    0,
  );
}
