/**
 * The confusion matrix of hazards: a line for each mechanism that was provoked, a column for each cause that was named.
 * The diagonal, framed, is where runs belong.
 */
import type { PageConfusion } from '../src/report/page/page-data.js';
import { element } from './dom.js';

/** Its own cause; one of a mechanism whose runs were partly wrong; or one that may be named beside, or none. */
type Kind = 'own' | 'wrong' | 'beside';

const title = 'What was provoked, against what was named';

export function confusionMatrix({ causes, hazards }: PageConfusion): HTMLElement {
  const columns = [...causes, 'not explained', 'not shown'];
  return element(
    'section',
    {},
    element('h2', {}, title),
    element(
      'p',
      { class: 'aside' },
      'Runs of each mechanism (line) in which each cause (column) was named. Framed: its own cause; in brackets where it was latent, at work without breaking order itself. The fuller the colour, the larger its share of the runs.',
    ),
    element(
      'div',
      { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': title },
      element(
        'table',
        { class: 'confusion' },
        element(
          'thead',
          {},
          element(
            'tr',
            {},
            element('th', { scope: 'col' }, 'provoked'),
            ...columns.map((name) => element('th', { scope: 'col' }, element('span', {}, name))),
          ),
        ),
        element('tbody', {}, ...hazards.map((hazard) => lineOf(hazard, causes))),
      ),
    ),
  );
}

function lineOf(
  { id, runs, diagnosed, ownLatent, unexplained, notShown, wrong }: PageConfusion['hazards'][number],
  causes: readonly string[],
): HTMLElement {
  return element(
    'tr',
    {},
    element('th', { scope: 'row' }, id),
    ...diagnosed.map((count, at) => {
      if (causes[at] !== id) return cellOf(count, runs, wrong > 0 ? 'wrong' : 'beside');
      return count === 0 && ownLatent > 0 ? latentCell(ownLatent, runs) : cellOf(count, runs, 'own');
    }),
    cellOf(unexplained, runs, 'beside'),
    cellOf(notShown, runs, 'beside'),
  );
}

/** Opacity of the ground of a cell: at most so much that its figure can be read, in light and dark. */
const [faintest, fullest] = [10, 50];

function latentCell(count: number, runs: number): HTMLElement {
  const cell = cellOf(count, runs, 'own');
  cell.textContent = `(${count.toLocaleString('en')})`;
  return cell;
}

function cellOf(count: number, runs: number, kind: Kind): HTMLElement {
  const cell = element('td', { class: kind }, count === 0 ? '' : count.toLocaleString('en'));
  const share = runs === 0 ? 0 : count / runs;
  if (count > 0) cell.style.setProperty('--share', `${String(Math.round(faintest + (fullest - faintest) * share))}%`);
  return cell;
}
