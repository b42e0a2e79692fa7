/** Shows the confusion matrix of hazards: for each, how its runs came out, and what was named beside its cause. */
import type { HazardTally, RunResult, SelfTestResult } from '../../gate/hazard-tally.js';
import { draw, gapsOf, type GridColumn } from '../../report/terminal/grid.js';
import { wrapText } from '../../report/terminal/line-wrapping.js';
import type { Screen, Theme } from '../../report/terminal/theme.js';
import { listed } from '../../text/lists.js';
import { formatCount, plural } from '../../text/numbers.js';

export interface Matrix extends SelfTestResult {
  /** Ids of hazards that none of the brokers can have. */
  readonly leftOut: readonly string[];
}

export function renderMatrix(matrix: Matrix, screen: Screen): string {
  const { hazards, leftOut } = matrix;
  const { width, theme } = screen;
  const columns = columnsOf(theme);
  const gaps = gapsOf(columns, hazards, width, 1) ?? columns.map((_, at) => (at === 0 ? 0 : 1));
  const say = (text: string): string[] => wrapText(theme.text(text), width);
  return [
    ...draw(columns, hazards, gaps, theme),
    ...say(
      'shown: runs in which the mechanism showed, and of these named: its cause and no other; wrong: a cause was missed or mistaken, or the row misjudged',
    ).map((line) => theme.tones.aside(line)),
    '',
    ...conclusion(matrix, theme).flatMap(say),
    ...besideText(hazards).flatMap(say),
    ...(leftOut.length === 0 ? [] : say(`Not for these brokers: ${listed(leftOut, 'and')}.`)),
    '',
  ].join('\n');
}

function columnsOf(theme: Theme): readonly GridColumn<HazardTally>[] {
  const figure = (
    head: string,
    of: (tally: HazardTally) => number,
    isBad: (tally: HazardTally) => boolean = () => false,
  ): GridColumn<HazardTally> => ({
    head: [head],
    align: 'right',
    lines: (tally) => [
      isBad(tally) ? { text: formatCount(of(tally)), paint: theme.tones.bad } : { text: formatCount(of(tally)) },
    ],
  });
  return [
    {
      head: ['hazard'],
      align: 'left',
      lines: ({ id, isControl, ...tally }) => [
        { text: `${signOf(tally, theme)} ${id}${isControl ? ' (control)' : ''}` },
      ],
    },
    figure('runs', ({ runs }) => runs),
    figure('shown', ({ runs, results }) => runs - results.notShown),
    figure('named', ({ results }) => results.named),
    figure('wrong', wrongIn, (tally) => wrongIn(tally) > 0),
    figure('unexplained', ({ unexplained }) => unexplained),
  ];
}

function signOf(tally: Pick<HazardTally, 'results'>, { signs }: Theme): string {
  if (wrongIn(tally) > 0) return signs.violated;
  return tally.results.named === 0 ? signs.inconclusive : signs.ordered;
}

function wrongIn({ results: { missed, mistaken, misjudged, failed } }: Pick<HazardTally, 'results'>): number {
  return missed + mistaken + misjudged + failed;
}

function conclusion({ outcome, hazards }: Matrix, { signs }: Theme): readonly string[] {
  const runs = hazards.reduce((sum, tally) => sum + tally.runs, 0);
  const all = `${plural(runs, 'run')} of ${plural(hazards.length, 'hazard')}`;
  switch (outcome) {
    case 'held':
      return [`${signs.ordered} ${all}: no cause missed or mistaken, no control violated.`];
    case 'undecided': {
      const unseen = hazards.filter(({ results }) => results.named === 0).map(({ id }) => id);
      return [
        `${signs.inconclusive} ${all}: ${listed(unseen, 'and')} never showed, so nothing is said of ${unseen.length === 1 ? 'it' : 'them'}.`,
      ];
    }
    case 'failed':
      return [`${signs.violated} ${all}: some came out wrong.`, ...hazards.flatMap(faultText)];
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

function faultText({ id, worst }: HazardTally): readonly string[] {
  if (worst === null) return [];
  return [
    `${id}: ${worst.row} ${faultWords[worst.result]}; eventbus-bench hazards ${id} --seed ${String(worst.seed)} shows it.`,
  ];
}

/** Causes other than its own that runs of a hazard named: they may, as its scenario says why. */
function besideText(hazards: readonly HazardTally[]): readonly string[] {
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
  return beside.length === 0 ? [] : [`Named beside: ${beside.join('; ')}.`];
}
