/** Builds the page from the data that stands in it. */
import type { PageData, PageRun } from '../src/report/page/page-data.js';
import { chartGrid } from './chart-grid.js';
import { costCharts } from './charts/costs.js';
import { sweepCharts } from './charts/sweeps.js';
import { confusionMatrix } from './confusion.js';
import { commandLine } from './copy-button.js';
import { element } from './dom.js';
import { runSection } from './run-section.js';
import { sign } from './sign.js';
import { sortableTable } from './table.js';

const pages = JSON.parse(document.getElementById('data')?.textContent ?? '[]') as readonly PageData[];

document.getElementById('page')?.replaceChildren(...pages.map(pageOf));

function pageOf(data: PageData, index: number): HTMLElement {
  return element(
    'article',
    {},
    header(data, index === 0),
    verdict(data),
    data.confusion === null ? null : confusionMatrix(data.confusion),
    ...data.tables.map((table) => element('section', {}, sortableTable(table), notesOf(table.notes))),
    overview(data),
    data.runs.length === 0 ? null : runs(data, index),
    footer(data),
  );
}

function header({ title, version, facts, workload }: PageData, isFirst: boolean): HTMLElement {
  const about = [version, ...facts, workload].filter((fact) => fact !== null && fact !== '').join(' · ');
  return element(
    'header',
    {},
    element('div', {}, element('h1', {}, title), element('p', { class: 'aside' }, about)),
    isFirst ? themeButton() : null,
  );
}

function themeButton(): HTMLElement {
  const button = element('button', { type: 'button', class: 'theme' }, 'Light or dark');
  button.addEventListener('click', () => {
    const { dataset } = document.documentElement;
    const shown = dataset['theme'] ?? (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light');
    dataset['theme'] = shown === 'dark' ? 'light' : 'dark';
  });
  return button;
}

function verdict({ advice, findings }: PageData): HTMLElement {
  return element(
    'section',
    { class: 'verdict', 'aria-label': 'Verdict' },
    advice === null ? null : element('p', { class: 'advice' }, advice),
    ...findings.map(({ outcome, text, because }) =>
      element(
        'div',
        { class: `finding ${outcome}` },
        element('p', {}, sign(outcome), ' ', text),
        because.length === 0
          ? null
          : element('dl', {}, ...because.flatMap((one) => [element('dt', {}, one.title), element('dd', {}, one.text)])),
      ),
    ),
  );
}

/** Charts of all rows together. */
function overview({ comparison, sweeps }: PageData): HTMLElement | null {
  if (comparison === null && sweeps.length === 0) return null;
  return element(
    'section',
    { class: 'overview', 'aria-label': 'All rows' },
    chartGrid((width) => [
      ...(comparison === null ? [] : costCharts(comparison, width)),
      ...sweeps.flatMap((sweep) => sweepCharts(sweep, width)),
    ]),
  );
}

function notesOf(notes: readonly string[]): HTMLElement | null {
  if (notes.length === 0) return null;
  return element('ul', { class: 'notes' }, ...notes.map((note) => element('li', {}, note)));
}

/** The row that the address names, or the first; the choice goes into the address, so that it can be passed on. */
function runs({ runs: all, runsLeftOut }: PageData, page: number): HTMLElement {
  const place = element('div', {});
  const tabs = element('nav', { 'aria-label': 'Rows' });
  const show = (run: PageRun, aggregate: string | null): void => {
    for (const tab of tabs.children) tab.setAttribute('aria-current', String(tab.getAttribute('data-row') === run.id));
    place.replaceChildren(runSection(run, aggregate, (id) => remember(page, run.id, id)));
  };
  for (const run of all) {
    const tab = element('button', { type: 'button', 'data-row': run.id }, sign(run.outcome), ` ${run.label}`);
    tab.addEventListener('click', () => {
      remember(page, run.id, null);
      show(run, null);
    });
    tabs.append(tab);
  }
  const follow = (): void => {
    const wanted = new URLSearchParams(location.hash.slice(1));
    const isMeant = Number(wanted.get('report') ?? 0) === page;
    const run = (isMeant ? all.find(({ id }) => id === wanted.get('row')) : undefined) ?? all[0];
    if (run !== undefined) show(run, isMeant ? wanted.get('aggregate') : null);
  };
  addEventListener('hashchange', follow);
  follow();
  return element('div', {}, all.length > 1 ? tabs : null, leftOut(runsLeftOut), place);
}

function leftOut(rows: number): HTMLElement | null {
  if (rows === 0) return null;
  return element('p', { class: 'aside' }, `${rows.toLocaleString('en')} further rows are in the table only.`);
}

function remember(page: number, row: string, aggregate: string | null): void {
  const hash = new URLSearchParams({
    ...(page > 0 && { report: String(page) }),
    row,
    ...(aggregate !== null && { aggregate }),
  });
  history.replaceState(null, '', `#${hash.toString()}`);
}

function footer({ replay, environment, resolved }: PageData): HTMLElement {
  return element(
    'footer',
    {},
    element('h2', {}, 'Repeat'),
    commandLine(replay),
    element(
      'dl',
      { class: 'environment' },
      ...environment.flatMap(([name, value]) => [element('dt', {}, name), element('dd', {}, value)]),
    ),
    resolved === null
      ? null
      : element(
          'details',
          {},
          element('summary', {}, 'Scenario with all settings'),
          element('pre', { tabindex: 0 }, resolved),
        ),
  );
}
