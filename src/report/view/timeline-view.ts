/**
 * Lists what happened to a row while it ran: its disturbances and rebalances in order of time. Rows without any are
 * left out.
 */
import type { Rebalance, RunRow } from '../../domain/report/run-report.js';
import { formatCount, plural } from '../../text/numbers.js';
import type { Section } from './model/finding.js';
import type { RowNaming } from './row-naming.js';

/** An assignment is listed in full up to so many characters, about three lines. */
const longestAssignment = 180;

/** One section for each row that has events, and in it one finding for each event, with its time in seconds. */
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
 * One clause for each group in which members had no partition after the last rebalance, so that they did nothing, since
 * there were more members than partitions.
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

/** Disturbances, and all rebalances of a group except its first, which only starts it; sorted by time. */
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

/** The last part of a group's id, which tells the groups of a run apart. */
function nameOf(group: string): string {
  return group.split('.').at(-1) ?? group;
}
