/**
 * What the lines of a record come to, from the definitions of docs/CHECKER.md and docs/RECORD.md alone: over the full
 * list of lines, by brute force, with no code in common with the checker.
 */
import type { HistoryLine } from './history.js';

/** One start of a handler. */
interface Handling {
  readonly version: bigint;
  readonly start: number;
  /** Infinity: its end is not in the record. */
  readonly end: number;
  readonly ok: boolean;
  /** It is the first of its delivery. */
  readonly isFirst: boolean;
}

export interface Told {
  readonly firstVersion: bigint | null;
  readonly complete: boolean;
}

interface UnitOfLines {
  readonly lines: readonly { readonly at: number; readonly line: HistoryLine }[];
  readonly handlings: readonly Handling[];
  /** Versions in the order of their first handlings. */
  readonly firsts: readonly bigint[];
  readonly first: bigint;
  readonly settledBy: 'acked' | 'publish';
}

export function oracleOf(lines: readonly HistoryLine[], told: Told): Record<string, number | null> {
  const units = unitsOf(lines, told);
  const has = (ev: HistoryLine['ev']): boolean => lines.some((line) => line.ev === ev);
  const spread = isSpread(lines);
  const sum = (of: (unit: UnitOfLines, beside: readonly UnitOfLines[]) => number): number =>
    [...units].reduce((total, [, unit]) => total + of(unit, besideOf(unit, units)), 0);
  const isWhole = has('publish') && (has('start') || has('handled')) && !spread;
  const isLossKnown = isWhole && told.complete;
  const unhandled = sum((unit) => lostOf(unit).length);
  return {
    handled: sum(({ handlings }) => handlings.length),
    regressions: sum((unit) => regressionsOf(unit).length),
    duplicates: sum(duplicatesOf),
    gaps: sum(gapsOf),
    openGaps: sum((unit, beside) => gapsOf(unit, beside) - closedGapsOf(unit, isLossKnown)),
    descents: sum(descentsOf),
    naive: sum(({ handlings }) => naiveOf(handlings)),
    published: has('publish') ? sum(({ lines: own }) => own.filter(({ line }) => line.ev === 'publish').length) : null,
    lost: isLossKnown ? sum((unit) => lostOf(unit).filter((version) => !isUnfinished(unit, version)).length) : null,
    unseen: has('publish') && !isLossKnown ? unhandled : null,
    phantoms: isWhole ? sum((unit) => phantomsOf(unit, told)) : null,
    overlaps: has('finish') ? sum(overlapsOf) : null,
    completionInversions: has('finish') ? sum(completionInversionsOf) : null,
    storeInversions: lines.some(({ position }) => position !== undefined) ? sum(storeInversionsOf) : null,
    splitKeys: lines.some(({ partition }) => partition !== undefined) ? sum(splitKeysOf) : null,
  };
}

export function extentMaxOf(lines: readonly HistoryLine[], told: Told): number | null {
  const extents = [...unitsOf(lines, told).values()].flatMap((unit) =>
    regressionsOf(unit).map((index) => index - unit.firsts.findIndex((version) => version > unit.firsts[index]!)),
  );
  return extents.length === 0 ? null : Math.max(...extents);
}

/** Pairs of neighbours, both published, that were in the bus at once. */
export function inFlightOf(lines: readonly HistoryLine[], told: Told): number {
  let pairs = 0;
  for (const unit of unitsOf(lines, told).values()) {
    const published = versionsOf(unit, 'publish');
    for (const version of published) {
      if (!published.has(version + 1n)) continue;
      const [lower, upper] = [deliveredAt(unit, version), deliveredAt(unit, version + 1n)];
      // Below the first version seen, an event that was not met so far is not expected.
      if (version < unit.first && metAt(unit, version) > upper) continue;
      if (upper < finishedAt(unit, version) && lower < finishedAt(unit, version + 1n)) pairs++;
    }
  }
  return pairs;
}

