/**
 * Turns drawn histories into such whose versions only rise, as time stamps in nanoseconds do, some of them shared by
 * two events that their ids tell apart; and counts what those come to.
 */
import type { Prng } from '../../../src/runtime/ports.js';
import type { HistoryLine } from './history.js';
import { oracleOf, type Told } from './oracle.js';

const firstNs = 1_750_000_000_000_000_000n;

/** @param ties how likely an event has the version of the one before */
export function risingOf(lines: readonly HistoryLine[], prng: Prng, ties: number): HistoryLine[] {
  const names = [...new Set(lines.map(({ aggregate }) => aggregate))];
  const times = new Map(
    names.map((name) => {
      const versions = orderedVersions(lines.filter(({ aggregate }) => aggregate === name));
      let at = firstNs;
      const own = versions.map((version) => {
        if (prng.float() >= ties) at += 1n + BigInt(Math.floor(prng.float() * 1e9));
        return [version, at] as const;
      });
      return [name, new Map(own)] as const;
    }),
  );
  return lines.map((line) => ({
    ...line,
    version: times.get(line.aggregate)!.get(line.version)!,
    id: String(line.version),
  }));
}

/** Whether two events of an aggregate have one version, within a topic and a source. */
export function hasTies(lines: readonly HistoryLine[]): boolean {
  return lines.some((one) => lines.some((other) => isSameVersion(one, other) && one.id !== other.id));
}

/** The lines with the number of each version among those of its aggregate, in place of the version. */
export function numbered(lines: readonly HistoryLine[]): HistoryLine[] {
  return lines.map((line) => {
    const own = orderedVersions(lines.filter(({ aggregate }) => aggregate === line.aggregate));
    return { ...line, version: BigInt(own.indexOf(line.version)) };
  });
}

/**
 * The first event of a version that was delivered stands for the version. Another one of the same version is a tie: it is
 * late for none, none is late for it, and where there are any nothing is said of losses and phantoms.
 */
export function risingOracleOf(lines: readonly HistoryLine[], told: Told): Record<string, number | null> {
  const isTie = (line: HistoryLine): boolean => {
    const first = lines.find((other) => isSameVersion(line, other) && !/publish|acked/.test(other.ev));
    return first !== undefined && !/publish|acked/.test(line.ev) && first.id !== line.id;
  };
  const untied = lines.filter((line) => !isTie(line));
  const counts = oracleOf(numbered(untied), told);
  const { unseen, phantoms, lost, storeInversions, ...others } = counts;
  const observed = firstStarts(lines);
  const tied = observed.filter((at) => isTie(lines[at]!));
  const again = tied.filter((at) => hasSucceededBefore(lines, at)).length;
  const ties = hasTies(lines);
  return {
    ...others,
    handled: lines.filter(({ ev }) => /start|handled/.test(ev)).length,
    duplicates: counts['duplicates']! + again,
    ties: tied.length - again,
    naive: counts['naive']! + tied.length,
    descents: descentsOf(lines, observed),
    gaps: null,
    openGaps: null,
    storeInversions: hasPlaces(lines) ? storeInversions! : null,
    ...(ties ? { phantoms: null, lost: null } : { unseen: unseen!, phantoms: phantoms!, lost: lost! }),
  };
}

/** Whether each version is published before anything else is said of it, by one event, and none after a higher one. */
function hasPlaces(lines: readonly HistoryLine[]): boolean {
  if (hasTies(lines)) return false;
  return lines.every((line, at) => {
    const published = lines.slice(0, at).filter((other) => other.ev === 'publish' && isSameUnit(line, other));
    if (published.some(({ version }) => version === line.version)) return true;
    return line.ev === 'publish' && published.every(({ version }) => version < line.version);
  });
}

function orderedVersions(lines: readonly HistoryLine[]): bigint[] {
  return [...new Set(lines.map(({ version }) => version))].toSorted((a, b) => (a < b ? -1 : 1));
}

function isSameUnit(one: HistoryLine, other: HistoryLine): boolean {
  return one.aggregate === other.aggregate && one.topic === other.topic && one.source === other.source;
}

function isSameVersion(one: HistoryLine, other: HistoryLine): boolean {
  return isSameUnit(one, other) && one.version === other.version;
}

/** Indices of the lines with which the first handling of each delivery begins. */
function firstStarts(lines: readonly HistoryLine[]): number[] {
  return [...lines.entries()].flatMap(([at, { ev, delivery }]) => {
    if (ev === 'handled') return [at];
    const isFirst = !lines.slice(0, at).some((other) => other.ev === 'start' && other.delivery === delivery);
    return ev === 'start' && isFirst ? [at] : [];
  });
}

function hasSucceededBefore(lines: readonly HistoryLine[], at: number): boolean {
  const line = lines[at]!;
  return lines
    .slice(0, at)
    .some(
      (other) =>
        isSameVersion(line, other) && other.id === line.id && /finish|handled/.test(other.ev) && other.ok !== false,
    );
}

function descentsOf(lines: readonly HistoryLine[], observed: readonly number[]): number {
  return observed.filter((at, index) => {
    const before = observed.slice(0, index).findLast((other) => isSameUnit(lines[other]!, lines[at]!));
    return before !== undefined && lines[at]!.version < lines[before]!.version;
  }).length;
}
