/**
 * Renders the timelines of reports as Chrome trace events, in the JSON object format, which Perfetto's viewer opens.
 *
 * A row is a process, and all rows begin at 0, so that they lie above each other. Its threads are the stages that an
 * event goes through: each publisher, each log, each subscription, the queue, each lane, the acks. What an event did at
 * a stage is a slice; one that has no length stands for a moment. A flow leads through the slices of each delivery,
 * from the publish call to the ack. What happened to the run, and what came out of order, are slices on tracks of
 * their own.
 */
import type { JudgedReport } from '../../domain/report/gate.js';
import { extentMax, toldRows, type ToldRow } from '../timeline/told-rows.js';
import { ToldNames } from '../timeline/told-names.js';
import { toldSlices, type Slice } from './perfetto/slices.js';
import { arrangedTracks, type Track } from './perfetto/tracks.js';

type TraceEvent = Readonly<Record<string, unknown>>;

const nsPerUs = 1_000;

/** @throws {UsageError} if no row of the reports has timelines */
export function render(reports: readonly JudgedReport[]): string {
  const rows = toldRows(reports);
  const names = new ToldNames();
  // A thread must not have the number of a process: a viewer would take it for that one's main thread.
  let threads = rows.length;
  let flows = 0;
  const events = rows.flatMap((told, index) => {
    const tracks = arrangedTracks(toldSlices(told, names));
    const first = threads + 1;
    threads += tracks.length;
    const drawn = drawnRow(tracks, index + 1, first, flows);
    flows += drawn.flows;
    return [...metadataOf(told, names, tracks, index + 1, first), ...drawn.events];
  });
  return `{"displayTimeUnit":"ns","otherData":${JSON.stringify(otherData(reports, rows, names))},"traceEvents":[
${events.map((event) => JSON.stringify(event)).join(',\n')}
]}
`;
}

function metadataOf(
  { name, row, report }: ToldRow,
  names: ToldNames,
  tracks: readonly Track[],
  pid: number,
  firstThread: number,
): TraceEvent[] {
  const named = (event: string, tid: number, args: TraceEvent): TraceEvent => ({
    ...{ ph: 'M', name: event, pid, tid, args },
  });
  const scenario = report.scenario === null ? [] : [names.of(report.scenario.name)];
  return [
    named('process_name', firstThread, { name: names.of(name) }),
    named('process_labels', firstThread, { labels: [row.outcome, `${row.clock} clock`, ...scenario].join(', ') }),
    named('process_sort_index', firstThread, { sort_index: pid }),
    ...tracks.flatMap((track, index) => [
      named('thread_name', firstThread + index, { name: track.name }),
      named('thread_sort_index', firstThread + index, { sort_index: index }),
    ]),
  ];
}

/** The slices in the order of their times, each followed by the flows that go through it. */
function drawnRow(
  tracks: readonly Track[],
  pid: number,
  firstThread: number,
  flowsBefore: number,
): { events: TraceEvent[]; flows: number } {
  const placed = tracks.flatMap(({ slices }, index) => slices.map((slice) => ({ slice, tid: firstThread + index })));
  placed.sort((a, b) => a.slice.fromNs - b.slice.fromNs);
  const steps = new Map<number, number>();
  for (const { slice } of placed) for (const flow of slice.flows) steps.set(flow, (steps.get(flow) ?? 0) + 1);
  // A flow of one slice leads nowhere.
  const drawn = [...steps].filter(([, count]) => count > 1).map(([flow]) => flow);
  const idOf = new Map(drawn.map((flow, index) => [flow, flowsBefore + index + 1]));
  const gone = new Map<number, number>();
  const events = placed.flatMap(({ slice, tid }) => [
    sliceEvent(slice, pid, tid),
    ...slice.flows.flatMap((flow) => {
      const id = idOf.get(flow);
      if (id === undefined) return [];
      const step = (gone.get(flow) ?? 0) + 1;
      gone.set(flow, step);
      const ph = step === 1 ? 's' : step === steps.get(flow) ? 'f' : 't';
      const at = { ph, id, name: 'event', cat: 'flow', pid, tid, ts: slice.fromNs / nsPerUs };
      return [ph === 'f' ? { ...at, bp: 'e' } : at];
    }),
  ]);
  return { events, flows: drawn.length };
}

function sliceEvent({ name, stage, fromNs, toNs, args }: Slice, pid: number, tid: number): TraceEvent {
  const time = { ts: fromNs / nsPerUs, dur: (toNs - fromNs) / nsPerUs };
  return { ph: 'X', name, cat: stage, pid, tid, ...time, args };
}

/** What the file is of, and how much of it. */
function otherData(reports: readonly JudgedReport[], rows: readonly ToldRow[], names: ToldNames): TraceEvent {
  const all = reports.flatMap(({ report }) => report.runs);
  return {
    reports: reports.map(({ report: { tool, scenario, seed, startedAt } }) => ({
      tool: `${tool.name} ${names.of(tool.version)}`,
      scenario: scenario === null ? null : names.of(scenario.name),
      ...{ seed, startedAt },
    })),
    extentMax,
    rows: rows.map(({ name, row, extent }) => ({
      name: names.of(name),
      ...{ outcome: row.outcome, clock: row.clock, regressions: row.counts.regressions, ...extent },
    })),
    rowsWithoutTimelines: all.filter(({ timelines }) => timelines === null).map(({ id }) => names.of(id)),
  };
}