function unitsOf(lines: readonly HistoryLine[], { firstVersion }: Told): Map<string, UnitOfLines> {
  const names = new Set(lines.map(({ aggregate, topic, source }) => `${aggregate} ${topic} ${source}`));
  const settledBy = lines.some(({ ev }) => ev === 'acked') ? 'acked' : 'publish';
  return new Map(
    [...names].map((name) => {
      const own = [...lines.entries()]
        .filter(([, { aggregate, topic, source }]) => `${aggregate} ${topic} ${source}` === name)
        .map(([at, line]) => ({ at, line }));
      const handlings = handlingsOf(own);
      const firsts = [...new Set(handlings.filter(({ isFirst }) => isFirst).map(({ version }) => version))];
      const seen = own.find(({ line }) => line.ev !== 'acked' && line.ev !== 'ack')!.line.version;
      // Nothing is claimed of what begins far from where versions should.
      const isDue = firstVersion !== null && firstVersion < seen && seen - firstVersion < 2n ** 50n;
      const first = isDue ? firstVersion : seen;
      return [name, { lines: own, handlings, firsts, first, settledBy }];
    }),
  );
}

function handlingsOf(own: UnitOfLines['lines']): Handling[] {
  const starts = own.filter(({ line }) => line.ev === 'start' || line.ev === 'handled');
  return starts.map(({ at, line }) => {
    const others = own.filter(({ line: other }) => other.delivery !== undefined && other.delivery === line.delivery);
    const isFirst = !others.some(({ at: before, line: other }) => other.ev === 'start' && before < at);
    const end = line.ev === 'handled' ? { at, line } : others.find((other) => other.line.ev === 'finish' && other.at > at); // prettier-ignore
    return {
      version: line.version,
      start: at,
      end: end?.at ?? Infinity,
      ok: end?.line.ok ?? end !== undefined,
      isFirst,
    };
  });
}

const observationsOf = ({ handlings }: UnitOfLines): Handling[] => handlings.filter(({ isFirst }) => isFirst);

function versionsOf({ lines }: UnitOfLines, ev: HistoryLine['ev']): Set<bigint> {
  return new Set(lines.filter(({ line }) => line.ev === ev).map(({ line }) => line.version));
}

function metAt({ lines }: UnitOfLines, version: bigint): number {
  return lines.find(({ line }) => line.version === version && line.ev !== 'acked')!.at;
}

function deliveredAt({ lines }: UnitOfLines, version: bigint): number {
  const first = lines.find(({ line: { ev, version: one } }) => one === version && /deliver|start|handled/.test(ev));
  return first?.at ?? Infinity;
}

/** First successful end. */
function finishedAt({ handlings }: UnitOfLines, version: bigint): number {
  return Math.min(...handlings.filter((one) => one.version === version && one.ok).map(({ end }) => end));
}

function startedAt({ handlings }: UnitOfLines, version: bigint): number {
  return Math.min(...handlings.filter((one) => one.version === version).map(({ start }) => start));
}

/** Indices among the first handlings. */
function regressionsOf({ firsts }: UnitOfLines): number[] {
  return [...firsts.keys()].filter((index) => firsts.slice(0, index).some((version) => version > firsts[index]!));
}

/** Only those with an effect that is proven: an earlier handling had succeeded, or was running and ends in the record. */
function duplicatesOf(unit: UnitOfLines): number {
  return observationsOf(unit).filter(({ version, start }) =>
    unit.handlings.some(
      (other) =>
        other.version === version && other.start < start && other.end < Infinity && (other.ok || other.end > start),
    ),
  ).length;
}

function gapsOf({ firsts, first, lines }: UnitOfLines, beside: readonly UnitOfLines[]): number {
  const highest = firsts.reduce((most, version) => (version > most ? version : most), first);
  const published = new Set(lines.filter(({ line }) => line.ev === 'publish').map(({ line }) => line.version));
  let gaps = 0;
  for (let version = first; version < highest; version++) {
    const index = firsts.indexOf(version);
    const isElsewhere = !published.has(version) && beside.some((other) => versionsOf(other, 'publish').has(version));
    if (index < 0 ? !isElsewhere : firsts.slice(0, index).some((other) => other > version)) gaps++;
  }
  return gaps;
}

