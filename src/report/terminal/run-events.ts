/**
 * What happened to a run while it went on? For every row whose groups gave their partitions out more than once, or that
 * was disturbed: disturbances and rebalances in the order in which they came, a line each.
 */
import type { Rebalance, RunRow } from '../../domain/report/run-report.js';
import { formatCount, plural } from '../../text/numbers.js';
import { renderEntries } from './line-wrapping.js';
import { printable } from '../../text/printable.js';
import type { Theme } from './theme.js';

export interface RunEventsOptions {
  readonly width: number;
  readonly theme: Theme;
  readonly label: (row: RunRow) => string;
}

const eventsShown = 8;
/** Who was given what is told if it fits into about three lines. */
const longestAssignment = 180;

/** One block of lines a row. */
export function renderRunEvents(rows: readonly RunRow[], options: RunEventsOptions): string[][] {
  return rows.flatMap((row) => {
    const events = eventsOf(row);
    return events.length === 0 ? [] : [renderRow(row, events, options)];
  });
}

interface Event {
  readonly atMs: number;
  readonly text: string;
}

function renderRow(row: RunRow, events: readonly Event[], { width, theme, label }: RunEventsOptions): string[] {
  const entries = events.slice(0, eventsShown).map(({ atMs, text }) => ({
    name: `${(atMs / 1000).toFixed(3)} s`,
    text: theme.text(printable(text)),
  }));
  const left = events.length - eventsShown;
  return [
    theme.strong(`During ${printable(label(row))}`),
    ...renderEntries(entries, { width, widestName: 12 }),
    ...(left > 0 ? [theme.faint(`  ${formatCount(left)} more in the report`)] : []),
  ];
}

/**
 * Members that had no partition when their group last gave them out: there are more members than partitions, so they did
 * nothing. One sentence a group; none where every member had something to do.
 */
export function idleMembers({ rebalances }: RunRow): string[] {
  const last = new Map(rebalances.map((rebalance) => [rebalance.group, rebalance]));
  return [...last.values()].flatMap(({ group, members }) => {
    const given = Object.values(members);
    const idle = given.filter((assigned) => assigned === '').length;
    if (idle === 0) return [];
    return [`${formatCount(idle)} of ${plural(given.length, 'member')} of group ${nameOf(group)} had no partition`];
  });
}

/** How a group first gave out its partitions is no event; that it did so again is. */
function eventsOf({ disturbances, rebalances }: RunRow): Event[] {
  const begun = new Set<string>();
  const again = rebalances.filter(({ group }) => {
    if (begun.has(group)) return true;
    begun.add(group);
    return false;
  });
  const events = [
    ...disturbances.map(({ atMs, what }) => ({ atMs, text: /^\w+(?::|$)/.test(what) ? `disturbance: ${what}` : what })),
    ...again.map((rebalance) => ({ atMs: rebalance.atMs, text: describe(rebalance) })),
  ];
  return events.sort((a, b) => a.atMs - b.atMs);
}

function describe({ group, epoch, members }: Rebalance): string {
  const given = Object.entries(members);
  const title = `group ${nameOf(group)} at epoch ${epoch}, ${plural(given.length, 'member')}`;
  const whole = given.map(([member, assigned]) => `${member} ${assigned || 'nothing'}`).join('; ');
  if (whole.length <= longestAssignment) return `${title}: ${whole}`;
  const idle = given.filter(([, assigned]) => assigned === '').length;
  return `${title}, ${idle === 0 ? 'each with partitions' : `${formatCount(idle)} with no partition`}`;
}

/** The part of a group's id that says which of a run's groups it is. */
function nameOf(group: string): string {
  return group.split('.').at(-1) ?? group;
}
