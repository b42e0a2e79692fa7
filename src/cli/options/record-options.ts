/** The flags of `check` for a record of one's own bus, and what they come to. */
import { Option, type Command } from 'commander';
import { UsageError } from '../../domain/errors.js';
import { recordClaims, type RecordClaim } from '../../domain/record/record-claims.js';
import {
  recordEvents,
  recordFields,
  versionRules,
  type RecordEvent,
  type RecordField,
  type VersionRule,
} from '../../domain/record/record-fields.js';
import { anomalyKinds, type AnomalyKind } from '../../domain/scenario/scenario.js';
import type { ReadingOptions } from '../../record/choice/chosen-reader.js';
import { recordFormats, type RecordFormat } from '../../record/choice/content.js';
import { parseMap, type FieldMap } from '../../record/map/parse-map.js';
import { redaction, type Redaction } from '../../record/redact.js';
import { wrappings, type Wrapping } from '../../record/strip/prefixes.js';
import { LinePattern } from '../../record/text/line-pattern.js';
import { readTime, timeUnits, type TimeUnit } from '../../record/times.js';
import { listed } from '../../text/lists.js';
import type { FollowFlags } from '../follow-file.js';

const heading = 'Records of a bus of your own:';

/** As commander hands them over. */
export interface RecordFlags extends FollowFlags {
  readonly format?: RecordFormat;
  readonly pattern?: string;
  readonly strip?: Wrapping;
  readonly map?: string;
  readonly explainMap?: boolean;
  readonly versions?: VersionRule;
  readonly firstVersion?: string;
  readonly timeUnit?: TimeUnit;
  readonly complete?: boolean;
  readonly strategyClaims?: string;
  readonly since?: string;
  readonly until?: string;
  readonly only?: readonly string[];
  readonly badLines?: 'skip' | 'stop';
  readonly allow?: string;
  readonly minAtRisk?: string;
  readonly events?: string;
  readonly redact?: boolean;
}

export interface RecordOptions extends ReadingOptions {
  readonly versions: VersionRule;
  readonly firstVersion: number | null;
  readonly timeUnit: TimeUnit;
  readonly complete: boolean;
  /** Milliseconds since 1970. */
  readonly sinceMs: number | null;
  readonly untilMs: number | null;
  readonly only: readonly (readonly [RecordField, string])[];
  readonly badLines: 'skip' | 'stop';
  readonly allow: readonly AnomalyKind[];
  readonly minAtRisk: number;
  readonly claims: readonly RecordClaim[];
  /** null: the lines show it. */
  readonly events: readonly RecordEvent[] | null;
  /** null: ids are as they were written. */
  readonly redact: Redaction | null;
}

export function addRecordOptions(command: Command): Command {
  const options = [
    new Option('--format <format>', 'How the record is written. (default: by its content)').choices(recordFormats),
    new Option('--map <fields>', "Where fields are, such as version=.payload.seq,topic='orders'."),
    new Option('--pattern <regex>', 'For lines of text: a pattern with a named group for each field, for RE2.'),
    new Option('--strip <what>', 'Take off what these put around lines.').choices(wrappings),
    new Option('--explain-map', 'Show what the first 10 lines would become, and check nothing.'),
    new Option('--versions <rule>', 'How versions rise: by one (dense), or to any higher number.').choices(
      versionRules,
    ),
    new Option('--first-version <n>', 'The first version of every aggregate. (default: not known)'),
    new Option('--complete', 'The record has its end: what was published and did not arrive is lost.'),
    new Option('--time-unit <unit>', 'Unit of times that are numbers. (default: ms)').choices(timeUnits),
    new Option('--since <time>', 'Leave out lines before this time.'),
    new Option('--until <time>', 'Leave out lines from this time on.'),
    new Option('--only <field=value...>', 'Take lines with this value only, such as topic=orders.'),
    new Option('--bad-lines <what>', 'Lines that cannot be read: count them, or stop. (default: skip)').choices([
      'skip',
      'stop',
    ]),
    new Option('--events <list>', 'What lines say happened, if a long pipe begins with handlings alone.'),
    new Option('--redact', 'Hashes in place of ids; keyed by EVENTBUS_BENCH_REDACT_KEY if set.'),
    new Option('--follow', 'Read on as the file grows, also when it is rotated.'),
    new Option('--for <time>', 'Follow for so long, such as 10m.'),
    new Option('--idle <time>', 'Follow until nothing has come for so long, such as 30s.'),
    new Option('--allow <kinds>', 'Anomalies that are no violation, such as duplicate.'),
    new Option('--strategy-claims <list>', 'What your bus guarantees: repairs-input, keeps-send-order.'),
    new Option('--min-at-risk <n>', 'Pairs at risk below which a record is no pass. (default: 30)'),
  ];
  for (const option of options) command.addOption(option.helpGroup(heading));
  return command;
}

