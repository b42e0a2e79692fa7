/** Shows the confusion matrix of hazards: for each, how its runs came out, and what was named beside its cause. */
import { wrongIn, type HazardMatrix, type HazardTally } from '../../domain/report/hazard-tally.js';
import { draw, gapsOf, type GridColumn } from '../../report/terminal/grid.js';
import { wrapText } from '../../report/terminal/line-wrapping.js';
import type { Screen, Theme } from '../../report/terminal/theme.js';
import { besideTexts, faultTexts, hazardLegend, matrixConclusion } from '../../report/words/hazard-text.js';
import { formatCount } from '../../text/numbers.js';

export function renderMatrix(matrix: HazardMatrix, screen: Screen): string {
  const { hazards } = matrix;
  const { width, theme } = screen;
  const { ordered: held, violated: failed, inconclusive: undecided } = theme.signs;
  const signs = { held, failed, undecided };
  const columns = columnsOf(theme);
  const gaps = gapsOf(columns, hazards, width, 1) ?? columns.map((_, at) => (at === 0 ? 0 : 1));
  const say = (text: string): string[] => wrapText(theme.text(text), width);
  return [
    ...draw(columns, hazards, gaps, theme),
    ...say(hazardLegend).map((line) => theme.tones.aside(line)),
    '',
    ...say(`${signs[matrix.outcome]} ${matrixConclusion(matrix)}`),
    ...(matrix.outcome === 'failed' ? faultTexts(matrix).flatMap(say) : []),
    ...besideTexts(matrix).flatMap(say),
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
