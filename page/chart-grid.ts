/** A place for charts, in as many columns as fit, drawn anew where the window becomes narrower or wider. */
import { element } from './dom.js';

/** Pixels of a chart that stands beside another, at least. */
const widthMin = 460;
const gap = 28;

/** @param draw takes the pixels that each chart is wide */
export function chartGrid(draw: (width: number) => readonly HTMLElement[]): HTMLElement {
  const place = element('div', { class: 'charts' });
  let drawnWidth = 0;
  const redraw = (): void => {
    const all = place.clientWidth;
    const columns = Math.max(1, Math.floor((all + gap) / (widthMin + gap)));
    const width = Math.floor((all - gap * (columns - 1)) / columns);
    if (width <= 0 || width === drawnWidth) return;
    drawnWidth = width;
    place.replaceChildren(...inColumns(draw(width), columns));
  };
  new ResizeObserver(redraw).observe(place);
  return place;
}

/** Pixels of a figure beside its charts, about. */
const aroundCharts = 110;

/** Each figure comes into the column that is the shortest by then. */
function inColumns(figures: readonly HTMLElement[], count: number): HTMLElement[] {
  const columns = Array.from({ length: Math.min(count, figures.length) }, () => ({
    place: element('div'),
    height: 0,
  }));
  for (const figure of figures) {
    const shortest = columns.reduce((least, column) => (column.height < least.height ? column : least));
    shortest.place.append(figure);
    shortest.height += heightOf(figure);
  }
  return columns.map(({ place }) => place);
}

function heightOf(figure: HTMLElement): number {
  const charts = [...figure.querySelectorAll(':scope > svg')];
  return charts.reduce((sum, chart) => sum + Number(chart.getAttribute('height')), aroundCharts);
}
