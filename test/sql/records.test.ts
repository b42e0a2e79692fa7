/**
 * The query and `check` over the same 20 drawn files of handlings, with duplicates, ties, gaps, descents and keys that
 * need escapes: both count the same, whichever engine the check takes.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { RecordCounts } from '../../src/domain/record/record-report.js';
import type { DialectId } from '../../src/sql/dialect.js';
import { temporaryFolder } from '../cli/cli-process.js';
import { bytesOpener, checkOpeners } from '../record/check-lines.js';
import { duckDbTable, onDuckDb } from './duckdb.js';
import { countsOf, type LogLine, type Terms } from './log-oracle.js';
import { describeWithPython, runPython } from './python.js';
import { queryOf, type ResultRow } from './query-of.js';
import { drawnLogs, jsonOf } from './random-logs.js';

/** Lines that can be judged, each with a place of its own. A record has no empty key and no line without a topic. */
const judged: readonly (readonly [readonly LogLine[], Terms])[] = drawnLogs(80, 20, 'max')
  .map(([lines, terms]) => {
    const whole = lines.filter(
      ({ topic, aggregate, version }) => topic !== null && aggregate !== null && aggregate !== '' && version !== null,
    );
    return [whole.map((line, place) => ({ ...line, place, began: place, ended: place })), terms] as const;
  })
  .filter(([lines]) => lines.length > 15);

const hasTies = ([lines, terms]: (typeof judged)[number]): boolean => countsOf(lines, terms).ties > 0;

/** An aggregate begins below the first version that was stated. */
const startsBelow = ([lines, { firstVersion }]: (typeof judged)[number]): boolean =>
  firstVersion !== null && lines.some(({ version }) => BigInt(version!) < firstVersion);

/** Few drawn files have ids, so those come first. */
const files = [...judged.filter(hasTies).slice(0, 6), ...judged.filter((one) => !hasTies(one)).slice(0, 14)];

const names = ['regressions', 'duplicates', 'ties', 'gaps', 'naive', 'descents'] as const;
type Counted = Readonly<Record<(typeof names)[number], number | null>>;

function countedBy(row: Readonly<Record<string, unknown>>): Counted {
  const count = (name: string): number | null => (row[name] === undefined || row[name] === null ? null : Number(row[name])); // prettier-ignore
  // Where no ids are told apart, the query has no column of ties.
  return {
    ...Object.fromEntries(names.map((name) => [name, count(name)])),
    ties: count('ties') ?? 0,
  } as unknown as Counted;
}

function textOf(lines: readonly LogLine[]): string {
  return lines.map((line) => `${jsonOf(line)}\n`).join('');
}

/** @param more constants that every line is to have */
async function checked(
  lines: readonly LogLine[],
  { versions, firstVersion, byTopic, hasIds }: Terms,
  more: readonly string[] = [],
): Promise<RecordCounts> {
  const opener = bytesOpener('log', new TextEncoder().encode(textOf(lines)));
  const { counts, lines: read } = await checkOpeners([opener], {
    // As the query takes it, there is one topic unless it is mapped, and no id.
    map: [...(byTopic ? [] : ["topic='-'"]), ...(hasIds ? [] : ["id='-'"]), ...more].join(','),
    versions,
    firstVersion: firstVersion === null ? null : Number(firstVersion),
  });
  expect(read).toMatchObject({ record: lines.length, bad: 0 });
  return counts;
}

function queriesFor(dialect: DialectId): readonly { readonly file: string; readonly query: string }[] {
  const folder = temporaryFolder();
  return files.map(([lines, terms], at) => {
    const file = join(folder, `${String(at)}.ndjson`);
    writeFileSync(file, textOf(lines));
    return { file, query: queryOf(dialect, 'lines', terms) };
  });
}

async function expectAsChecked(rows: readonly ResultRow[]): Promise<void> {
  for (const [at, [lines, terms]] of files.entries()) {
    expect(countedBy(rows[at]!), `file ${String(at)}`).toEqual(countedBy({ ...(await checked(lines, terms)) }));
  }
}

describe('20 drawn files', () => {
  it('have what both count', async () => {
    expect(files).toHaveLength(20);
    const all = await Promise.all(files.map(async ([lines, terms]) => countedBy({ ...(await checked(lines, terms)) })));
    expect(files.some(startsBelow)).toBe(true);
    for (const name of names) expect(all.some((counts) => (counts[name] ?? 0) > 0), name).toBe(true); // prettier-ignore
  });

  it('have the same counts in the engine for whole records, to which a field more sends them', async () => {
    for (const [lines, terms] of files) {
      const whole = await checked(lines, terms, ["subscription='s'"]);
      expect(countedBy({ ...whole })).toEqual(countedBy({ ...(await checked(lines, terms)) }));
    }
  });

  it('have the counts of check on DuckDB', async () => {
    const rows: ResultRow[] = [];
    for (const [lines, terms] of files) {
      const [all] = await onDuckDb(queryOf('duckdb', await duckDbTable(lines), terms));
      rows.push(all!);
    }
    await expectAsChecked(rows);
  });
});

describeWithPython({ needs: 'chdb' }, '20 drawn files on ClickHouse', () => {
  it('have the counts of check', async () => {
    const program = `
import json, sys
from chdb import session
engine = session.Session()
columns = 'topic String, aggregate String, version Int64, id Nullable(String), place Int64, began Int64, ended Int64'
answers = []
for job in json.load(sys.stdin):
    engine.query('CREATE OR REPLACE TABLE lines (' + columns + ') ENGINE = Memory')
    engine.query("INSERT INTO lines SELECT * FROM file('" + job['file'] + "', 'JSONEachRow', '" + columns + "')")
    answers.append(json.loads(engine.query(job['query'], 'JSONEachRow').bytes().decode().splitlines()[0]))
print(json.dumps(answers))
`;
    await expectAsChecked(runPython(program, queriesFor('clickhouse')) as readonly ResultRow[]);
  }, 300_000);
});

describeWithPython({ needs: 'pyspark', byHand: true }, '20 drawn files on Spark', () => {
  it('have the counts of check', async () => {
    const program = `
import json, sys
from pyspark.sql import SparkSession
engine = (SparkSession.builder.master('local[1]').config('spark.ui.enabled', 'false')
    .config('spark.sql.shuffle.partitions', '1').config('spark.log.level', 'ERROR').getOrCreate())
columns = 'topic STRING, aggregate STRING, version BIGINT, id STRING, place BIGINT, began BIGINT, ended BIGINT'
answers = []
for job in json.load(sys.stdin):
    engine.read.schema(columns).json(job['file']).createOrReplaceTempView('lines')
    row = engine.sql(job['query']).collect()[0].asDict()
    answers.append({name: None if value is None else str(value) for name, value in row.items()})
print(json.dumps(answers))
`;
    await expectAsChecked(runPython(program, queriesFor('spark')) as readonly ResultRow[]);
  }, 600_000);
});
