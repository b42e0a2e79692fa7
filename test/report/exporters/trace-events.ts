/**
 * Reads Chrome trace events (JSON object format) and says what is wrong with them: what a viewer would have to guess
 * at, or would draw wrongly. Written from the description of the format, without a line of the program's own.
 */

export interface TraceSlice {
  readonly pid: number;
  readonly tid: number;
  readonly process: string;
  readonly track: string;
  readonly name: string;
  readonly cat: string;
  /** Nanoseconds. */
  readonly from: number;
  readonly to: number;
  readonly args: Readonly<Record<string, unknown>>;
}

interface FlowPoint {
  readonly id: number;
  readonly ph: string;
  readonly at: number;
  readonly slice: TraceSlice | null;
}

export interface ReadTrace {
  readonly problems: readonly string[];
  readonly slices: readonly TraceSlice[];
  /** The slices that each flow leads through, in the order of the file. */
  readonly flows: readonly (readonly (TraceSlice | null)[])[];
  readonly otherData: Readonly<Record<string, unknown>>;
}

type Json = Readonly<Record<string, unknown>>;

const toNs = (microseconds: unknown): number =>
  typeof microseconds === 'number' ? Math.round(microseconds * 1_000) : NaN;

export function readTrace(text: string): ReadTrace {
  const { traceEvents, otherData } = JSON.parse(text) as { traceEvents: Json[]; otherData: Json };
  const problems: string[] = [...unprintable(JSON.parse(text))];
  const names = namesOf(traceEvents, problems);
  const slices: TraceSlice[] = [];
  const points: FlowPoint[] = [];
  const latest = new Map<string, number>();
  for (const event of traceEvents) {
    const { ph, pid, tid, name, cat, ts, dur, args, id, bp } = event;
    if (ph === 'M') continue;
    const process = names.processes.get(String(pid));
    const track = names.threads.get(`${String(pid)}/${String(tid)}`);
    if (process === undefined || track === undefined)
      problems.push(`on a track without a name: ${JSON.stringify(event)}`);
    const from = toNs(ts);
    if (!(from >= 0)) problems.push(`without a time: ${JSON.stringify(event)}`);
    if (from < (latest.get(String(pid)) ?? 0))
      problems.push(`earlier than the event before it: ${JSON.stringify(event)}`);
    latest.set(String(pid), from);
    if (ph === 'X') {
      const on = { pid: pid as number, tid: tid as number, process: process ?? '', track: track ?? '' };
      const to = from + toNs(dur);
      if (!(to >= from)) problems.push(`without a duration: ${JSON.stringify(event)}`);
      slices.push({ ...on, name: String(name), cat: String(cat), from, to, args: (args ?? {}) as Json });
    } else if (ph === 's' || ph === 't' || ph === 'f') {
      if (ph === 'f' && bp !== 'e') problems.push(`ends at the next slice: ${JSON.stringify(event)}`);
      const slice = slices.findLast((one) => one.pid === pid && one.tid === tid && one.from <= from && from <= one.to);
      points.push({ id: id as number, ph, at: from, slice: slice ?? null });
    } else problems.push(`of an unknown kind: ${JSON.stringify(event)}`);
  }
  const flows = flowsOf(points, problems);
  return { problems: [...problems, ...nesting(slices)], slices, flows, otherData };
}

/** Names come before what refers to them, and no two tracks of a process have the same one. */
function namesOf(
  events: readonly Json[],
  problems: string[],
): { processes: Map<string, string>; threads: Map<string, string> } {
  const processes = new Map<string, string>();
  const threads = new Map<string, string>();
  const seen = new Set<unknown>();
  for (const { ph, name, pid, tid, args } of events) {
    if (ph !== 'M') {
      seen.add(pid);
      continue;
    }
    if (seen.has(pid)) problems.push(`${String(name)} of ${String(pid)} behind what refers to it`);
    if (pid === tid) problems.push(`thread ${String(tid)} has the number of its process`);
    const given = (args as Json)['name'];
    if (name === 'process_name') processes.set(String(pid), String(given));
    if (name !== 'thread_name') continue;
    const taken = [...threads].some(([key, other]) => other === given && key.startsWith(`${String(pid)}/`));
    if (taken) problems.push(`two tracks of ${String(pid)} are named ${String(given)}`);
    threads.set(`${String(pid)}/${String(tid)}`, String(given));
  }
  if (new Set(processes.values()).size < processes.size) problems.push('two processes have one name');
  return { processes, threads };
}

/** Slices of a track lie behind each other or within each other. */
function nesting(slices: readonly TraceSlice[]): string[] {
  const open = new Map<number, TraceSlice[]>();
  const problems: string[] = [];
  for (const slice of slices) {
    const stack = open.get(slice.tid) ?? [];
    while (stack.length > 0 && stack.at(-1)!.to <= slice.from) stack.pop();
    const around = stack.at(-1);
    if (around !== undefined && slice.to > around.to)
      problems.push(`${slice.name} ends after ${around.name}, in which it began`);
    stack.push(slice);
    open.set(slice.tid, stack);
  }
  return problems;
}

/** A flow begins once, ends once, each in a slice, and goes through a slice at each step between. */
function flowsOf(points: readonly FlowPoint[], problems: string[]): (TraceSlice | null)[][] {
  const byId = new Map<number, FlowPoint[]>();
  for (const point of points) {
    const flow = byId.get(point.id);
    if (flow === undefined) byId.set(point.id, [point]);
    else flow.push(point);
  }
  for (const [id, flow] of byId) {
    const phases = flow.map(({ ph }) => ph).join('');
    if (!/^st*f$/.test(phases)) problems.push(`flow ${String(id)} goes ${phases}`);
    if (flow.some(({ slice }) => slice === null)) problems.push(`flow ${String(id)} goes through no slice`);
    if (flow.some(({ at }, index) => at < (flow[index - 1]?.at ?? 0)))
      problems.push(`flow ${String(id)} goes back in time`);
  }
  return [...byId.values()].map((flow) => flow.map(({ slice }) => slice));
}

/** Texts with characters that a viewer might act on, or with half a character; or longer than a line. */
function unprintable(value: unknown): string[] {
  if (typeof value === 'string') {
    if (/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u.test(value)) return [`not printable: ${JSON.stringify(value)}`];
    return value.length > 600 ? [`too long: ${value.slice(0, 40)}`] : [];
  }
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(unprintable) : [];
}

/**
 * A query: in the order of time, the first starts of each version of an aggregate in a topic; those are regressions
 * that come after a higher version.
 */
export function regressionsIn(slices: readonly TraceSlice[], process: string): number {
  const highest = new Map<string, number>();
  const started = new Set<string>();
  let regressions = 0;
  const handled = slices.filter((slice) => slice.process === process && slice.cat === 'handle');
  for (const { args } of [...handled].sort((a, b) => a.from - b.from)) {
    const unit = JSON.stringify([args['aggregate'], args['topic']]);
    const version = args['version'] as number;
    const event = `${unit} ${String(version)}`;
    if (started.has(event)) continue;
    started.add(event);
    if (version < (highest.get(unit) ?? 0)) regressions++;
    else highest.set(unit, version);
  }
  return regressions;
}