/** @throws {UsageError} for a value that cannot be read */
export function recordOptionsOf(flags: RecordFlags): RecordOptions {
  const map: FieldMap = flags.map === undefined ? new Map() : parseMap(flags.map);
  const constants = new Map<RecordField, string>();
  for (const [field, source] of map) if (source.kind === 'constant') constants.set(field, source.text);
  const timeUnit = flags.timeUnit ?? 'ms';
  return {
    ...{ map, constants, timeUnit, format: formatOf(flags), strip: flags.strip ?? null },
    pattern: flags.pattern === undefined ? null : new LinePattern(flags.pattern, map),
    versions: flags.versions ?? 'dense',
    firstVersion: flags.firstVersion === undefined ? null : integerOf('--first-version', flags.firstVersion),
    complete: flags.complete ?? false,
    sinceMs: timeOf('--since', flags.since, timeUnit),
    untilMs: timeOf('--until', flags.until, timeUnit),
    only: (flags.only ?? []).map(onlyOf),
    badLines: flags.badLines ?? 'skip',
    allow: kindsOf(flags.allow),
    events: flags.events === undefined ? null : flags.events.split(',').map(eventOf),
    redact: flags.redact === true ? redaction(process.env['EVENTBUS_BENCH_REDACT_KEY'] ?? null) : null,
    claims: flags.strategyClaims === undefined ? [] : flags.strategyClaims.split(',').map(claimOf),
    minAtRisk: flags.minAtRisk === undefined ? 30 : atLeastOne('--min-at-risk', flags.minAtRisk),
  };
}

/** @throws {UsageError} if there is a pattern for what is no text, or none for text */
function formatOf({ format, pattern }: RecordFlags): RecordFormat | null {
  if (pattern !== undefined && format !== undefined && format !== 'text') {
    throw new UsageError(`--pattern is for lines of text, and --format is ${format}`, 'leave one of them out');
  }
  if (format !== 'text' || pattern !== undefined) return format ?? null;
  throw new UsageError(
    '--format text needs a pattern',
    "say where the fields are: --pattern 'order=(?<aggregate>\\S+) seq=(?<version>\\d+)'",
  );
}

function eventOf(text: string): RecordEvent {
  const event = recordEvents.find((name) => name === text.trim());
  if (event !== undefined) return event;
  throw new UsageError(
    `--events: there is no event ${text}`,
    `the events are ${listed(recordEvents, 'and')}, such as --events publish,handled`,
  );
}

function claimOf(text: string): RecordClaim {
  const claim = recordClaims.find((name) => name === text.trim());
  if (claim !== undefined) return claim;
  throw new UsageError(
    `--strategy-claims: there is no claim ${text}`,
    `the claims are ${listed(recordClaims, 'and')}, such as --strategy-claims repairs-input`,
  );
}

function integerOf(flag: string, text: string): number {
  const value = Number(text);
  if (/^-?\d+$/.test(text) && Number.isSafeInteger(value)) return value;
  throw new UsageError(`${flag} should be an integer, but it is ${text}`, `such as ${flag} 1`);
}

/** @throws {UsageError} */
function atLeastOne(flag: string, text: string): number {
  const value = integerOf(flag, text);
  if (value >= 1) return value;
  throw new UsageError(`${flag} should be 1 or more, but it is ${text}`, `such as ${flag} 1`);
}

function timeOf(flag: string, text: string | undefined, unit: TimeUnit): number | null {
  if (text === undefined) return null;
  const ms = readTime(text, unit);
  if (ms !== null) return ms;
  throw new UsageError(`${flag} should be a time, but it is ${text}`, `such as ${flag} 2026-01-31T12:00:00Z`);
}

function onlyOf(text: string): readonly [RecordField, string] {
  const equals = text.indexOf('=');
  const field = recordFields.find((name) => name === text.slice(0, equals));
  if (equals > 0 && field !== undefined) return [field, text.slice(equals + 1)];
  throw new UsageError(
    `--only should be a field of the record and its value, but it is ${text}`,
    `such as --only topic=orders; the fields are ${recordFields.join(', ')}`,
  );
}

function kindsOf(text: string | undefined): readonly AnomalyKind[] {
  return (text ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '')
    .map((name) => {
      const kind = anomalyKinds.find((candidate) => candidate === name);
      if (kind !== undefined) return kind;
      throw new UsageError(`--allow: there is no anomaly ${name}`, `the kinds are ${listed(anomalyKinds, 'and')}`);
    });
}
