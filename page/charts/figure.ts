/** A chart with its title, a legend and, folded up, its figures as a table; and what charts have in common. */
import { element, svg } from '../dom.js';

export type Figures = readonly (readonly (string | number)[])[];

/** Text in charts is as large as text beside them may be small. */
export const chartStyle = { fontSize: '12px', overflow: 'visible' } as const;

/** Colours that are told apart by those who see few of them; a dash and a sign go with each. */
export const seriesColours = Array.from({ length: 8 }, (_, index) => `var(--series-${String(index + 1)})`);
export const seriesDashes = ['none', '7 3', '2 3', '9 3 2 3', '12 4', '4 2', '1 2', '8 2 1 2'];

export interface LegendEntry {
  readonly name: string;
  readonly colour: string;
  readonly dash?: string;
}

export interface FigureParts {
  readonly title: string;
  readonly note?: string;
  readonly legend?: readonly LegendEntry[];
  /** One below the other. */
  readonly charts: readonly Element[];
  /** Headings, then rows. */
  readonly figures: Figures;
}

export function figure({ title, note, legend, charts, figures }: FigureParts): HTMLElement {
  for (const chart of charts) chart.setAttribute('aria-hidden', 'true');
  return element(
    'figure',
    {},
    element('figcaption', {}, title),
    note === undefined ? null : element('p', { class: 'aside' }, note),
    legend === undefined ? null : legendOf(legend),
    ...charts,
    figuresTable(title, figures),
  );
}

export function notRecorded(title: string): HTMLElement {
  return element('figure', {}, element('figcaption', {}, title), element('p', { class: 'aside' }, 'Not recorded.'));
}

function legendOf(entries: readonly LegendEntry[]): HTMLElement {
  return element(
    'ul',
    { class: 'legend', 'aria-hidden': 'true' },
    ...entries.map(({ name, colour, dash = 'none' }) =>
      element(
        'li',
        {},
        svg(
          'svg',
          { viewBox: '0 0 28 10', width: 28, height: 10 },
          svg('line', { x2: 28, y1: 5, y2: 5, stroke: colour, 'stroke-width': 3, 'stroke-dasharray': dash }),
        ),
        name,
      ),
    ),
  );
}

function figuresTable(title: string, [headings = [], ...rows]: Figures): HTMLElement {
  return element(
    'details',
    {},
    element('summary', {}, 'Figures'),
    element(
      'div',
      { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': `${title}: figures` },
      element(
        'table',
        {},
        element('thead', {}, element('tr', {}, ...headings.map((cell) => cellOf(cell, 'th')))),
        element('tbody', {}, ...rows.map((row) => element('tr', {}, ...row.map((cell) => cellOf(cell, 'td'))))),
      ),
    ),
  );
}

function cellOf(cell: string | number, tag: 'th' | 'td'): HTMLElement {
  const isNumber = typeof cell === 'number';
  const scope = tag === 'th' ? { scope: 'col' } : {};
  return element(tag, { ...scope, class: isNumber ? 'right' : 'left' }, isNumber ? numberText(cell) : cell);
}

const digits = new Intl.NumberFormat('en', { maximumSignificantDigits: 6 });

export function numberText(value: number): string {
  return digits.format(value);
}

const short = new Intl.NumberFormat('en', { notation: 'compact', maximumSignificantDigits: 3 });

/** `12K`, for an axis. */
export function shortNumber(value: number): string {
  return short.format(value);
}

/** A dash for what is not known. */
export function known(value: number | null): number | string {
  return value ?? '–';
}
