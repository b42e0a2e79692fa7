/** Says, as data, why the chosen candidate came first: one entry for each ranking step that ruled a candidate out. */
import type { Measured, Rival, Step, Why } from '../domain/report/advice.js';
import type { Outcome } from '../domain/scenario/scenario.js';
import type { Judged } from './candidate.js';
import { advantageOf, isSurelyWorse, type RowsOf } from './figures.js';
import { fatalTo, type Ranking, type RankingStepTaken } from './ranking.js';

interface WhyInput {
  readonly ranking: Ranking;
  /** Number of candidates in all. */
  readonly compared: number;
  /** The candidates that held an order which they promise. */
  readonly held: readonly Judged[];
  readonly rowsOf: RowsOf;
  /** Share of handlings that failed in the probe; 0: there was none. */
  readonly probeShare: number;
}

export function whyOf({ ranking, compared, held, rowsOf, probeShare }: WhyInput): Why {
  const steps = ranking.steps.map((taken) => stepOf(taken, ranking.chosen, { rowsOf, probeShare }));
  return { held: held.length, of: compared, steps };
}

function stepOf(
  { step, before, left }: RankingStepTaken,
  chosen: Judged,
  { rowsOf, probeShare }: Pick<WhyInput, 'rowsOf' | 'probeShare'>,
): Step {
  const narrowing = { before: namesOf(before), left: namesOf(left), runs: chosen.runs };
  const out = before.filter((one) => !left.includes(one));
  switch (step) {
    case 'fault':
      return { ...narrowing, step };
    case 'probe':
      return { ...narrowing, step, level: worstOf(left), share: probeShare };
    case 'promise':
      return { ...narrowing, step, orders: [...new Set(left.map(({ guarantee }) => guarantee.order))] };
    case 'survival':
      return { ...narrowing, step, open: [...new Set(left.flatMap(fatalTo))], count: fatalTo(chosen).length };
    case 'speed':
    case 'p99':
    case 'p50': {
      const isSure = out.every((one) => before.some((other) => isSurelyWorse(one, other, step, rowsOf)));
      const next = left.length === 1 ? nextTo(chosen, out, step, rowsOf) : null;
      return { ...narrowing, step: 'figure', of: step, isSure, next };
    }
    case 'plain':
      return { ...narrowing, step, alikeIn: alikeIn(before, rowsOf) };
    case 'first':
      return { ...narrowing, step, alikeIn: alikeIn(before, rowsOf), byP99: isFirstByP99(chosen, before) };
  }
}

function namesOf(candidates: readonly Judged[]): readonly string[] {
  return candidates.map(({ name }) => name);
}

/** All that are left have the same rank, so the outcome of the first is that of all, but for what was not tried. */
function worstOf(left: readonly Judged[]): Outcome | null {
  const known = left.map(({ probe }) => probe?.outcome ?? null);
  return known.includes(null) ? null : (known[0] ?? null);
}

/** Of those ruled out the one that comes closest to the chosen one. */
function nextTo(chosen: Judged, out: readonly Judged[], of: Measured, rowsOf: RowsOf): Rival | null {
  const rivals = out.map(({ name }, at) => ({ name, ratio: advantageOf(chosen, out[at]!, of, rowsOf) }));
  const [first, ...rest] = rivals.filter(({ ratio }) => ratio !== null);
  if (first === undefined) return null;
  return rest.reduce((closest, one) => (one.ratio!.ratio < closest.ratio!.ratio ? one : closest), first);
}

/** The figures that are known of all of them; no step found one of them worse than another. */
function alikeIn(candidates: readonly Judged[], rowsOf: RowsOf): readonly Measured[] {
  const figures: readonly Measured[] = ['speed', 'p99', 'p50'];
  return figures.filter((of) =>
    candidates.every((one) =>
      candidates.every((other) => one === other || isAlike(advantageOf(one, other, of, rowsOf))),
    ),
  );
}

function isAlike(ratio: Rival['ratio']): boolean {
  if (ratio === null) return false;
  return ratio.low95 === null || ratio.high95 === null ? ratio.ratio === 1 : ratio.low95 <= 1 && ratio.high95 >= 1;
}

function isFirstByP99(chosen: Judged, before: readonly Judged[]): boolean {
  return chosen.p99Ms !== null && before.every((one) => one === chosen || (one.p99Ms ?? Infinity) > chosen.p99Ms!);
}
