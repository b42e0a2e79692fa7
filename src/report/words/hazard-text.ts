/** Says how the test of the diagnosis by hazards came out: as a whole, what was wrong, and what was named beside. */
import type { HazardMatrix, HazardTally, RunResult } from '../../domain/report/hazard-tally.js';
import { listed } from '../../text/lists.js';
import { formatCount, plural } from '../../text/numbers.js';

export const hazardLegend =
  'shown: runs in which the mechanism showed, and of these named: its cause and no other; wrong: a cause was missed or mistaken, or the row misjudged';

/** In a sentence. */
export function matrixConclusion({ outcome, hazards }: HazardMatrix): string {
  const runs = hazards.reduce((sum, tally) => sum + tally.runs, 0);
  const all = `${plural(runs, 'run')} of ${plural(hazards.length, 'hazard')}`;
  switch (outcome) {
    case 'held':
      return `${all}: no cause missed or mistaken, no control violated.`;
    case 'undecided': {
      const unseen = hazards.filter(({ results }) => results.named === 0).map(({ id }) => id);
      return `${all}: ${listed(unseen, 'and')} never showed, so nothing is said of ${unseen.length === 1 ? 'it' : 'them'}.`;
    }
    case 'failed':
      return `${all}: some came out wrong.`;
  }
}

const faultWords: Readonly<Record<RunResult, string>> = {
  named: 'named its cause',
  notShown: 'showed nothing',
  missed: 'did not name its cause',
  mistaken: 'named a cause that is not at work',
  misjudged: 'had the wrong outcome',
  failed: 'ended with an error',
};

/** The worst fault of each hazard, with the command that shows it. */
export function faultTexts({ hazards }: HazardMatrix): readonly string[] {
  return hazards.flatMap(faultText);
}

function faultText({ id, worst }: HazardTally): readonly string[] {
  if (worst === null) return [];
  return [
    `${id}: ${worst.row} ${faultWords[worst.result]}; eventbus-bench hazards ${id} --seed ${String(worst.seed)} shows it.`,
  ];
}

/**
 * Causes other than its own that runs of a hazard named, which they may, as its scenario says why; and the hazards that
 * were left out.
 */
export function besideTexts({ hazards, leftOut }: HazardMatrix): readonly string[] {
  const beside = hazards.flatMap(({ id, diagnosed }) => {
    const others = Object.entries(diagnosed).filter(([cause]) => cause !== id);
    if (others.length === 0) return [];
    return [
      `${id} with ${listed(
        others.map(([cause, runs]) => `${cause} (${formatCount(runs)})`),
        'and',
      )}`,
    ];
  });
  return [
    ...(beside.length === 0 ? [] : [`Named beside: ${beside.join('; ')}.`]),
    ...(leftOut.length === 0 ? [] : [`Not for these brokers: ${listed(leftOut, 'and')}.`]),
  ];
}
