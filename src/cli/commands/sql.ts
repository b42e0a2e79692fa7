/**
 * The command `sql`: prints the definitions as a query, for the engine where somebody's logs already lie. It reads no
 * log and reaches no engine.
 */
import { Command, Option } from 'commander';
import { UsageError, exitCodes } from '../../domain/errors.js';
import { printable } from '../../text/printable.js';
import { dialectIds, dialects, type DialectId } from '../../sql/dialect.js';
import type { LogQuery } from '../../sql/query.js';
import type { CliContext } from '../context.js';

const examples = `
Examples:
  eventbus-bench sql --dialect duckdb --table handled.ndjson \\
    --order-by position | duckdb
      a log in a file, with the fields aggregate and version
  eventbus-bench sql --dialect clickhouse --table logs.handled \\
    --order-by time --map aggregate=order_id,version=seq,topic=queue
      columns by other names, and order within each topic
  eventbus-bench sql --dialect spark --table events --order-by offset \\
    --map aggregate=payload.orderId,start=began,finish=ended
      a nested column, and overlaps of handlings

The query goes to standard output. Each line of the table is one handling. The
columns of the result, and runs on each engine, are in docs/SQL.md.

Exit codes: 0 the query was printed; 64 usage.`;

interface SqlOptions {
  readonly dialect: DialectId;
  readonly table: string;
  readonly orderBy: string;
  readonly map?: string;
  readonly versions: LogQuery['versions'];
  readonly firstVersion?: string;
  readonly simple?: boolean;
}

export function createSqlCommand(context: CliContext): Command {
  const command = new Command('sql')
    .summary('print a query that checks a log where it lies')
    .description(
      "Print the definitions as a query for the engine where your bus's logs lie: regressions, duplicates, gaps, the naive count, descents, overlaps and the worst aggregates.",
    )
    .addOption(new Option('--dialect <engine>', 'The engine.').choices(dialectIds).makeOptionMandatory())
    .addOption(
      new Option(
        '--table <table>',
        'The log, as db.table; for duckdb also a file (.ndjson, .csv, .parquet).',
      ).makeOptionMandatory(),
    )
    .addOption(
      new Option(
        '--order-by <column>',
        'What orders the lines of an aggregate: a position or a time. Compared as its type, so not numbers kept as text.',
      ).makeOptionMandatory(),
    )
    .addOption(
      new Option(
        '--map <fields>',
        "Columns by other names, as aggregate=COL,version=COL, or constants in quotes, as topic='orders'. Only with topic=COL are topics told apart, only with id=COL events of one rising version, only with start=COL,finish=COL are overlaps counted.",
      ),
    )
    .addOption(
      new Option('--versions <kind>', 'dense: they rise by one; rising: by any number, so that there are no gaps.')
        .choices(['dense', 'rising'])
        .default('dense'),
    )
    .addOption(
      new Option(
        '--first-version <n>',
        'What every aggregate begins with. Without it nothing is a gap before the first version seen.',
      ),
    )
    .addOption(new Option('--simple', 'Print only the naive count (version <= highest so far), as one window.'));
  return command
    .addHelpText('after', examples)
    .action(() => sql(context, command.opts()).then(() => void (context.exitCode = exitCodes.ok)));
}

async function sql({ console }: CliContext, options: SqlOptions): Promise<void> {
  const query = await readQuery(options);
  if (options.simple === true) {
    const { simpleQuery } = await import('../../sql/simple-query.js');
    await console.out(simpleQuery(query));
    return;
  }
  const { exactQuery } = await import('../../sql/exact-query.js');
  await console.out(exactQuery(query));
}

/** @throws {UsageError} */
async function readQuery(options: SqlOptions): Promise<LogQuery> {
  const { readColumnMap } = await import('../../sql/column-map.js');
  const { quotedName, quotedSource, quotedTable } = await import('../../sql/names.js');
  const dialect = dialects[options.dialect];
  const map = readColumnMap(options.map);
  if (map.id !== null && options.versions === 'dense') {
    throw new UsageError(
      '--map names id, and --versions is dense: each version is then one event',
      'leave the id out; or give --versions rising, if several events may have one version',
    );
  }
  const column = (source: string): string => quotedSource(source, '--map', dialect);
  const optional = (source: string | null): string | null => (source === null ? null : column(source));
  const texts = [map.aggregate, map.version, map.topic, map.id].filter((source) => source !== null);
  return {
    dialect,
    table: quotedTable(options.table, dialect, texts),
    columns: {
      aggregate: column(map.aggregate),
      version: column(map.version),
      id: optional(map.id),
      topic: optional(map.topic),
      place: `log.${quotedName(options.orderBy, '--order-by', dialect)}`,
      start: optional(map.start),
      finish: optional(map.finish),
    },
    versions: options.versions,
    firstVersion: firstVersionOf(options),
  };
}

const versionMax = 2n ** 63n - 1n;

/** @throws {UsageError} if it is no version, or nothing is a gap anyway */
function firstVersionOf({ firstVersion, versions }: SqlOptions): bigint | null {
  if (firstVersion === undefined) return null;
  if (versions === 'rising') {
    throw new UsageError(
      '--first-version is given, and --versions is rising, which has no gaps',
      'leave one of them out',
    );
  }
  if (/^\d{1,19}$/.test(firstVersion) && BigInt(firstVersion) <= versionMax) return BigInt(firstVersion);
  throw new UsageError(
    `--first-version is ${printable(firstVersion)}; allowed: a whole number from 0 to ${String(versionMax)}`,
    'most logs begin with --first-version 1',
  );
}
