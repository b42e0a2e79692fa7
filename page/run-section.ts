/** What the page shows of one row: its causes, the timeline of one of its aggregates, and its charts. */
import type { PageAggregate, PageRun } from '../src/report/page/page-data.js';
import { chartsOf } from './charts/run-charts.js';
import { chartGrid } from './chart-grid.js';
import { element } from './dom.js';
import { sign } from './sign.js';
import { timelineOf } from './timeline/timeline.js';

/** @param wanted the aggregate to show first, by id; null: the worst */
export function runSection(run: PageRun, wanted: string | null, onAggregate: (id: string) => void): HTMLElement {
  const aggregates = aggregatesOf(run);
  const place = element('div', {});
  const show = (aggregate: PageAggregate): void => place.replaceChildren(timelineOf(run, aggregate));
  const first = aggregates.find(({ aggregateId }) => aggregateId === wanted) ?? aggregates[0];
  const choice = element(
    'select',
    { 'aria-label': 'Aggregate' },
    ...aggregates.map(({ aggregateId, found }, index) =>
      element(
        'option',
        { value: index, selected: aggregateId === first?.aggregateId },
        found === '' ? aggregateId : `${aggregateId}: ${found}`,
      ),
    ),
  );
  choice.addEventListener('change', () => {
    const chosen = aggregates[Number(choice.value)];
    if (chosen === undefined) return;
    onAggregate(chosen.aggregateId);
    show(chosen);
  });
  const section = element(
    'section',
    { class: 'run', 'aria-label': run.label },
    element(
      'h2',
      {},
      sign(run.outcome),
      ` ${run.label}`,
      run.repeat === null ? null : element('small', {}, ` ${run.repeat}`),
    ),
    causesList(run),
    element('h3', {}, 'Timeline'),
    aggregates.length === 0
      ? element('p', { class: 'aside' }, 'Not recorded.')
      : element('p', { class: 'controls' }, element('label', {}, 'Aggregate ', choice), leftOut(run, aggregates)),
    place,
    chartGrid((width) => chartsOf(run, width)),
  );
  // The timeline measures its place, so it is drawn when the section stands on the page.
  queueMicrotask(() => {
    if (first !== undefined) show(first);
  });
  return section;
}

/** Those with an anomaly of which events were recorded; if none has one, those recorded. */
function aggregatesOf({ aggregates, timelines }: PageRun): PageAggregate[] {
  const told = timelines?.aggregates.map(({ aggregateId }) => aggregateId) ?? [];
  const broken = aggregates.filter(({ aggregateId }) => told.includes(aggregateId));
  if (broken.length > 0) return broken;
  return told.map((aggregateId) => ({ aggregateId, topic: '', found: '', pairs: [] }));
}

function leftOut({ aggregatesWithAnomalies }: PageRun, { length }: readonly PageAggregate[]): string | null {
  const left = aggregatesWithAnomalies - length;
  return left <= 0
    ? null
    : ` the worst ${String(length)} of ${aggregatesWithAnomalies.toLocaleString('en')} with anomalies`;
}

function causesList({ causes }: PageRun): HTMLElement | null {
  if (causes.length === 0) return null;
  return element(
    'dl',
    { class: 'causes' },
    ...causes.flatMap(({ id, text, fix }) => [
      element('dt', {}, id),
      element('dd', {}, text),
      element('dd', { class: 'fix' }, element('strong', {}, 'Fix '), fix),
    ]),
  );
}
