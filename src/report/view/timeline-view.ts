/**
 * Tells what happened to a run while it went on: for every row that was disturbed, or whose groups gave their
 * partitions out more than once, its disturbances and rebalances in the order in which they came.
 */
import type { Rebalance, RunRow } from '../../domain/report/run-report.js';
import { formatCount, plural } from '../../text/numbers.js';
import type { Section } from './model/finding.js';
import type { RowNaming } from './row-naming.js';

/** Who was given what is told up to so many characters, about three lines. */
const longestAssignment = 180;

/** A section a row, a finding an event with its time in seconds; none of a row to which nothing happened. */
export function timelinesView(rows: readonly RunRow[], { label }: RowNaming): Section[] {
  return rows.flatMap((row) => {
    const events = eventsOf(row);
    if (events.length === 0) return [];
    const findings = events.map(({ atMs, text }) => ({
      status: null,
      title: `${(atMs / 1000).toFixed(3)} s`,
      text,
    }));
    return [{ title: `During ${label(row)}`, findings }];
  });
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

interface Event {
  readonly atMs: number;
  readonly text: string;
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
    ...again.map((rebalance) => ({ atMs: rebalance.atMs, text: rebalanceText(rebalance) })),
  ];
  return events.sort((a, b) => a.atMs - b.atMs);
}

function rebalanceText({ group, epoch, members }: Rebalance): string {
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