function closedGapsOf(unit: UnitOfLines, isLossKnown: boolean): number {
  const { firsts, first } = unit;
  const late = regressionsOf(unit).filter((index) => firsts[index]! >= first).length;
  const isSkipped = (version: bigint): boolean =>
    version >= first && !firsts.includes(version) && firsts.some((other) => other > version);
  return late + (isLossKnown ? lostOf(unit).filter(isSkipped).length : 0);
}

function descentsOf(unit: UnitOfLines): number {
  const seen = observationsOf(unit);
  return seen.filter(({ version }, index) => index > 0 && version < seen[index - 1]!.version).length;
}

function naiveOf(handlings: readonly Handling[]): number {
  const seen = handlings.filter(({ isFirst }) => isFirst);
  return seen.filter(({ version }, index) => seen.slice(0, index).some((other) => other.version >= version)).length;
}

/** Published, acknowledged, and no handling succeeded. */
function lostOf(unit: UnitOfLines): bigint[] {
  // Where no line says that a publish was acknowledged, the publish itself does.
  const isAcked = (version: bigint): boolean =>
    unit.lines.some(({ line }) => line.ev === unit.settledBy && line.version === version && line.ok !== false);
  return [...versionsOf(unit, 'publish')].filter(
    (version) => isAcked(version) && finishedAt(unit, version) === Infinity,
  );
}

/** A handling of it began, and the record does not say how it ended. */
function isUnfinished({ handlings }: UnitOfLines, version: bigint): boolean {
  return handlings.some((one) => one.version === version && one.end === Infinity);
}

/** What was published before the record began is not known, unless the first version is. */
function phantomsOf({ lines, firsts, handlings }: UnitOfLines, { firstVersion }: Told): number {
  return firsts.filter((version) => {
    const { start } = handlings.find((one) => one.version === version)!;
    const before = lines.filter(({ at, line }) => at < start && line.ev === 'publish').map(({ line }) => line.version);
    if (before.includes(version)) return false;
    return firstVersion !== null || before.some((lower) => lower < version);
  }).length;
}

function overlapsOf({ handlings }: UnitOfLines): number {
  return handlings.flatMap((one) =>
    handlings.filter(
      (other) =>
        other.version !== one.version && one.start < other.start && one.end > other.start && one.end < Infinity,
    ),
  ).length;
}

function completionInversionsOf(unit: UnitOfLines): number {
  const finished = [...new Set(unit.firsts)].filter((version) => finishedAt(unit, version) < Infinity);
  return finished.filter((version) => {
    const higher = finished.filter((other) => other > version);
    const earliest = higher.toSorted((a, b) => finishedAt(unit, a) - finishedAt(unit, b))[0];
    if (earliest === undefined || finishedAt(unit, earliest) > finishedAt(unit, version)) return false;
    return startedAt(unit, earliest) > startedAt(unit, version);
  }).length;
}

/** The first position that becomes known of a version counts. */
function storeInversionsOf({ lines }: UnitOfLines): number {
  const places = new Map<bigint, HistoryLine>();
  for (const { line } of lines) {
    if (line.position !== undefined && !places.has(line.version)) places.set(line.version, line);
  }
  const known = [...places.values()];
  return known.filter((one) =>
    known.some(
      (other) => other.version > one.version && other.partition === one.partition && other.position! < one.position!,
    ),
  ).length;
}

function splitKeysOf({ lines }: UnitOfLines): number {
  const partitions = lines.flatMap(({ line: { partition } }) => (partition === undefined ? [] : [partition]));
  return new Set(partitions).size > 1 ? 1 : 0;
}

/** The units of the same aggregate and source on other topics. */
function besideOf(unit: UnitOfLines, units: ReadonlyMap<string, UnitOfLines>): UnitOfLines[] {
  const { aggregate, source } = unit.lines[0]!.line;
  return [...units.values()].filter((other) => {
    const { line } = other.lines[0]!;
    return other !== unit && line.aggregate === aggregate && line.source === source;
  });
}

/** Whether an aggregate of one topic is in several sources. */
function isSpread(lines: readonly HistoryLine[]): boolean {
  return lines.some((one) =>
    lines.some(
      (other) => other.aggregate === one.aggregate && other.topic === one.topic && other.source !== one.source,
    ),
  );
}
