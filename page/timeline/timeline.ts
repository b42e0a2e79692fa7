/** The timeline of one aggregate with what it is steered by: which pair, how many neighbours, which clock, how wide. */
import type { PageAggregate, PagePair, PageRun } from '../../src/report/page/page-data.js';
import { element } from '../dom.js';
import { drawTimeline, type DrawnEvent } from './drawing.js';
import type { ClockName } from './scale.js';
import { storiesOf, toldStages, type Story } from './story.js';

/** Versions before and after the pair that are shown at first. */
const neighboursAtFirst = 4;
const neighbourChoices = [2, 4, 10, Infinity];
const pixelsPerEvent = 56;
const zoomStep = 1.5;

interface View {
  pair: number;
  neighbours: number;
  clock: ClockName;
  zoom: number;
}

export function timelineOf(run: PageRun, aggregate: PageAggregate): HTMLElement {
  const { timelines } = run;
  const all = timelines === null ? [] : storiesOf(timelines, aggregate.aggregateId);
  if (timelines === null || all.length === 0) return element('p', { class: 'aside' }, 'Not recorded.');
  const view: View = { pair: 0, neighbours: neighboursAtFirst, clock: 'logical', zoom: 1 };
  const canvas = element('div', { class: 'canvas scroll', tabindex: 0, role: 'region', 'aria-label': 'Timeline' });
  const story = element('div', { class: 'story', 'aria-live': 'polite' });
  const pairText = element('p', { class: 'pair' });

  let shownPair: number | null = null;
  const draw = (): void => {
    const pair = aggregate.pairs[view.pair] ?? null;
    const stories = neighbourhood(all, pair, view.neighbours);
    const shown = timelines.incidents.filter(({ stamp }) => isWithin(stamp, stories));
    const width = Math.max(canvas.clientWidth - 8, 320, stories.length * pixelsPerEvent * view.zoom + 170);
    const { picture, events, unnumbered } = drawTimeline({ stories, pair, incidents: shown, clock: view.clock, width });
    canvas.replaceChildren(picture);
    if (shownPair !== view.pair) bringIntoSight(canvas);
    shownPair = view.pair;
    pairText.replaceChildren(
      ...pairSentence(pair, aggregate, picture.querySelector('.ring') !== null),
      unnumberedSentence(unnumbered),
    );
    follow(events, stories, pair, (told) => story.replaceChildren(storyList(told, aggregate)));
  };

  const change = (by: Partial<View>): void => {
    Object.assign(view, by);
    draw();
  };
  canvas.addEventListener('keydown', ({ key }) => {
    if (key === '+') change({ zoom: view.zoom * zoomStep });
    if (key === '-') change({ zoom: view.zoom / zoomStep });
  });
  new ResizeObserver(draw).observe(canvas);
  return element('div', { class: 'timeline' }, controls(aggregate, view, change), pairText, canvas, story);
}

/** Scrolls to where order was lost, unless it can be seen as it is. */
function bringIntoSight(canvas: HTMLElement): void {
  const crossing = canvas.querySelector('.ring')?.getBoundingClientRect();
  if (crossing === undefined) return;
  const x = crossing.x + crossing.width / 2 - canvas.getBoundingClientRect().x + canvas.scrollLeft;
  canvas.scrollLeft = x < canvas.clientWidth * 0.8 ? 0 : x - canvas.clientWidth / 2;
}

function pairSentence(pair: PagePair | null, { found }: PageAggregate, isRinged: boolean): (Node | string)[] {
  if (pair === null) return [found === '' ? 'In order.' : found];
  return [
    element('span', { class: 'late' }, `version ${String(pair.version)}`),
    ' was handled after ',
    element('span', { class: 'early' }, `version ${String(pair.afterVersion)}`),
    `. Order was lost at ${pair.origin}${isRinged ? ' (ringed)' : ''}.`,
  ];
}

function unnumberedSentence(count: number): HTMLElement | string {
  if (count === 0) return '';
  const text = ` No room for the versions of ${String(count)} events: point at them, or make it wider (+).`;
  return element('span', { class: 'aside' }, text);
}

