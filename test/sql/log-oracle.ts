/**
 * Counts the anomalies of a log of handlings by brute force: every line is compared with every earlier line of its unit,
 * every version with every other. It is written from the definitions and shares nothing with the queries.
 */

/** One line of a log; null: the line lacks it. */
export interface LogLine {
  readonly topic: string | null;
  readonly aggregate: string | null;
  readonly version: bigint | string | null;
  readonly id: string | null;
  readonly place: number | null;
  readonly began: number | null;
  readonly ended: number | null;
}

export interface Terms {
  readonly versions: 'dense' | 'rising';
  readonly firstVersion: bigint | null;
  readonly byTopic: boolean;
  /** Events of one version are told apart by their ids. */
  readonly hasIds: boolean;
}

export interface LogCounts {
  aggregates: number;
  observations: number;
  regressions: number;
  duplicates: number;
  ties: number;
  gaps: number;
  naive: number;
  descents: number;
  overlaps: number;
  without_interval: number;
  tied_lines: number;
  unusable_lines: number;
}

type Usable = LogLine & { readonly version: bigint; readonly place: number };

const nothing: LogCounts = {
  ...{ aggregates: 0, observations: 0, regressions: 0, duplicates: 0, ties: 0, gaps: 0, naive: 0, descents: 0 },
  ...{ overlaps: 0, without_interval: 0, tied_lines: 0, unusable_lines: 0 },
};

/** The counts of the whole log. */
export function countsOf(lines: readonly LogLine[], terms: Terms): LogCounts {
  const units = [...unitsOf(lines, terms).values()].map((unit) => countsOfUnit(unit, terms));
  const total = { ...nothing };
  for (const unit of units) for (const name of Object.keys(total) as (keyof LogCounts)[]) total[name] += unit[name];
  total.unusable_lines = lines.filter((line) => !isUsable(line)).length;
  total.without_interval = lines.filter((line) => !hasInterval(line)).length;
  return total;
}

/** The counts of each unit, by topic and aggregate as JSON. */
export function countsByUnit(lines: readonly LogLine[], terms: Terms): ReadonlyMap<string, LogCounts> {
  return new Map([...unitsOf(lines, terms)].map(([key, unit]) => [key, countsOfUnit(unit, terms)]));
}

function unitsOf(lines: readonly LogLine[], { byTopic }: Terms): ReadonlyMap<string, readonly Usable[]> {
  const units = new Map<string, Usable[]>();
  for (const line of lines.filter(isUsable)) {
    const key = JSON.stringify([byTopic ? line.topic : null, line.aggregate]);
    units.set(key, [...(units.get(key) ?? []), line]);
  }
  return units;
}

function isUsable(line: LogLine): line is Usable {
  return line.aggregate !== null && typeof line.version === 'bigint' && line.place !== null;
}

function hasInterval({ began, ended }: LogLine): boolean {
  return began !== null && ended !== null && began <= ended;
}

function countsOfUnit(unit: readonly Usable[], terms: Terms): LogCounts {
  // Within a tie in the order of versions, which accuses nobody.
  const lines = [...unit].sort((a, b) => a.place - b.place || Number(a.version - b.version));
  const counts = { ...nothing, aggregates: 1, observations: lines.length };
  lines.forEach(({ version, id, place }, at) => {
    const earlier = lines.slice(0, at).map((line) => line.version);
    const wasObserved = earlier.includes(version);
    const isBelow = earlier.some((other) => other > version);
    const isAnother = terms.hasIds && !lines.slice(0, at).some((line) => line.version === version && line.id === id);
    if (wasObserved && isAnother) counts.ties++;
    else if (wasObserved) counts.duplicates++;
    else if (isBelow) counts.regressions++;
    if (wasObserved || isBelow) counts.naive++;
    if (at > 0 && version < earlier.at(-1)!) counts.descents++;
    if (lines.filter((line) => line.place === place).length > 1) counts.tied_lines++;
  });
  if (terms.versions === 'dense') counts.gaps = gapsOf(lines, terms.firstVersion);
  counts.overlaps = overlapsOf(lines);
  return counts;
}

/** Each version that was not observed when a higher one was, once: from the stated one on, or from the first one if that is lower. */
function gapsOf(lines: readonly Usable[], stated: bigint | null): number {
  const first = lines[0]!.version;
  const from = stated === null || stated > first ? first : stated;
  const skipped = new Set<bigint>();
  const observed = new Set<bigint>();
  for (const { version } of lines) {
    for (let lower = from; lower < version; lower++) if (!observed.has(lower)) skipped.add(lower);
    observed.add(version);
  }
  return skipped.size;
}

function overlapsOf(lines: readonly Usable[]): number {
  const intervals = lines.filter(hasInterval);
  const pairs = intervals.flatMap((one, at) => intervals.slice(at + 1).map((other) => [one, other] as const));
  return pairs.filter(
    ([one, other]) => one.version !== other.version && one.began! < other.ended! && other.began! < one.ended!,
  ).length;
}
