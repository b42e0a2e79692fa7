/** Says that a run was perturbed, since its rates and times are not those of the bus alone. */
import { describeDelay } from '../../domain/scenario/delay-range.js';
import type { RunReport } from '../../domain/report/run-report.js';
import { listed } from '../../text/lists.js';
import type { Note } from './model/note.js';

/** The delays, such as `0 to 2 ms`; in a sweep over them, each as it was given. null: there were none. */
export function delaysOf({ scenario, runs }: Pick<RunReport, 'scenario' | 'runs'>): string | null {
  const swept = runs.flatMap(({ point }) => (point?.field === 'perturb' ? [point.value] : []));
  if (swept.length > 0) return listed([...new Set(swept)], 'and');
  const range = scenario?.perturb ?? null;
  return range === null ? null : describeDelay(range);
}

/** For any table that has rates or times. */
export function perturbedNotes(report: Pick<RunReport, 'scenario' | 'runs'>): readonly Note[] {
  const delays = delaysOf(report);
  return delays === null
    ? []
    : [{ text: `perturbed: each event waits ${delays} before each of five stages; rates and times are with that` }];
}
