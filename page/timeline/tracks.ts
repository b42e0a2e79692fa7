/**
 * From top to bottom of a timeline: the stages, each with a track for each publisher, partition, subscription or lane
 * that had one of the events, and each track with as many rows as its marks need to stand apart.
 */
import { rowsOf, type Standing } from './stacking.js';
import { laneName, type Story } from './story.js';

export const stageNames = ['publish', 'store', 'deliver', 'submit', 'start', 'ack'] as const;
export type StageName = (typeof stageNames)[number];

export interface Track {
  readonly stage: StageName;
  /** Such as `sub-topic-2`; empty: the stage has one track that needs no name. */
  readonly name: string;
  /** Of its first row. */
  readonly y: number;
  readonly rows: number;
}

/** An event at a stage. */
export interface Passage extends Standing {
  readonly stage: StageName;
  readonly track: string;
}

/** A mark with its version in it; a dot where there is no room for one; or a dot, at a stage at which all are dots. */
export type MarkKind = 'numbered' | 'no room' | 'dot';

export interface Stood {
  readonly y: number;
  readonly kind: MarkKind;
}

export const rowHeight = 22;
const stageGap = 34;
const tracksMax = 12;
const others = 'others';

export function tracksOf<One extends Passage>(
  passages: readonly One[],
): { readonly tracks: readonly Track[]; readonly stood: ReadonlyMap<One, Stood> } {
  const tracks: Track[] = [];
  const stood = new Map<One, Stood>();
  let y = 0;
  for (const stage of stageNames) {
    const here = passages.filter((passage) => passage.stage === stage);
    const names = [...new Set(here.map(({ track }) => track))];
    names.sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
    const shown = names.length > tracksMax ? [...names.slice(0, tracksMax - 1), others] : names;
    for (const name of shown) {
      const isOn = ({ track }: One): boolean => (shown.includes(track) ? track : others) === name;
      const marks = here.filter(isOn);
      const rows = isNumbered(stage) ? rowsOf(marks) : marks.map(() => 0);
      marks.forEach((mark, at) =>
        stood.set(mark, { y: y + (rows[at] ?? 0) * rowHeight, kind: kindOf(stage, rows[at]!) }),
      );
      const depth = Math.max(0, ...rows.map((row) => row ?? 0)) + 1;
      tracks.push({ stage, name, y, rows: depth });
      y += depth * rowHeight;
    }
    if (shown.length > 0) y += stageGap - rowHeight;
  }
  return { tracks, stood };
}

function kindOf(stage: StageName, row: number | null): MarkKind {
  if (row === null) return 'no room';
  return isNumbered(stage) ? 'numbered' : 'dot';
}

/** Stages at which marks have the version in them; at the others they are dots. */
function isNumbered(stage: StageName): boolean {
  return stage === 'publish' || stage === 'deliver' || stage === 'start';
}

export function trackName(story: Story, stage: StageName): string {
  switch (stage) {
    case 'publish':
      return story.publisher ?? 'publisher';
    case 'store':
      return story.partition === null || story.partition === 0
        ? story.topic
        : `${story.topic} ${String(story.partition)}`;
    case 'deliver':
      return story.subscription ?? 'subscription';
    case 'start':
      return story.lane === null ? '' : laneName(story.lane);
    case 'submit':
    case 'ack':
      return '';
  }
}