/** Deliveries of the versions around the pair. */
function neighbourhood(all: readonly Story[], pair: PagePair | null, neighbours: number): readonly Story[] {
  if (pair === null) return neighbours === Infinity ? all : all.slice(0, 2 * neighbours + 2);
  const least = Math.min(pair.version, pair.afterVersion) - neighbours;
  const most = Math.max(pair.version, pair.afterVersion) + neighbours;
  return all.filter(({ version }) => version >= least && version <= most);
}

function isWithin(stamp: number, stories: readonly Story[]): boolean {
  const stamps = stories.flatMap(({ publish, answered, finish }) => [publish, finish, answered]);
  const seen = stamps.filter((moment) => moment !== null).map((moment) => moment.stamp);
  return stamp >= Math.min(...seen) && stamp <= Math.max(...seen);
}

/** Shows the story of the event that the pointer or the keyboard is on; arrow keys go from event to event. */
function follow(
  events: readonly DrawnEvent[],
  stories: readonly Story[],
  pair: PagePair | null,
  show: (story: Story) => void,
): void {
  const late = stories.findIndex(({ version }) => version === pair?.version);
  let current = Math.max(0, late);
  const choose = (index: number, takesFocus: boolean): void => {
    const [event, story] = [events[index], stories[index]];
    if (event === undefined || story === undefined) return;
    for (const { marks, way } of events) {
      for (const part of [marks, way]) part.classList.toggle('current', marks === event.marks);
      marks.setAttribute('tabindex', marks === event.marks ? '0' : '-1');
    }
    current = index;
    if (takesFocus) event.marks.focus();
    show(story);
  };
  events.forEach(({ marks, way }, index) => {
    for (const part of [marks, way]) part.addEventListener('pointerenter', () => choose(index, false));
    marks.addEventListener('focus', () => choose(index, false));
    marks.addEventListener('keydown', (pressed) => {
      const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[pressed.key];
      if (step === undefined) return;
      pressed.preventDefault();
      choose(current + step, true);
    });
  });
  choose(current, false);
}

function storyList(story: Story, { aggregateId }: PageAggregate): HTMLElement {
  return element(
    'div',
    {},
    element('h4', {}, `${aggregateId}, version ${String(story.version)}`),
    element(
      'dl',
      {},
      ...toldStages(story).flatMap(([stage, text]) => [element('dt', {}, stage), element('dd', {}, text)]),
    ),
  );
}

function controls(aggregate: PageAggregate, view: View, change: (by: Partial<View>) => void): HTMLElement {
  const pairs = aggregate.pairs.map(({ version, afterVersion }, index) =>
    element('option', { value: index }, `${String(version)} after ${String(afterVersion)}`),
  );
  const neighbours = neighbourChoices.map((count) =>
    element(
      'option',
      { value: count, selected: count === view.neighbours },
      count === Infinity ? 'all' : `± ${String(count)}`,
    ),
  );
  const clocks = ['logical', 'wall'].map((clock) => element('option', { value: clock }, clock));
  const select = (label: string, options: HTMLElement[], onChange: (value: string) => void): HTMLElement | null => {
    if (options.length === 0) return null;
    const chosen = element('select', {}, ...options);
    chosen.addEventListener('change', () => onChange(chosen.value));
    return element('label', {}, `${label} `, chosen);
  };
  const button = (text: string, label: string, onClick: () => void): HTMLElement => {
    const made = element('button', { type: 'button', 'aria-label': label }, text);
    made.addEventListener('click', onClick);
    return made;
  };
  return element(
    'div',
    { class: 'controls' },
    select('Pair', pairs, (value) => change({ pair: Number(value) })),
    select('Versions', neighbours, (value) => change({ neighbours: Number(value) })),
    select('Clock', clocks, (value) => change({ clock: value === 'wall' ? 'wall' : 'logical' })),
    element(
      'span',
      { class: 'zoom' },
      button('−', 'Narrower', () => change({ zoom: view.zoom / zoomStep })),
      button('+', 'Wider', () => change({ zoom: view.zoom * zoomStep })),
    ),
  );
}
